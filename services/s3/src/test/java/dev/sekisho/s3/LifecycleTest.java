package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.s3.AbortIncompleteMultipartUpload;
import dev.sekisho.contract.s3.BucketLifecycleConfiguration;
import dev.sekisho.contract.s3.CreateBucketRequest;
import dev.sekisho.contract.s3.CreateMultipartUploadRequest;
import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.GetBucketLifecycleConfigurationRequest;
import dev.sekisho.contract.s3.HeadObjectRequest;
import dev.sekisho.contract.s3.LifecycleExpiration;
import dev.sekisho.contract.s3.LifecycleRule;
import dev.sekisho.contract.s3.LifecycleRuleAndOperator;
import dev.sekisho.contract.s3.LifecycleRuleFilter;
import dev.sekisho.contract.s3.NoncurrentVersionExpiration;
import dev.sekisho.contract.s3.ObjectLockLegalHold;
import dev.sekisho.contract.s3.PutBucketLifecycleConfigurationRequest;
import dev.sekisho.contract.s3.PutObjectLegalHoldRequest;
import dev.sekisho.contract.s3.PutObjectTaggingRequest;
import dev.sekisho.contract.s3.Tag;
import dev.sekisho.contract.s3.Tagging;
import dev.sekisho.contract.s3.Transition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lifecycle lets expire goes when its time has come, and nothing else does. */
class LifecycleTest {

  private S3Fixture s3;

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.bucket("bucket");
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void currentVersionsExpireAtTheMidnightAfterTheirDays() {
    s3.put("bucket", "logs/old", "x");
    s3.put("bucket", "data/old", "x");
    put(rule().prefix("logs/").expiration(days(3)));
    assertThat(
            s3.run(
                    s3.api().objects()::headObject,
                    HeadObjectRequest.builder().bucket("bucket").key("logs/old").build())
                .expiration())
        .isEqualTo("expiry-date=\"Tue, 06 Jan 2026 00:00:00 GMT\", rule-id=\"rule\"");
    sweepAt("2026-01-05T23:59:59Z");
    assertThat(s3.files()).isEqualTo(2);
    sweepAt("2026-01-06T00:00:00Z");
    assertThat(s3.files()).isEqualTo(1);
    assertThat(s3.get("bucket", "data/old")).isEqualTo("x");
    refused("NoSuchKey", 404, () -> s3.get("bucket", "logs/old"));
  }

  @Test
  void filtersSelectByTagsAndSize() {
    s3.put("bucket", "small", "x");
    s3.put("bucket", "large", "x".repeat(100));
    s3.put("bucket", "tagged", "x".repeat(100));
    s3.run(
        s3.api().objectTagging()::putObjectTagging,
        PutObjectTaggingRequest.builder()
            .bucket("bucket")
            .key("tagged")
            .tagging(
                Tagging.builder()
                    .tagSet(List.of(Tag.builder().key("temp").value("yes").build()))
                    .build())
            .build());
    put(
        rule()
            .filter(
                LifecycleRuleFilter.builder()
                    .and(
                        LifecycleRuleAndOperator.builder()
                            .tags(List.of(Tag.builder().key("temp").value("yes").build()))
                            .objectSizeGreaterThan(10L)
                            .build())
                    .build())
            .expiration(days(1)));
    sweepAt("2027-01-01T00:00:00Z");
    refused("NoSuchKey", 404, () -> s3.get("bucket", "tagged"));
    put(
        rule()
            .filter(LifecycleRuleFilter.builder().objectSizeLessThan(10L).build())
            .expiration(days(1)));
    sweepAt("2027-01-01T00:00:00Z");
    refused("NoSuchKey", 404, () -> s3.get("bucket", "small"));
    assertThat(s3.get("bucket", "large")).hasSize(100);
  }

  @Test
  void versionsBecomeMarkersAndMarkersGoWhenTheyAreAlone() {
    s3.versioning("bucket", "Enabled");
    s3.put("bucket", "key", "1");
    s3.put("bucket", "key", "2");
    s3.put("bucket", "key", "3");
    put(
        rule()
            .expiration(days(1))
            .noncurrentVersionExpiration(
                NoncurrentVersionExpiration.builder()
                    .noncurrentDays(2)
                    .newerNoncurrentVersions(1)
                    .build()));
    // The current one is hidden; of the others all but the newest are over their days.
    sweepAt("2026-01-06T00:00:00Z");
    refused("NoSuchKey", 404, () -> s3.get("bucket", "key"));
    assertThat(s3.rows("s3_version")).isEqualTo(3);
    put(
        rule()
            .expiration(LifecycleExpiration.builder().expiredObjectDeleteMarker(true).build())
            .noncurrentVersionExpiration(
                NoncurrentVersionExpiration.builder().noncurrentDays(1).build()));
    sweepAt("2026-02-06T00:00:00Z");
    assertThat(s3.files()).isZero();
    assertThat(s3.rows("s3_version")).isEqualTo(1);
    sweepAt("2026-02-07T00:00:00Z");
    assertThat(s3.rows("s3_version")).isZero();
  }

