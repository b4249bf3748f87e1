package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Permission;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.Tag;

/** What can be set on buckets and objects, set, shown and taken away again by AWS's client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3SettingsTest {

  private SekishoInstance sekisho;
  private S3Client s3;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    s3 = S3Clients.of(sekisho, SekishoInstance.ROOT);
  }

  @AfterAll
  void stop() {
    s3.close();
    sekisho.close();
  }

  private static void refused(String code, int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            error -> {
              assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(error.statusCode()).isEqualTo(status);
            });
  }

  private String bucket(String name) {
    s3.createBucket(r -> r.bucket(name));
    return name;
  }

  private void object(String bucket, String key) {
    s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("content"));
  }

  @Test
  void encryptionIsByTheKeyringUntilItIsSetAndAgainAfterwards() {
    String bucket = bucket("settings-encryption");
    assertThat(algorithm(bucket)).isEqualTo(ServerSideEncryption.AES256);

    s3.putBucketEncryption(r ->
        r.bucket(bucket)
            .serverSideEncryptionConfiguration(c ->
                c.rules(rule ->
                    rule.applyServerSideEncryptionByDefault(
                        d -> d.sseAlgorithm(ServerSideEncryption.AWS_KMS)))));
    object(bucket, "by-kms");
    assertThat(algorithm(bucket)).isEqualTo(ServerSideEncryption.AWS_KMS);
    assertThat(s3.headObject(r -> r.bucket(bucket).key("by-kms")).serverSideEncryption())
        .isEqualTo(ServerSideEncryption.AWS_KMS);

    s3.deleteBucketEncryption(r -> r.bucket(bucket));
    object(bucket, "by-keyring");
    assertThat(algorithm(bucket)).isEqualTo(ServerSideEncryption.AES256);
    assertThat(s3.headObject(r -> r.bucket(bucket).key("by-keyring")).serverSideEncryption())
        .isEqualTo(ServerSideEncryption.AES256);
  }

  private ServerSideEncryption algorithm(String bucket) {
    return s3.getBucketEncryption(r -> r.bucket(bucket))
        .serverSideEncryptionConfiguration()
        .rules()
        .getFirst()
        .applyServerSideEncryptionByDefault()
        .sseAlgorithm();
  }

  @Test
  void ownershipIsTheOwnersUntilItIsSet() {
    String bucket = bucket("settings-ownership");
    assertThat(ownership(bucket)).isEqualTo(ObjectOwnership.BUCKET_OWNER_ENFORCED);

    s3.putBucketOwnershipControls(r ->
        r.bucket(bucket)
            .ownershipControls(
                c -> c.rules(rule -> rule.objectOwnership(ObjectOwnership.OBJECT_WRITER))));
    assertThat(ownership(bucket)).isEqualTo(ObjectOwnership.OBJECT_WRITER);

    s3.deleteBucketOwnershipControls(r -> r.bucket(bucket));
    refused("OwnershipControlsNotFoundError", 404, () -> ownership(bucket));
  }

  private ObjectOwnership ownership(String bucket) {
    return s3.getBucketOwnershipControls(r -> r.bucket(bucket))
        .ownershipControls()
        .rules()
        .getFirst()
        .objectOwnership();
  }

  @Test
  void publicAccessIsBlockedFromTheStart() {
    String bucket = bucket("settings-public");
    assertThat(
            s3.getPublicAccessBlock(r -> r.bucket(bucket))
                .publicAccessBlockConfiguration()
                .blockPublicPolicy())
        .isTrue();
    String open =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
         "Action": "s3:GetObject", "Resource": "arn:aws:s3:::%s/*"}]}
        """
            .formatted(bucket);
    refused("AccessDenied", 403, () -> s3.putBucketPolicy(r -> r.bucket(bucket).policy(open)));

    s3.putPublicAccessBlock(
        r -> r.bucket(bucket).publicAccessBlockConfiguration(c -> c.blockPublicPolicy(false)));
    s3.putBucketPolicy(r -> r.bucket(bucket).policy(open));
    s3.deleteBucketPolicy(r -> r.bucket(bucket));

    refused("NoSuchBucketPolicy", 404, () -> s3.getBucketPolicy(r -> r.bucket(bucket)));
  }

  @Test
  void objectsHaveTags() {
    String bucket = bucket("settings-tags");
    object(bucket, "key");
    Tag tag = Tag.builder().key("kind").value("report").build();

    s3.putObjectTagging(r -> r.bucket(bucket).key("key").tagging(t -> t.tagSet(tag)));
    assertThat(s3.getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet()).containsExactly(tag);
    assertThat(s3.headObject(r -> r.bucket(bucket).key("key")).tagCount()).isEqualTo(1);

    s3.deleteObjectTagging(r -> r.bucket(bucket).key("key"));
    assertThat(s3.getObjectTagging(r -> r.bucket(bucket).key("key")).tagSet()).isEmpty();
  }

  @Test
  void objectsTellTheirAttributesAndWhoHasFullControl() {
    String bucket = bucket("settings-attributes");
    object(bucket, "key");

    var attributes =
        s3.getObjectAttributes(r ->
            r.bucket(bucket)
                .key("key")
                .objectAttributes(
                    ObjectAttributes.E_TAG,
                    ObjectAttributes.OBJECT_SIZE,
                    ObjectAttributes.CHECKSUM));
    assertThat(attributes.objectSize()).isEqualTo(7);
    assertThat(attributes.eTag()).isEqualTo("9a0364b9e99bb480dd25e1f0284c8555");
    assertThat(attributes.checksum()).isNotNull();
    assertThat(s3.getObjectAcl(r -> r.bucket(bucket).key("key")).grants())
        .singleElement()
        .satisfies(grant -> assertThat(grant.permission()).isEqualTo(Permission.FULL_CONTROL));
  }

  @Test
  void retentionHoldsUntilItsDateAgainstTheRootUserToo() {
    String bucket = "settings-lock";
    s3.createBucket(r -> r.bucket(bucket).objectLockEnabledForBucket(true));
    s3.putObjectLockConfiguration(r ->
        r.bucket(bucket)
            .objectLockConfiguration(c ->
                c.objectLockEnabled("Enabled")
                    .rule(rule ->
                        rule.defaultRetention(
                            d -> d.mode(ObjectLockRetentionMode.GOVERNANCE).days(1)))));
    String version =
        s3.putObject(
                r -> r.bucket(bucket).key("key").checksumAlgorithm("CRC32"),
                RequestBody.fromString("kept"))
            .versionId();
    Instant until =
        sekisho.clock().instant().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    s3.putObjectRetention(r ->
        r.bucket(bucket)
            .key("key")
            .versionId(version)
            .retention(t -> t.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until)));

    assertThat(
            s3.getObjectRetention(r -> r.bucket(bucket).key("key")).retention().retainUntilDate())
        .isEqualTo(until);
    refused(
        "AccessDenied",
        403,
        () ->
            s3.deleteObject(r ->
                r.bucket(bucket).key("key").versionId(version).bypassGovernanceRetention(true)));
    assertThat(List.of(s3.listObjectVersions(r -> r.bucket(bucket)).versions().size()))
        .containsExactly(1);
  }
}
