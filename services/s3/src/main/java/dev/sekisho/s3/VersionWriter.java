package dev.sekisho.s3;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.s3.ObjectVersion.ObjectDetails;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes new versions of keys, as the bucket's versioning wants it. */
final class VersionWriter {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
  private static final int ID = 32;

  private final Randomness randomness;
  private final BucketDirectory buckets;
  private final VersionStore versions;
  private final VersionRemoval removal;
  private final ContentKeys keys;
  private final ObjectFiles files;

  VersionWriter(
      Randomness randomness,
      BucketDirectory buckets,
      VersionStore versions,
      VersionRemoval removal,
      ContentKeys keys,
      ObjectFiles files) {
    this.randomness = randomness;
    this.keys = keys;
    this.files = files;
    this.buckets = buckets;
    this.versions = versions;
    this.removal = removal;
  }

  /**
   * An object as it is to become a version.
   *
   * @param owner the account that wrote it
   * @param retention what was asked for; the bucket's default is in it already
   */
  record NewObject(
      String key,
      String owner,
      String content,
      long size,
      int parts,
      String etag,
      ObjectDetails details,
      @Nullable ObjectChecksum checksum,
      Encryption encryption,
      Retention retention) {}

  /** What must hold of the key's latest version; either may be null. */
  record WriteCondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
    static final WriteCondition NONE = new WriteCondition(null, null);

    boolean isNone() {
      return ifMatch == null && ifNoneMatch == null;
    }

    /** Looks at the latest version only when something is to hold of it. */
    void requireIfGiven(String key, Supplier<Optional<ObjectVersion>> latest) {
      if (!isNone()) {
        require(key, latest.get());
      }
    }

    void require(String key, Optional<ObjectVersion> latest) {
      Preconditions.requireForWrite(
          key,
          latest.filter(found -> !found.deleteMarker()).map(ObjectVersion::etag).orElse(null),
          ifMatch,
          ifNoneMatch);
    }
  }

  /** Makes what one file holds the latest version of its key. */
  ObjectVersion put(
      Transaction transaction,
      Bucket asked,
      NewObject object,
      ContentKeys.SealedKey key,
      WriteCondition condition,
      Instant now) {
    ObjectVersion version = put(transaction, asked, object, condition, now);
    keys.insert(transaction, object.content(), key);
    StoreTransaction.afterCommit(transaction, () -> files.keep(List.of(object.content())));
    return version;
  }

  /** Makes the object, whose content is kept already, the latest version of its key. */
  ObjectVersion put(
      Transaction transaction,
      Bucket asked,
      NewObject object,
      WriteCondition condition,
      Instant now) {
    Bucket bucket = buckets.require(transaction, asked);
    Handle handle = StoreTransaction.handle(transaction);
    condition.requireIfGiven(
        object.key(), () -> versions.latest(handle, bucket.name(), object.key()));
    ObjectVersion version =
        new ObjectVersion(
            bucket.name(),
            object.key(),
            versions.nextAge(handle, bucket.name(), object.key()),
            versionId(transaction, bucket, object.key(), now),
            true,
            false,
            now,
            object.owner(),
            object.content(),
            object.size(),
            object.parts(),
            object.etag(),
            object.details(),
            object.checksum(),
            object.encryption(),
            object.retention());
    versions.insert(transaction, version);
    return version;
  }

  /** Hides the key behind a delete marker. */
  ObjectVersion mark(
      Transaction transaction, Bucket bucket, String key, String owner, Instant now) {
    Handle handle = StoreTransaction.handle(transaction);
    ObjectVersion marker =
        new ObjectVersion(
            bucket.name(),
            key,
            versions.nextAge(handle, bucket.name(), key),
            versionId(transaction, bucket, key, now),
            true,
            true,
            now,
            owner,
            null,
            0,
            0,
            "",
            ObjectDetails.NONE,
            null,
            null,
            Retention.NONE);
    versions.insert(transaction, marker);
    return marker;
  }

  /** A new id, or the null version's, whose place is made free. */
  private String versionId(Transaction transaction, Bucket bucket, String key, Instant now) {
    return switch (bucket.versioning()) {
      case ENABLED -> randomness.text(ALPHABET, ID);
      case NEVER_ENABLED, SUSPENDED -> {
        versions
            .find(
                StoreTransaction.handle(transaction),
                bucket.name(),
                key,
                ObjectVersion.NULL_VERSION)
            .ifPresent(old -> removal.remove(transaction, old, now, false));
        yield ObjectVersion.NULL_VERSION;
      }
    };
  }
}
