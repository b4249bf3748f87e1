package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.server.AuditOptions;
import dev.sekisho.testing.SekishoInstance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.InsufficientS3BucketPolicyException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Trails deliver to buckets of Sekisho's own S3, which lets them in by its policy only. */
class S3TrailsTest {

  private static final String ARN =
      "arn:aws:cloudtrail:us-east-1:" + SekishoInstance.ACCOUNT + ":trail/watch";

  private SekishoInstance sekisho;
  private S3Client s3;
  private CloudTrailClient trails;

  @BeforeEach
  void start(@TempDir Path folder) {
    sekisho =
        SekishoInstance.start(
            folder,
            options -> options.with(AuditOptions.USUAL.withInterval(Duration.ofSeconds(1))));
    s3 = S3Clients.of(sekisho, SekishoInstance.ROOT);
    trails = sekisho.client(CloudTrailClient.builder());
    s3.createBucket(r -> r.bucket("trail-logs"));
  }

  @AfterEach
  void stop() {
    trails.close();
    s3.close();
    sekisho.close();
  }

  @Test
  void eventsComeToTheBucket() throws Exception {
    assertThatThrownBy(this::create).isInstanceOf(InsufficientS3BucketPolicyException.class);
    // A policy for another trail is none for this one.
    policy(ARN + "-other");
    assertThatThrownBy(this::create).isInstanceOf(InsufficientS3BucketPolicyException.class);
    policy(ARN);
    create();
    trails.startLogging(r -> r.name("watch"));
    s3.createBucket(r -> r.bucket("something-seen"));

    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String seen = "";
    while (!seen.contains("something-seen")) {
      assertThat(System.nanoTime()).as("the event is delivered").isLessThan(end);
      seen = delivered();
    }
    assertThat(s3.listObjectsV2(r -> r.bucket("trail-logs")).contents())
        .extracting(S3Object::key)
        .anyMatch(
            key -> key.startsWith("AWSLogs/" + SekishoInstance.ACCOUNT + "/CloudTrail/us-east-1/"));
  }

  private void create() {
    trails.createTrail(r -> r.name("watch").s3BucketName("trail-logs"));
  }

  /** Everything that log files hold so far. */
  private String delivered() throws IOException {
    StringBuilder text = new StringBuilder();
    List<S3Object> objects = s3.listObjectsV2(r -> r.bucket("trail-logs")).contents();
    for (S3Object object : objects) {
      if (object.key().endsWith(".json.gz")) {
        byte[] bytes =
            s3.getObjectAsBytes(r -> r.bucket("trail-logs").key(object.key())).asByteArray();
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
          text.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return text.toString();
  }

  private void policy(String trail) {
    String statement =
        "{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},"
            + "\"Action\":\"%s\",\"Resource\":\"%s\","
            + "\"Condition\":{\"StringEquals\":{\"aws:SourceArn\":\"%s\"%s}}}";
    s3.putBucketPolicy(r ->
        r.bucket("trail-logs")
            .policy(
                "{\"Version\":\"2012-10-17\",\"Statement\":["
                    + statement.formatted("s3:GetBucketAcl", "arn:aws:s3:::trail-logs", trail, "")
                    + ","
                    + statement.formatted(
                        "s3:PutObject",
                        "arn:aws:s3:::trail-logs/AWSLogs/" + SekishoInstance.ACCOUNT + "/*",
                        trail,
                        ",\"s3:x-amz-acl\":\"bucket-owner-full-control\"")
                    + "]}"));
  }
}