  @Test
  void lockedVersionsStay() {
    s3.run(
        s3.api().buckets()::createBucket,
        CreateBucketRequest.builder().bucket("vault").objectLockEnabledForBucket(true).build());
    String version = requireNonNull(s3.put("vault", "key", "x").versionId());
    s3.run(
        s3.api().objectLocks()::putObjectLegalHold,
        PutObjectLegalHoldRequest.builder()
            .bucket("vault")
            .key("key")
            .versionId(version)
            .legalHold(ObjectLockLegalHold.builder().status("ON").build())
            .build());
    s3.run(
        s3.api().objects()::deleteObject,
        DeleteObjectRequest.builder().bucket("vault").key("key").build());
    put(
        "vault",
        rule()
            .noncurrentVersionExpiration(
                NoncurrentVersionExpiration.builder().noncurrentDays(1).build()));
    sweepAt("2027-01-01T00:00:00Z");
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void uploadsAreGivenUp() {
    s3.run(
        s3.api().multipartUploads()::createMultipartUpload,
        CreateMultipartUploadRequest.builder().bucket("bucket").key("key").build());
    put(
        rule()
            .abortIncompleteMultipartUpload(
                AbortIncompleteMultipartUpload.builder().daysAfterInitiation(1).build()));
    sweepAt("2026-01-03T00:00:00Z");
    assertThat(s3.rows("s3_upload")).isEqualTo(1);
    sweepAt("2026-01-04T00:00:00Z");
    assertThat(s3.rows("s3_upload")).isZero();
  }

  @Test
  void disabledRulesDoNothing() {
    s3.put("bucket", "key", "x");
    put(rule().status("Disabled").expiration(days(1)));
    sweepAt("2027-01-01T00:00:00Z");
    assertThat(s3.get("bucket", "key")).isEqualTo("x");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused("InvalidRequest", 400, () -> put(rule()));
    refused("InvalidArgument", 400, () -> put(rule().expiration(days(0))));
    refused(
        "MalformedXML",
        400,
        () ->
            put(
                rule()
                    .expiration(
                        LifecycleExpiration.builder()
                            .days(1)
                            .expiredObjectDeleteMarker(true)
                            .build())));
    refused(
        "InvalidArgument",
        400,
        () ->
            put(
                rule()
                    .expiration(
                        LifecycleExpiration.builder()
                            .date(Instant.parse("2026-05-05T01:00:00Z"))
                            .build())));
    refused(
        "NotImplemented",
        501,
        () ->
            put(
                rule()
                    .transitions(
                        List.of(Transition.builder().days(1).storageClass("GLACIER").build()))));
    refused(
        "NoSuchLifecycleConfiguration",
        404,
        () ->
            s3.run(
                s3.api().bucketLifecycle()::getBucketLifecycleConfiguration,
                GetBucketLifecycleConfigurationRequest.builder().bucket("bucket").build()));
  }

  @Test
  void theConfigurationComesBackAsItWasGiven() {
    LifecycleRule rule =
        rule()
            .filter(LifecycleRuleFilter.builder().prefix("").build())
            .expiration(
                LifecycleExpiration.builder().date(Instant.parse("2026-05-05T00:00:00Z")).build())
            .build();
    put(rule);
    assertThat(
            s3.run(
                    s3.api().bucketLifecycle()::getBucketLifecycleConfiguration,
                    GetBucketLifecycleConfigurationRequest.builder().bucket("bucket").build())
                .rules())
        .containsExactly(rule);
  }

  private static LifecycleRule.Builder rule() {
    return LifecycleRule.builder().id("rule").status("Enabled");
  }

  private static LifecycleExpiration days(int days) {
    return LifecycleExpiration.builder().days(days).build();
  }

  private void put(LifecycleRule.Builder rule) {
    put("bucket", rule);
  }

  private void put(String bucket, LifecycleRule.Builder rule) {
    s3.run(
        s3.api().bucketLifecycle()::putBucketLifecycleConfiguration,
        PutBucketLifecycleConfigurationRequest.builder()
            .bucket(bucket)
            .lifecycleConfiguration(
                BucketLifecycleConfiguration.builder().rules(List.of(rule.build())).build())
            .build());
  }

  private void put(LifecycleRule rule) {
    s3.run(
        s3.api().bucketLifecycle()::putBucketLifecycleConfiguration,
        PutBucketLifecycleConfigurationRequest.builder()
            .bucket("bucket")
            .lifecycleConfiguration(
                BucketLifecycleConfiguration.builder().rules(List.of(rule)).build())
            .build());
  }

  private void sweepAt(String time) {
    Instant then = Instant.parse(time);
    s3.advance(Duration.between(s3.now(), then));
    s3.service().sweep(then);
  }
}
