package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.s3.CreateBucketRequest;
import dev.sekisho.contract.s3.DefaultRetention;
import dev.sekisho.contract.s3.Delete;
import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.DeleteObjectsRequest;
import dev.sekisho.contract.s3.GetObjectRetentionRequest;
import dev.sekisho.contract.s3.HeadObjectRequest;
import dev.sekisho.contract.s3.HeadObjectResponse;
import dev.sekisho.contract.s3.ObjectIdentifier;
import dev.sekisho.contract.s3.ObjectLockConfiguration;
import dev.sekisho.contract.s3.ObjectLockLegalHold;
import dev.sekisho.contract.s3.ObjectLockRetention;
import dev.sekisho.contract.s3.ObjectLockRule;
import dev.sekisho.contract.s3.PutObjectLegalHoldRequest;
import dev.sekisho.contract.s3.PutObjectLockConfigurationRequest;
import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.PutObjectRetentionRequest;
import dev.sekisho.contract.s3.S3Error;
import dev.sekisho.core.AccessCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is locked stays, whoever asks; every caller here may do everything that policies can give.
 */
class ObjectLockTest {

  private S3Fixture s3;
  private Instant until;

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.run(
        s3.api().buckets()::createBucket,
        CreateBucketRequest.builder().bucket("vault").objectLockEnabledForBucket(true).build());
    until = s3.now().plus(Duration.ofDays(30));
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void complianceBindsEverybodyUntilItsTimeIsOver() {
    String version = put("COMPLIANCE");
    refused("AccessDenied", 403, () -> delete(version, false));
    refused("AccessDenied", 403, () -> delete(version, true));
    refused("AccessDenied", 403, () -> retain("COMPLIANCE", until.minusSeconds(1), version, true));
    refused("AccessDenied", 403, () -> retain("GOVERNANCE", until, version, true));
    refused("AccessDenied", 403, () -> retain(null, null, version, true));
    // Hiding it is possible, and longer is always possible.
    delete(null, false);
    retain("COMPLIANCE", until.plusSeconds(60), version, false);
    s3.advance(Duration.ofDays(30));
    refused("AccessDenied", 403, () -> delete(version, true));
    s3.advance(Duration.ofMinutes(2));
    delete(version, false);
    assertThat(s3.files()).isZero();
  }

  @Test
  void governanceYieldsToThoseWhoMayAndSaySo() {
    String version = put("GOVERNANCE");
    refused("AccessDenied", 403, () -> delete(version, false));
    refused("AccessDenied", 403, () -> retain("GOVERNANCE", until.minusSeconds(1), version, false));
    s3.deny(check -> check.action().equals("s3:BypassGovernanceRetention"));
    refused("AccessDenied", 403, () -> delete(version, true));
    refused("AccessDenied", 403, () -> retain("GOVERNANCE", until.minusSeconds(1), version, true));
    s3.deny(_ -> false);
    retain("GOVERNANCE", until.minusSeconds(1), version, true);
    s3.asked();
    delete(version, true);
    assertThat(s3.asked())
        .extracting(AccessCheck::action)
        .containsExactly("s3:DeleteObjectVersion", "s3:BypassGovernanceRetention");
    assertThat(s3.files()).isZero();
  }

  @Test
  void governanceCanBecomeCompliance() {
    String version = put("GOVERNANCE");
    retain("COMPLIANCE", until, version, false);
    refused("AccessDenied", 403, () -> delete(version, true));
  }

  @Test
  void aLegalHoldBindsWithoutAnEnd() {
    String version = requireNonNull(s3.put("vault", "key", "text").versionId());
    hold("ON", version);
    refused("AccessDenied", 403, () -> delete(version, true));
    s3.advance(Duration.ofDays(10_000));
    refused("AccessDenied", 403, () -> delete(version, true));
    hold("OFF", version);
    delete(version, false);
    assertThat(s3.files()).isZero();
  }

