package dev.sekisho.s3;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What deleting a key or a version comes to, by the bucket's versioning. */
final class VersionDeletion {

  private final BucketDirectory buckets;
  private final VersionStore versions;
  private final VersionWriter writer;
  private final VersionRemoval removal;

  VersionDeletion(
      BucketDirectory buckets,
      VersionStore versions,
      VersionWriter writer,
      VersionRemoval removal) {
    this.buckets = buckets;
    this.versions = versions;
    this.writer = writer;
    this.removal = removal;
  }

  /**
   * What is to be deleted.
   *
   * @param versionId none for the key itself
   * @param bypass whether the caller asked to bypass governance, and may
   */
  record Wanted(String key, @Nullable String versionId, boolean bypass) {}

  /**
   * What was done.
   *
   * @param versionId the version that was removed, or the delete marker that was made; none where
   *     there are no versions
   * @param marker whether that version is a delete marker
   */
  record Done(@Nullable String versionId, boolean marker) {}

  /** Deletes. What is not there is as good as deleted. */
  Done delete(Transaction transaction, Bucket asked, Wanted wanted, String owner, Instant now) {
    Bucket bucket = buckets.require(transaction, asked);
    Handle handle = StoreTransaction.handle(transaction);
    String versionId = wanted.versionId();
    if (versionId != null) {
      Optional<ObjectVersion> version =
          versions.find(handle, bucket.name(), wanted.key(), versionId);
      version.ifPresent(found -> removal.remove(transaction, found, now, wanted.bypass()));
      return new Done(versionId, version.map(ObjectVersion::deleteMarker).orElse(false));
    }
    if (bucket.versioning() == Bucket.Versioning.NEVER_ENABLED) {
      versions
          .find(handle, bucket.name(), wanted.key(), ObjectVersion.NULL_VERSION)
          .ifPresent(found -> removal.remove(transaction, found, now, wanted.bypass()));
      return new Done(null, false);
    }
    return new Done(writer.mark(transaction, bucket, wanted.key(), owner, now).versionId(), true);
  }
}
