package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sekisho.server.AuditOptions;
import dev.sekisho.testing.SekishoInstance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * {@code aws cloudtrail validate-logs}, unchanged, over an archive in Sekisho's own S3: it passes,
 * and it finds each kind of tampering.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidateLogsTest {

  private static final String BUCKET = "the-archive";
  private static final String ACCOUNT = SekishoInstance.ACCOUNT;
  private static final String TRAIL =
      "arn:aws:cloudtrail:us-east-1:" + ACCOUNT + ":trail/management";

  private Path folder;
  private SekishoInstance sekisho;
  private S3Client s3;
  private Instant begun;

  @BeforeAll
  void threeHours(@TempDir Path given) throws Exception {
    folder = given;
    assumeTrue(knowsItsEndpoints(), "a command line that knows AWS_ENDPOINT_URL_S3 is not there");
    sekisho =
        SekishoInstance.start(
            folder.resolve("data"),
            options -> options.with(AuditOptions.USUAL.withInterval(Duration.ofSeconds(1))));
    begun = sekisho.clock().instant();
    s3 = S3Clients.of(sekisho, SekishoInstance.ROOT);
    s3.createBucket(r -> r.bucket(BUCKET));
    s3.putBucketPolicy(r -> r.bucket(BUCKET).policy(policy()));
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder());
        IamClient iam = sekisho.client(IamClient.builder())) {
      trail.createTrail(
          r -> r.name("management").s3BucketName(BUCKET).enableLogFileValidation(true));
      trail.startLogging(r -> r.name("management"));
      for (int hour = 1; hour <= 3; hour++) {
        String name = "user-" + hour;
        iam.createUser(r -> r.userName(name));
        await(() -> logs().stream().anyMatch(key -> text(key).contains(name)), name);
        sekisho.clock().advance(Duration.ofHours(1));
        int digests = hour;
        await(() -> digests().size() >= digests, "digest " + hour);
      }
    }
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      s3.close();
      sekisho.close();
    }
  }

  /** What AWS's documentation lets CloudTrail do to a bucket. */
  private static String policy() {
    return """
    {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
       "Action": "s3:GetBucketAcl", "Resource": "arn:aws:s3:::%1$s",
       "Condition": {"StringEquals": {"aws:SourceArn": "%2$s"}}},
      {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"},
       "Action": "s3:PutObject", "Resource": "arn:aws:s3:::%1$s/AWSLogs/%3$s/*",
       "Condition": {"StringEquals": {
         "aws:SourceArn": "%2$s", "s3:x-amz-acl": "bucket-owner-full-control"}}}]}
    """
        .formatted(BUCKET, TRAIL, ACCOUNT);
  }

  @Test
  void anUntouchedArchivePasses() throws Exception {
    String said = validate();

    assertThat(said).contains("3/3 digest files valid").doesNotContain("INVALID");
    assertThat(said).containsPattern("(\\d+)/\\1 log files valid");
  }

  @Test
  void anAlteredLogIsFound() throws Exception {
    String key = logs().getFirst();
    byte[] altered = gzipped(text(key).replace("user-", "user_").replace("Create", "Delete"));
    Kept kept = keep(key);
    put(key, altered, kept.metadata());

    assertThat(validate()).contains("INVALID: hash value doesn't match", key);
    restore(kept);
  }

  @Test
  void aLogThatIsGoneIsFound() throws Exception {
    Kept kept = keep(logs().getFirst());
    s3.deleteObject(r -> r.bucket(BUCKET).key(kept.key()));

    assertThat(validate()).contains("INVALID: not found", kept.key());
    restore(kept);
  }

  @Test
  void anAlteredDigestIsFound() throws Exception {
    Kept kept = keep(digests().getLast());
    put(
        kept.key(),
        gzipped(
            text(kept.key()).replaceFirst("\"newestEventTime\":\"20", "\"newestEventTime\":\"19")),
        kept.metadata());

    assertThat(validate()).contains("INVALID", kept.key());
    restore(kept);
  }

  @Test
  void anAlteredSignatureIsFound() throws Exception {
    Kept kept = keep(digests().getLast());
    Map<String, String> metadata = new HashMap<>(kept.metadata());
    metadata.computeIfPresent(
        "signature", (_, value) -> (value.charAt(0) == '0' ? '1' : '0') + value.substring(1));
    put(kept.key(), kept.body(), metadata);

    assertThat(validate()).contains("INVALID: signature verification failed", kept.key());
    put(kept.key(), kept.body(), Map.of());
    assertThat(validate()).contains("INVALID", kept.key());
    restore(kept);
  }

  @Test
  void aGapInTheDigestsIsFound() throws Exception {
    Kept kept = keep(digests().get(1));
    s3.deleteObject(r -> r.bucket(BUCKET).key(kept.key()));

    assertThat(validate()).contains("INVALID: not found", kept.key());
    restore(kept);
  }

  @Test
  void itsOwnDeliveriesAreNotForAnybodyElse() {
    assertThat(logs())
        .allSatisfy(key -> {
          GetObjectResponse shown =
              s3.getObject(r -> r.bucket(BUCKET).key(key), ResponseTransformer.toBytes())
                  .response();
          assertThat(shown.contentType()).isEqualTo("application/json");
          assertThat(shown.contentEncoding()).isEqualTo("gzip");
        });
  }

  private record Kept(String key, byte[] body, Map<String, String> metadata) {}

  private Kept keep(String key) {
    ResponseBytes<GetObjectResponse> found =
        s3.getObject(r -> r.bucket(BUCKET).key(key), ResponseTransformer.toBytes());
    return new Kept(key, found.asByteArray(), found.response().metadata());
  }

  private void restore(Kept kept) throws Exception {
    put(kept.key(), kept.body(), kept.metadata());
    assertThat(validate()).doesNotContain("INVALID");
  }

  private void put(String key, byte[] body, Map<String, String> metadata) {
    s3.putObject(
        r ->
            r.bucket(BUCKET)
                .key(key)
                .metadata(metadata)
                .contentType("application/json")
                .contentEncoding("gzip"),
        RequestBody.fromBytes(body));
  }

  private List<String> logs() {
    return keys("/CloudTrail/");
  }

  private List<String> digests() {
    return keys("/CloudTrail-Digest/");
  }

  private List<String> keys(String part) {
    return s3.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents().stream()
        .map(S3Object::key)
        .filter(key -> key.contains(part) && key.endsWith(".json.gz"))
        .sorted()
        .toList();
  }

  private String text(String key) {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(keep(key).body()))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void await(Supplier<Boolean> condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.get()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private String validate() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "aws",
            "cloudtrail",
            "validate-logs",
            "--verbose",
            "--trail-arn",
            TRAIL,
            "--start-time",
            begun.minusSeconds(60).toString(),
            "--end-time",
            sekisho.clock().instant().plusSeconds(60).toString());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.endsWith("_proxy"));
    environment.put("HOME", folder.toString());
    environment.put("AWS_ACCESS_KEY_ID", SekishoInstance.ROOT.accessKeyId());
    environment.put("AWS_SECRET_ACCESS_KEY", SekishoInstance.ROOT.secretAccessKey());
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_ENDPOINT_URL", sekisho.address().toString());
    environment.put("AWS_ENDPOINT_URL_S3", sekisho.address().toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    return said;
  }

  /** Those before 1.29 and 2.13 reach no S3 but AWS's. */
  private boolean knowsItsEndpoints() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("aws", "--version").redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Files.createDirectories(folder);
      return process.waitFor() == 0
          && said.matches("(?s)aws-cli/(1\\.(29|[3-9]\\d)|2\\.(1[3-9]|[2-9]\\d))\\..*");
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
