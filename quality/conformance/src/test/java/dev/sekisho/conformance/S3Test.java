package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3Test {

  private SekishoInstance sekisho;
  private S3Client s3;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    s3 = S3Clients.of(sekisho, SekishoInstance.ROOT);
    s3.createBucket(r -> r.bucket("bucket"));
  }

  @AfterAll
  void stop() {
    s3.close();
    sekisho.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "a/b/c.txt",
        "with space",
        "plus+and=and&",
        "ünï/çødé/鍵",
        "dots/../up/./here",
        "double//slash",
        "/leading",
        "trailing/",
        "percent%20%2F",
        "quote'\"<>",
        "tilde~!*()",
        "question?mark#hash",
        "emoji/😀"
      })
  void anyKeyComesBack(String key) {
    s3.putObject(
        r -> r.bucket("bucket").key(key).contentType("text/plain").metadata(Map.of("k", "v")),
        RequestBody.fromString(key));
    ResponseBytes<GetObjectResponse> got = s3.getObjectAsBytes(r -> r.bucket("bucket").key(key));
    assertThat(got.asUtf8String()).isEqualTo(key);
    assertThat(got.response().contentType()).isEqualTo("text/plain");
    assertThat(got.response().metadata()).containsEntry("k", "v");
    assertThat(s3.listObjectsV2(r -> r.bucket("bucket").prefix(key)).contents())
        .extracting(object -> object.key())
        .contains(key);
    assertThat(s3.headObject(r -> r.bucket("bucket").key(key)).contentLength())
        .isEqualTo(key.getBytes(StandardCharsets.UTF_8).length);
    s3.deleteObject(r -> r.bucket("bucket").key(key));
    refused("NoSuchKey", 404, () -> s3.getObjectAsBytes(r -> r.bucket("bucket").key(key)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32_C", "CRC64_NVME", "SHA1", "SHA256"})
  void everyChecksumOfTheClientHolds(ChecksumAlgorithm algorithm) {
    if (algorithm == ChecksumAlgorithm.CRC64_NVME) {
      // The client computes this one with a native library only; the server does by itself.
      PutObjectResponse put =
          s3.putObject(
              r -> r.bucket("bucket").key("crc64").checksumCRC64NVME("rosUhgp5mIg="),
              RequestBody.fromString("123456789"));
      assertThat(put.checksumCRC64NVME()).isEqualTo("rosUhgp5mIg=");
      return;
    }
    byte[] bytes = random(300_000);
    PutObjectResponse put =
        s3.putObject(
            r -> r.bucket("bucket").key("sum").checksumAlgorithm(algorithm),
            RequestBody.fromBytes(bytes));
    assertThat(put.toString()).contains("Checksum");
    ResponseBytes<GetObjectResponse> got =
        s3.getObjectAsBytes(r -> r.bucket("bucket").key("sum").checksumMode(ChecksumMode.ENABLED));
    assertThat(got.asByteArray()).isEqualTo(bytes);
  }

  @Test
  void largeBodiesAndRangesComeBack() {
    byte[] bytes = random(5_000_000);
    s3.putObject(r -> r.bucket("bucket").key("large"), RequestBody.fromBytes(bytes));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("large")).asByteArray())
        .isEqualTo(bytes);
    ResponseBytes<GetObjectResponse> range =
        s3.getObjectAsBytes(r -> r.bucket("bucket").key("large").range("bytes=1000000-1999999"));
    assertThat(range.asByteArray()).isEqualTo(Arrays.copyOfRange(bytes, 1_000_000, 2_000_000));
    assertThat(range.response().sdkHttpResponse().statusCode()).isEqualTo(206);
    assertThat(range.response().contentRange()).isEqualTo("bytes 1000000-1999999/5000000");
    refused(
        "InvalidRange",
        416,
        () -> s3.getObjectAsBytes(r -> r.bucket("bucket").key("large").range("bytes=5000000-")));
  }

  @Test
  void conditionsAreKept() {
    String etag =
        s3.putObject(r -> r.bucket("bucket").key("cond"), RequestBody.fromString("x")).eTag();
    assertThatThrownBy(
            () -> s3.getObjectAsBytes(r -> r.bucket("bucket").key("cond").ifNoneMatch(etag)))
        .isInstanceOfSatisfying(
            S3Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(304));
    refused(
        "PreconditionFailed",
        412,
        () -> s3.getObjectAsBytes(r -> r.bucket("bucket").key("cond").ifMatch("\"no\"")));
    refused(
        "PreconditionFailed",
        412,
        () ->
            s3.putObject(
                r -> r.bucket("bucket").key("cond").ifNoneMatch("*"), RequestBody.fromString("y")));
    s3.putObject(r -> r.bucket("bucket").key("cond").ifMatch(etag), RequestBody.fromString("z"));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("cond")).asUtf8String())
        .isEqualTo("z");
  }

  @Test
  void partsBecomeAnObject() {
    byte[] bytes = random(6 << 20);
    String id = s3.createMultipartUpload(r -> r.bucket("bucket").key("parts")).uploadId();
    String first =
        s3.uploadPart(
                r -> r.bucket("bucket").key("parts").uploadId(id).partNumber(1),
                RequestBody.fromBytes(Arrays.copyOfRange(bytes, 0, 5 << 20)))
            .eTag();
    String second =
        s3.uploadPart(
                r -> r.bucket("bucket").key("parts").uploadId(id).partNumber(2),
                RequestBody.fromBytes(Arrays.copyOfRange(bytes, 5 << 20, 6 << 20)))
            .eTag();
    assertThat(s3.listParts(r -> r.bucket("bucket").key("parts").uploadId(id)).parts()).hasSize(2);
    s3.completeMultipartUpload(r ->
        r.bucket("bucket")
            .key("parts")
            .uploadId(id)
            .multipartUpload(
                m -> m.parts(p -> p.partNumber(1).eTag(first), p -> p.partNumber(2).eTag(second))));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("parts")).asByteArray())
        .isEqualTo(bytes);
    HeadObjectResponse head = s3.headObject(r -> r.bucket("bucket").key("parts").partNumber(2));
    assertThat(head.partsCount()).isEqualTo(2);
    assertThat(head.contentLength()).isEqualTo(1 << 20);
    String copyId = s3.createMultipartUpload(r -> r.bucket("bucket").key("copied")).uploadId();
    String copied =
        s3.uploadPartCopy(r ->
                r.destinationBucket("bucket")
                    .destinationKey("copied")
                    .sourceBucket("bucket")
                    .sourceKey("parts")
                    .copySourceRange("bytes=0-99")
                    .uploadId(copyId)
                    .partNumber(1))
            .copyPartResult()
            .eTag();
    s3.completeMultipartUpload(r ->
        r.bucket("bucket")
            .key("copied")
            .uploadId(copyId)
            .multipartUpload(m -> m.parts(p -> p.partNumber(1).eTag(copied))));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("copied")).asByteArray())
        .isEqualTo(Arrays.copyOfRange(bytes, 0, 100));
    String given = s3.createMultipartUpload(r -> r.bucket("bucket").key("up")).uploadId();
    assertThat(s3.listMultipartUploads(r -> r.bucket("bucket")).uploads())
        .extracting(upload -> upload.uploadId())
        .contains(given);
    s3.abortMultipartUpload(r -> r.bucket("bucket").key("up").uploadId(given));
    refused(
        "NoSuchUpload", 404, () -> s3.listParts(r -> r.bucket("bucket").key("up").uploadId(given)));
  }

  @Test
  void objectsAreCopied() {
    s3.putObject(
        r -> r.bucket("bucket").key("from ü+").metadata(Map.of("a", "b")).tagging("t=1"),
        RequestBody.fromString("text"));
    s3.copyObject(r ->
        r.sourceBucket("bucket")
            .sourceKey("from ü+")
            .destinationBucket("bucket")
            .destinationKey("to"));
    ResponseBytes<GetObjectResponse> got = s3.getObjectAsBytes(r -> r.bucket("bucket").key("to"));
    assertThat(got.asUtf8String()).isEqualTo("text");
    assertThat(got.response().metadata()).containsEntry("a", "b");
    assertThat(s3.getObjectTagging(r -> r.bucket("bucket").key("to")).tagSet())
        .singleElement()
        .satisfies(tag -> assertThat(tag.key() + "=" + tag.value()).isEqualTo("t=1"));
  }

  @Test
  void manyAreDeletedAtOnce() {
    for (int i = 0; i < 5; i++) {
      String key = "many/" + i;
      s3.putObject(r -> r.bucket("bucket").key(key), RequestBody.fromString("x"));
    }
    assertThat(
            s3.deleteObjects(r ->
                    r.bucket("bucket")
                        .delete(d ->
                            d.objects(
                                o -> o.key("many/0"),
                                o -> o.key("many/3"),
                                o -> o.key("many/none"))))
                .deleted())
        .hasSize(3);
    assertThat(s3.listObjects(r -> r.bucket("bucket").prefix("many/").delimiter("/")).contents())
        .hasSize(3);
  }

  @Test
  void versionsAreKept() {
    s3.createBucket(r -> r.bucket("versions"));
    assertThat(s3.getBucketVersioning(r -> r.bucket("versions")).status()).isNull();
    s3.putBucketVersioning(
        r -> r.bucket("versions").versioningConfiguration(v -> v.status("Enabled")));
    assertThat(s3.getBucketVersioning(r -> r.bucket("versions")).statusAsString())
        .isEqualTo("Enabled");
    String first =
        s3.putObject(r -> r.bucket("versions").key("k"), RequestBody.fromString("1")).versionId();
    s3.putObject(r -> r.bucket("versions").key("k"), RequestBody.fromString("2"));
    String marker = s3.deleteObject(r -> r.bucket("versions").key("k")).versionId();
    assertThatThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("versions").key("k")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("NoSuchKey");
              assertThat(
                      refused
                          .awsErrorDetails()
                          .sdkHttpResponse()
                          .firstMatchingHeader("x-amz-delete-marker"))
                  .contains("true");
            });
    assertThat(
            s3.getObjectAsBytes(r -> r.bucket("versions").key("k").versionId(first)).asUtf8String())
        .isEqualTo("1");
    var listed = s3.listObjectVersions(r -> r.bucket("versions"));
    assertThat(listed.versions()).hasSize(2);
    assertThat(listed.deleteMarkers()).singleElement();
    s3.deleteObject(r -> r.bucket("versions").key("k").versionId(marker));
    assertThat(s3.getObjectAsBytes(r -> r.bucket("versions").key("k")).asUtf8String())
        .isEqualTo("2");
    refused("BucketNotEmpty", 409, () -> s3.deleteBucket(r -> r.bucket("versions")));
  }

  @Test
  void notEvenRootDeletesWhatIsLocked() {
    s3.createBucket(r -> r.bucket("vault").objectLockEnabledForBucket(true));
    String version =
        s3.putObject(
                r ->
                    r.bucket("vault")
                        .key("log")
                        .objectLockMode("COMPLIANCE")
                        .objectLockRetainUntilDate(
                            sekisho.clock().instant().plus(Duration.ofDays(1))),
                RequestBody.fromString("kept"))
            .versionId();
    refused(
        "AccessDenied",
        403,
        () ->
            s3.deleteObject(r ->
                r.bucket("vault").key("log").versionId(version).bypassGovernanceRetention(true)));
    assertThat(s3.getObjectRetention(r -> r.bucket("vault").key("log")).retention().modeAsString())
        .isEqualTo("COMPLIANCE");
    assertThat(
            s3.getObjectLockConfiguration(r -> r.bucket("vault"))
                .objectLockConfiguration()
                .objectLockEnabledAsString())
        .isEqualTo("Enabled");
    s3.putObjectLegalHold(
        r -> r.bucket("vault").key("log").versionId(version).legalHold(h -> h.status("ON")));
    assertThat(
            s3.getObjectLegalHold(r -> r.bucket("vault").key("log")).legalHold().statusAsString())
        .isEqualTo("ON");
    assertThat(
            s3.getObjectAsBytes(r -> r.bucket("vault").key("log").versionId(version))
                .asUtf8String())
        .isEqualTo("kept");
  }

  @Test
  void presignedUrlsNeedNoKeys() throws Exception {
    try (S3Presigner presigner =
        S3Presigner.builder()
            .endpointOverride(sekisho.address())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(SekishoInstance.ROOT))
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      URI put =
          presigner
              .presignPutObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .putObjectRequest(r -> r.bucket("bucket").key("pre signed")))
              .url()
              .toURI();
      HttpClient http = HttpClient.newHttpClient();
      HttpResponse<String> stored =
          http.send(
              HttpRequest.newBuilder(put)
                  .PUT(HttpRequest.BodyPublishers.ofString("by url"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
      URI get =
          presigner
              .presignGetObject(p ->
                  p.signatureDuration(Duration.ofMinutes(5))
                      .getObjectRequest(r -> r.bucket("bucket").key("pre signed")))
              .url()
              .toURI();
      assertThat(
              http.send(HttpRequest.newBuilder(get).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .isEqualTo("by url");
      URI altered = URI.create(get.toString().replace("pre%20signed", "cond"));
      assertThat(
              http.send(
                      HttpRequest.newBuilder(altered).build(), HttpResponse.BodyHandlers.ofString())
                  .body())
          .contains("SignatureDoesNotMatch");
    }
  }

  @Test
  void virtualHostsNameBuckets() throws Exception {
    s3.putObject(r -> r.bucket("bucket").key("a/hosted"), RequestBody.fromString("x"));
    // Whoever resolves no names of buckets can still send them.
    try (Socket socket = new Socket("127.0.0.1", sekisho.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /a/hosted HTTP/1.1\r\nHost: bucket.s3.us-east-1.amazonaws.com\r\n"
                      + "Connection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("AccessDenied");
    }
    try (S3Client hosted = S3Clients.hosted(sekisho, SekishoInstance.ROOT)) {
      assertThat(hosted.getObjectAsBytes(r -> r.bucket("bucket").key("a/hosted")).asUtf8String())
          .isEqualTo("x");
    }
  }

  @Test
  void strangersSeeNothingUnlessTheyAreLetIn() throws Exception {
    s3.createBucket(r -> r.bucket("public-site"));
    s3.putObject(r -> r.bucket("public-site").key("index"), RequestBody.fromString("welcome"));
    URI index = sekisho.address().resolve("/public-site/index");
    HttpURLConnection closed = (HttpURLConnection) index.toURL().openConnection();
    assertThat(closed.getResponseCode()).isEqualTo(403);
    String policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::public-site/*\"}}";
    refused(
        "AccessDenied", 403, () -> s3.putBucketPolicy(r -> r.bucket("public-site").policy(policy)));
    s3.deletePublicAccessBlock(r -> r.bucket("public-site"));
    s3.putBucketPolicy(r -> r.bucket("public-site").policy(policy));
    assertThat(s3.getBucketPolicy(r -> r.bucket("public-site")).policy()).isEqualTo(policy);
    assertThat(s3.getBucketPolicyStatus(r -> r.bucket("public-site")).policyStatus().isPublic())
        .isTrue();
    HttpURLConnection open = (HttpURLConnection) index.toURL().openConnection();
    assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("welcome");
    HttpURLConnection missing =
        (HttpURLConnection)
            sekisho.address().resolve("/public-site/other").toURL().openConnection();
    assertThat(missing.getResponseCode()).isEqualTo(403);
  }

  @Test
  void theConfigurationOfABucketComesBack() {
    s3.createBucket(r -> r.bucket("configured"));
    assertThat(s3.listBuckets().buckets()).extracting(b -> b.name()).contains("configured");
    assertThat(s3.getBucketLocation(r -> r.bucket("configured")).locationConstraintAsString())
        .isNullOrEmpty();
    assertThat(s3.headBucket(r -> r.bucket("configured")).bucketRegion()).isEqualTo("us-east-1");
    assertThat(s3.getBucketAcl(r -> r.bucket("configured")).grants())
        .singleElement()
        .satisfies(grant -> {
          assertThat(grant.permissionAsString()).isEqualTo("FULL_CONTROL");
          assertThat(grant.grantee().typeAsString()).isEqualTo("CanonicalUser");
        });
    s3.putBucketTagging(
        r -> r.bucket("configured").tagging(t -> t.tagSet(s -> s.key("a").value("b"))));
    assertThat(s3.getBucketTagging(r -> r.bucket("configured")).tagSet()).hasSize(1);
    s3.deleteBucketTagging(r -> r.bucket("configured"));
    refused("NoSuchTagSet", 404, () -> s3.getBucketTagging(r -> r.bucket("configured")));
    assertThat(
            s3.getBucketEncryption(r -> r.bucket("configured"))
                .serverSideEncryptionConfiguration()
                .rules()
                .getFirst()
                .applyServerSideEncryptionByDefault()
                .sseAlgorithmAsString())
        .isEqualTo("AES256");
    assertThat(
            s3.getBucketOwnershipControls(r -> r.bucket("configured"))
                .ownershipControls()
                .rules()
                .getFirst()
                .objectOwnershipAsString())
        .isEqualTo("BucketOwnerEnforced");
    s3.putBucketLifecycleConfiguration(r ->
        r.bucket("configured")
            .lifecycleConfiguration(l ->
                l.rules(rule ->
                    rule.id("old")
                        .status("Enabled")
                        .filter(f -> f.prefix("logs/"))
                        .expiration(e -> e.days(3)))));
    assertThat(s3.getBucketLifecycleConfiguration(r -> r.bucket("configured")).rules())
        .singleElement()
        .satisfies(rule -> {
          assertThat(rule.filter().prefix()).isEqualTo("logs/");
          assertThat(rule.expiration().days()).isEqualTo(3);
        });
    s3.deleteBucketLifecycle(r -> r.bucket("configured"));
    s3.deleteBucket(r -> r.bucket("configured"));
    refused("NoSuchBucket", 404, () -> s3.getBucketTagging(r -> r.bucket("configured")));
  }

  @Test
  void onesOwnBucketIsMadeAgainInTheFirstRegionOnly() {
    s3.createBucket(r -> r.bucket("again"));
    s3.putBucketTagging(
        r -> r.bucket("again").tagging(t -> t.tagSet(Tag.builder().key("k").value("v").build())));
    s3.createBucket(r -> r.bucket("again"));
    assertThat(s3.getBucketTagging(r -> r.bucket("again")).tagSet()).hasSize(1);

    Consumer<CreateBucketRequest.Builder> elsewhere =
        r ->
            r.bucket("again-elsewhere")
                .createBucketConfiguration(c -> c.locationConstraint("eu-west-1"));
    s3.createBucket(elsewhere);
    refused("BucketAlreadyOwnedByYou", 409, () -> s3.createBucket(elsewhere));
    s3.deleteBucket(r -> r.bucket("again"));
  }

  @Test
  void kmsSealsObjects() {
    PutObjectResponse put =
        s3.putObject(
            r -> r.bucket("bucket").key("sealed").serverSideEncryption("aws:kms"),
            RequestBody.fromString("by kms"));
    assertThat(put.ssekmsKeyId()).startsWith("arn:aws:kms:us-east-1:000000000001:key/");
    assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("sealed")).asUtf8String())
        .isEqualTo("by kms");
    refused(
        "KMS.NotFoundException",
        400,
        () ->
            s3.putObject(
                r ->
                    r.bucket("bucket")
                        .key("sealed")
                        .serverSideEncryption("aws:kms")
                        .ssekmsKeyId("alias/none"),
                RequestBody.fromString("x")));
  }

  @Test
  void whatIsNotServedSaysSo() {
    refused(
        "NotImplemented",
        501,
        () ->
            s3.putBucketWebsite(r ->
                r.bucket("bucket").websiteConfiguration(w -> w.indexDocument(i -> i.suffix("x")))));
    refused("NotImplemented", 501, () -> s3.getBucketCors(r -> r.bucket("bucket")));
    refused(
        "NotImplemented", 501, () -> s3.listBucketAnalyticsConfigurations(r -> r.bucket("bucket")));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static void refused(String code, int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            S3Exception.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.statusCode()).isEqualTo(status);
            });
  }
}
