package dev.sekisho.s3;

import org.jspecify.annotations.Nullable;

/** What answers say of a version, in the forms in which they say it. */
final class ShownObject {

  private ShownObject() {}

  /** The version's id, where the bucket has versions at all. */
  static @Nullable String versionId(Bucket bucket, ObjectVersion version) {
    return bucket.versioning() == Bucket.Versioning.NEVER_ENABLED ? null : version.versionId();
  }

  static String eTag(ObjectVersion version) {
    return EntityTags.quoted(version.etag());
  }

  static @Nullable String checksum(@Nullable ObjectChecksum checksum, ChecksumAlgorithm algorithm) {
    return checksum == null ? null : checksum.as(algorithm);
  }

  static @Nullable String checksumType(@Nullable ObjectChecksum checksum) {
    return checksum == null ? null : checksum.type().name();
  }

  /** True or left out, as S3 has it. */
  static @Nullable Boolean bucketKey(Encryption encryption) {
    return encryption.bucketKey() ? Boolean.TRUE : null;
  }

  /** Left out for the usual class. */
  static @Nullable String storageClass(ObjectVersion version) {
    String storageClass = version.details().storageClass();
    return storageClass.equals("STANDARD") ? null : storageClass;
  }
}
