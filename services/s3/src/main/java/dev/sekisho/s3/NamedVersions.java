package dev.sekisho.s3;

import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the version that a call on an object's tags or lock names. */
final class NamedVersions {

  private final ObjectWork work;

  NamedVersions(ObjectWork work) {
    this.work = work;
  }

  /** A version as it was named and found. */
  record Named(
      Bucket bucket, String key, @Nullable String versionId, Optional<ObjectVersion> version) {

    /**
     * The version itself.
     *
     * @throws ServiceException when there is none, or only a delete marker
     */
    ObjectVersion require() {
      ObjectVersion found =
          version.orElseThrow(() ->
              versionId == null ? S3Errors.noSuchKey(key) : S3Errors.noSuchVersion(key, versionId));
      if (found.deleteMarker()) {
        throw S3Errors.deleteMarker(found, versionId != null);
      }
      return found;
    }
  }

  Named find(Bucket bucket, String key, @Nullable String versionId) {
    return new Named(bucket, key, versionId, work.find(bucket, key, versionId));
  }

  /**
   * The check of an action that is named after the version, if one is named: {@code
   * s3:GetObjectTagging} and {@code s3:GetObjectVersionTagging}.
   */
  AccessCheck check(Call<?> call, Named named, String begin, String end) {
    return work.access()
        .of(
            call,
            begin + (named.versionId() == null ? "" : "Version") + end,
            named.bucket(),
            named.key(),
            named.version().orElse(null))
        .with("s3:VersionId", named.versionId());
  }

  /** The check of an action that has one name for all versions. */
  AccessCheck check(Call<?> call, Named named, String action) {
    return work.access()
        .of(call, action, named.bucket(), named.key(), named.version().orElse(null))
        .with("s3:VersionId", named.versionId());
  }

  /** The version as it is in the transaction; the one that was asked about. */
  ObjectVersion require(Transaction transaction, Named named) {
    ObjectVersion asked = named.require();
    return work.versions()
        .find(StoreTransaction.handle(transaction), asked.bucket(), asked.key(), asked.versionId())
        .filter(found -> found.age() == asked.age())
        .orElseThrow(() -> S3Errors.noSuchKey(asked.key()));
  }
}