  @Test
  void deletingManyStopsAtNoLock() {
    String locked = put("COMPLIANCE");
    String free = requireNonNull(s3.put("vault", "key", "free").versionId());
    List<S3Error> errors =
        requireNonNull(
            s3.run(
                    s3.api().objects()::deleteObjects,
                    DeleteObjectsRequest.builder()
                        .bucket("vault")
                        .bypassGovernanceRetention(true)
                        .delete(
                            Delete.builder()
                                .objects(
                                    List.of(
                                        ObjectIdentifier.builder()
                                            .key("key")
                                            .versionId(locked)
                                            .build(),
                                        ObjectIdentifier.builder()
                                            .key("key")
                                            .versionId(free)
                                            .build()))
                                .build())
                        .build())
                .errors());
    assertThat(errors)
        .singleElement()
        .satisfies(error -> {
          assertThat(error.code()).isEqualTo("AccessDenied");
          assertThat(error.versionId()).isEqualTo(locked);
        });
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void theBucketsDefaultIsForNewVersions() {
    s3.run(
        s3.api().bucketObjectLock()::putObjectLockConfiguration,
        PutObjectLockConfigurationRequest.builder()
            .bucket("vault")
            .objectLockConfiguration(
                ObjectLockConfiguration.builder()
                    .objectLockEnabled("Enabled")
                    .rule(
                        ObjectLockRule.builder()
                            .defaultRetention(
                                DefaultRetention.builder().mode("COMPLIANCE").days(7).build())
                            .build())
                    .build())
            .build());
    String version = requireNonNull(s3.put("vault", "key", "text").versionId());
    HeadObjectResponse head =
        s3.run(
            s3.api().objects()::headObject,
            HeadObjectRequest.builder().bucket("vault").key("key").build());
    assertThat(head.objectLockMode()).isEqualTo("COMPLIANCE");
    assertThat(head.objectLockRetainUntilDate()).isEqualTo(s3.now().plus(Duration.ofDays(7)));
    refused("AccessDenied", 403, () -> delete(version, true));
  }

  @Test
  void onlyBucketsWithObjectLockLock() {
    s3.bucket("plain");
    s3.put("plain", "key", "text");
    refused(
        "InvalidRequest",
        400,
        () ->
            s3.run(
                s3.api().objectLocks()::getObjectRetention,
                GetObjectRetentionRequest.builder().bucket("plain").key("key").build()));
    refused(
        "InvalidRequest",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder()
                    .bucket("plain")
                    .key("key")
                    .objectLockLegalHoldStatus("ON")
                    .contentMD5("1B2M2Y8AsgTpgAmY7PhCfg==")
                    .build()));
    refused("InvalidBucketState", 409, () -> s3.versioning("vault", "Suspended"));
    refused(
        "InvalidRequest",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder()
                    .bucket("vault")
                    .key("key")
                    .objectLockLegalHoldStatus("ON")
                    .build()));
    refused("InvalidArgument", 400, () -> retainedUntil(s3.now()));
  }

  private String put(String mode) {
    return requireNonNull(
        s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder()
                    .bucket("vault")
                    .key("key")
                    .contentMD5("1B2M2Y8AsgTpgAmY7PhCfg==")
                    .objectLockMode(mode)
                    .objectLockRetainUntilDate(until)
                    .build())
            .versionId());
  }

  private void retainedUntil(Instant time) {
    s3.run(
        s3.api().objects()::putObject,
        PutObjectRequest.builder()
            .bucket("vault")
            .key("key")
            .contentMD5("1B2M2Y8AsgTpgAmY7PhCfg==")
            .objectLockMode("GOVERNANCE")
            .objectLockRetainUntilDate(time)
            .build());
  }

  private void delete(@Nullable String version, boolean bypass) {
    s3.run(
        s3.api().objects()::deleteObject,
        DeleteObjectRequest.builder()
            .bucket("vault")
            .key("key")
            .versionId(version)
            .bypassGovernanceRetention(bypass)
            .build());
  }

  private void retain(
      @Nullable String mode, @Nullable Instant time, String version, boolean bypass) {
    s3.run(
        s3.api().objectLocks()::putObjectRetention,
        PutObjectRetentionRequest.builder()
            .bucket("vault")
            .key("key")
            .versionId(version)
            .bypassGovernanceRetention(bypass)
            .retention(ObjectLockRetention.builder().mode(mode).retainUntilDate(time).build())
            .build());
  }

  private void hold(String status, String version) {
    s3.run(
        s3.api().objectLocks()::putObjectLegalHold,
        PutObjectLegalHoldRequest.builder()
            .bucket("vault")
            .key("key")
            .versionId(version)
            .legalHold(ObjectLockLegalHold.builder().status(status).build())
            .build());
  }
}
