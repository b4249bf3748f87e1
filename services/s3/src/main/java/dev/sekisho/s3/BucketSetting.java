package dev.sekisho.s3;

/** What of a bucket's configuration is kept apart, with what is said when it was never given. */
enum BucketSetting {
  POLICY("NoSuchBucketPolicy", "The bucket policy does not exist"),
  PUBLIC_ACCESS_BLOCK(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found"),
  OWNERSHIP_CONTROLS(
      "OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
  ENCRYPTION(
      "ServerSideEncryptionConfigurationNotFoundError",
      "The server side encryption configuration was not found"),
  LIFECYCLE("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
  OBJECT_LOCK(
      "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket"),
  TAGGING("NoSuchTagSet", "The TagSet does not exist");

  private final String absentCode;
  private final String absentMessage;

  BucketSetting(String absentCode, String absentMessage) {
    this.absentCode = absentCode;
    this.absentMessage = absentMessage;
  }

  String absentCode() {
    return absentCode;
  }

  String absentMessage() {
    return absentMessage;
  }
}
