package dev.sekisho.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.s3.CopyObjectRequest;
import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.GetObjectResponse;
import dev.sekisho.contract.s3.HeadObjectRequest;
import dev.sekisho.contract.s3.PutObjectRequest;
import dev.sekisho.contract.s3.PutObjectResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects are written, read, copied and deleted as S3 does it. */
class ObjectsTest {

  private S3Fixture s3;

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.bucket("bucket");
    s3.asked();
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void whatWasPutIsGot() {
    PutObjectResponse put = s3.put("bucket", "a/b", "hello");
    assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(put.serverSideEncryption()).isEqualTo("AES256");
    assertThat(put.versionId()).isNull();
    assertThat(put.checksumCRC64NVME()).isNotNull();
    assertThat(put.checksumType()).isEqualTo("FULL_OBJECT");
    GetObjectResponse got = get(read("a/b").build());
    assertThat(S3Fixture.text(got)).isEqualTo("hello");
    assertThat(got.contentLength()).isEqualTo(5);
    assertThat(got.contentType()).isEqualTo("binary/octet-stream");
    assertThat(got.eTag()).isEqualTo(put.eTag());
    assertThat(got.lastModified()).isEqualTo(s3.now());
    assertThat(got.checksumCRC64NVME()).isNull();
    assertThat(s3.get("bucket", "a/b")).isEqualTo("hello");
  }

  @Test
  void anEmptyObjectIsAnObject() {
    s3.run(
        s3.api().objects()::putObject,
        PutObjectRequest.builder().bucket("bucket").key("none").build());
    assertThat(s3.get("bucket", "none")).isEmpty();
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void writingOverAnObjectLeavesOneFile() {
    s3.put("bucket", "key", "one");
    s3.put("bucket", "key", "two");
    assertThat(s3.get("bucket", "key")).isEqualTo("two");
    assertThat(s3.files()).isEqualTo(1);
    assertThat(s3.rows("s3_version")).isEqualTo(1);
    assertThat(s3.rows("s3_content")).isEqualTo(1);
    delete("key");
    delete("key");
    assertThat(s3.files()).isZero();
    assertThat(s3.rows("s3_content")).isZero();
    refused("NoSuchKey", 404, () -> s3.get("bucket", "key"));
  }

  @Test
  void aReaderKeepsWhatItReadsWhileTheObjectGoes() {
    s3.put("bucket", "key", "x".repeat(500_000));
    GetObjectResponse reading = get(read("key").build());
    delete("key");
    assertThat(s3.files()).isEqualTo(1);
    assertThat(S3Fixture.bytes(reading)).hasSize(500_000);
    assertThat(s3.files()).isZero();
  }

  @Test
  void headersAndMetadataComeBack() {
    s3.run(
        s3.api().objects()::putObject,
        PutObjectRequest.builder()
            .bucket("bucket")
            .key("key")
            .body(Blob.of(new byte[3]))
            .contentType("text/plain")
            .cacheControl("no-store")
            .contentLanguage("ja")
            .contentDisposition("inline; filename=\"ä&=.txt\"")
            .contentEncoding("gzip")
            .expires(s3.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
            .metadata(Map.of("color", "blue & green", "empty", ""))
            .tagging("a=1&b=%2B")
            .build());
    GetObjectResponse got = get(read("key").build());
    assertThat(got.contentType()).isEqualTo("text/plain");
    assertThat(got.cacheControl()).isEqualTo("no-store");
    assertThat(got.contentLanguage()).isEqualTo("ja");
    assertThat(got.contentDisposition()).isEqualTo("inline; filename=\"ä&=.txt\"");
    assertThat(got.contentEncoding()).isEqualTo("gzip");
    assertThat(got.expires())
        .isEqualTo(s3.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    assertThat(got.metadata())
        .containsOnly(Map.entry("color", "blue & green"), Map.entry("empty", ""));
    assertThat(got.tagCount()).isEqualTo(2);
    assertThat(
            get(read("key").responseContentType("text/html").responseCacheControl("x").build())
                .contentType())
        .isEqualTo("text/html");
    s3.as(new Principal.Anonymous());
    refused("InvalidRequest", 400, () -> get(read("key").responseContentType("text/html").build()));
  }

  @Test
  void rangesAreCutOut() {
    s3.put("bucket", "key", "0123456789");
    GetObjectResponse got = get(read("key").range("bytes=2-4").build());
    assertThat(S3Fixture.text(got)).isEqualTo("234");
    assertThat(got.contentRange()).isEqualTo("bytes 2-4/10");
    assertThat(got.contentLength()).isEqualTo(3);
    assertThat(S3Fixture.text(get(read("key").range("bytes=-3").build()))).isEqualTo("789");
    refused("InvalidRange", 416, () -> get(read("key").range("bytes=10-").build()));
    assertThat(get(read("key").partNumber(1).build()).contentRange()).isEqualTo("bytes 0-9/10");
    refused("InvalidPartNumber", 416, () -> get(read("key").partNumber(2).build()));
    refused("InvalidRequest", 400, () -> get(read("key").partNumber(1).range("bytes=0-1").build()));
  }

  @Test
  void conditionsOfReadingHold() {
    String etag = String.valueOf(s3.put("bucket", "key", "text").eTag());
    assertThat(get(read("key").ifMatch(etag).build()).eTag()).isEqualTo(etag);
    refused("PreconditionFailed", 412, () -> get(read("key").ifMatch("\"other\"").build()));
    refused("NotModified", 304, () -> get(read("key").ifNoneMatch(etag).build()));
    refused("NotModified", 304, () -> get(read("key").ifModifiedSince(s3.now()).build()));
    refused(
        "PreconditionFailed",
        412,
        () -> get(read("key").ifUnmodifiedSince(s3.now().minusSeconds(5)).build()));
    refused(
        "NotModified",
        304,
        () ->
            s3.run(
                s3.api().objects()::headObject,
                HeadObjectRequest.builder().bucket("bucket").key("key").ifNoneMatch("*").build()));
  }

  @Test
  void conditionsOfWritingHold() {
    PutObjectRequest.Builder create =
        PutObjectRequest.builder().bucket("bucket").key("key").ifNoneMatch("*");
    s3.run(s3.api().objects()::putObject, create.body(Blob.of(new byte[1])).build());
    long files = s3.files();
    refused(
        "PreconditionFailed",
        412,
        () -> s3.run(s3.api().objects()::putObject, create.body(Blob.of(new byte[2])).build()));
    assertThat(s3.files()).isEqualTo(files);
    refused(
        "NotImplemented",
        501,
        () -> s3.run(s3.api().objects()::putObject, create.ifNoneMatch("\"x\"").build()));
    String etag = String.valueOf(s3.put("bucket", "other", "1").eTag());
    PutObjectRequest.Builder swap = PutObjectRequest.builder().bucket("bucket").key("other");
    s3.run(s3.api().objects()::putObject, swap.ifMatch(etag).body(Blob.of(new byte[5])).build());
    refused(
        "PreconditionFailed",
        412,
        () -> s3.run(s3.api().objects()::putObject, swap.ifMatch(etag).build()));
    refused(
        "NoSuchKey",
        404,
        () -> s3.run(s3.api().objects()::putObject, swap.key("missing").ifMatch(etag).build()));
  }

  @Test
  void theLoserOfARaceLeavesNoFileBehind() {
    // Both pass the first look, as the first has not yet committed when the second looks.
    Content body =
        new Content() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() {
            s3.put("bucket", "key", "the winner");
            return new ByteArrayInputStream(new byte[1]);
          }
        };
    refused(
        "PreconditionFailed",
        412,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder()
                    .bucket("bucket")
                    .key("key")
                    .ifNoneMatch("*")
                    .body(body)
                    .build()));
    assertThat(s3.files()).isEqualTo(2);
    s3.service().sweep(s3.now());
    s3.service().sweep(s3.now().plus(Duration.ofMinutes(9)));
    assertThat(s3.files()).isEqualTo(2);
    s3.service().sweep(s3.now().plus(Duration.ofMinutes(11)));
    assertThat(s3.files()).isEqualTo(1);
    assertThat(s3.get("bucket", "key")).isEqualTo("the winner");
  }

  @Test
  void aBodyThatIsNotWhatItClaimsBecomesNothing() {
    byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
    String md5 = "XUFAKrxLKna5cZ2REBfFkg==";
    PutObjectRequest.Builder put = PutObjectRequest.builder().bucket("bucket").key("key");
    s3.run(s3.api().objects()::putObject, put.contentMD5(md5).body(Blob.of(hello)).build());
    refused(
        "BadDigest",
        400,
        () -> s3.run(s3.api().objects()::putObject, put.body(Blob.of(new byte[5])).build()));
    refused(
        "InvalidDigest",
        400,
        () -> s3.run(s3.api().objects()::putObject, put.contentMD5("short").build()));
    put.contentMD5(null);
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      ChecksumAlgorithm.Running running = algorithm.begin();
      running.update(hello, 0, hello.length);
      String right = Base64.getEncoder().encodeToString(running.end());
      PutObjectResponse answer =
          s3.run(
              s3.api().objects()::putObject,
              claimed(algorithm, right).body(Blob.of(hello)).build());
      assertThat(
              java.util.Arrays.asList(
                  answer.checksumCRC32(),
                  answer.checksumCRC32C(),
                  answer.checksumCRC64NVME(),
                  answer.checksumSHA1(),
                  answer.checksumSHA256()))
          .containsOnly(right, null);
      refused(
          "BadDigest",
          400,
          () ->
              s3.run(
                  s3.api().objects()::putObject,
                  claimed(algorithm, right).body(Blob.of(new byte[5])).build()));
      refused(
          "InvalidRequest",
          400,
          () ->
              s3.run(
                  s3.api().objects()::putObject,
                  claimed(algorithm, "AAA=").body(Blob.of(hello)).build()));
    }
    refused(
        "InvalidRequest",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                put.checksumCRC32("AAAAAA==")
                    .checksumSHA1("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
                    .build()));
    assertThat(s3.get("bucket", "key")).isEqualTo("hello");
    assertThat(s3.files()).isEqualTo(1);
  }

  private static PutObjectRequest.Builder claimed(ChecksumAlgorithm algorithm, String value) {
    PutObjectRequest.Builder put = PutObjectRequest.builder().bucket("bucket").key("key");
    return switch (algorithm) {
      case CRC32 -> put.checksumCRC32(value);
      case CRC32C -> put.checksumCRC32C(value);
      case CRC64NVME -> put.checksumCRC64NVME(value);
      case SHA1 -> put.checksumSHA1(value);
      case SHA256 -> put.checksumSHA256(value);
    };
  }

  /** A body with a trailer, as the wire gives it. */
  private record Trailed(byte[] bytes, Map<String, String> after) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public Map<String, String> trailer() {
      return after;
    }
  }

  @Test
  void aTrailerIsHeldAgainstTheBody() {
    byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
    PutObjectRequest.Builder put =
        PutObjectRequest.builder().bucket("bucket").key("key").checksumAlgorithm("CRC32");
    PutObjectResponse answer =
        s3.run(
            s3.api().objects()::putObject,
            put.body(new Trailed(bytes, Map.of("x-amz-checksum-crc32", "y/Q5Jg=="))).build());
    assertThat(answer.checksumCRC32()).isEqualTo("y/Q5Jg==");
    assertThat(get(read("key").checksumMode("ENABLED").build()).checksumCRC32())
        .isEqualTo("y/Q5Jg==");
    refused(
        "BadDigest",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                put.body(new Trailed(bytes, Map.of("x-amz-checksum-crc32", "AAAAAA=="))).build()));
  }

  @Test
  void aBodyThatFailsLeavesNothing() {
    Content body =
        new Content() {
          @Override
          public long size() {
            return 200_000;
          }

          @Override
          public InputStream open() {
            return new InputStream() {
              private int left = 100_000;

              @Override
              public int read() throws IOException {
                if (left-- == 0) {
                  throw new ServiceException("XAmzContentSHA256Mismatch", 400, "not as signed");
                }
                return 1;
              }
            };
          }
        };
    refused(
        "XAmzContentSHA256Mismatch",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder().bucket("bucket").key("key").body(body).build()));
    assertThat(s3.files()).isZero();
    assertThat(s3.rows("s3_version")).isZero();
  }

  @Test
  void kmsSealsWhatIsToBeSealedByIt() {
    PutObjectResponse put =
        s3.run(
            s3.api().objects()::putObject,
            PutObjectRequest.builder()
                .bucket("bucket")
                .key("key")
                .body(Blob.of("hello".getBytes(StandardCharsets.UTF_8)))
                .serverSideEncryption("aws:kms")
                .ssekmsKeyId("arn:aws:kms:us-east-1:111122223333:key/mine")
                .ssekmsEncryptionContext(
                    Base64.getEncoder()
                        .encodeToString("{\"team\":\"red\"}".getBytes(StandardCharsets.UTF_8)))
                .build());
    assertThat(put.ssekmsKeyId()).endsWith("key/mine");
    assertThat(put.eTag()).isNotEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    assertThat(s3.uses())
        .singleElement()
        .satisfies(use -> {
          assertThat(use.service()).isEqualTo("s3");
          assertThat(use.encryptionContext())
              .containsOnly(
                  Map.entry("team", "red"), Map.entry("aws:s3:arn", "arn:aws:s3:::bucket/key"));
        });
    assertThat(s3.get("bucket", "key")).isEqualTo("hello");
    assertThat(s3.uses()).hasSize(1);
    refused(
        "KMS.NotFoundException",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder()
                    .bucket("bucket")
                    .key("key")
                    .serverSideEncryption("aws:kms")
                    .ssekmsKeyId("gone")
                    .build()));
    refused(
        "InvalidArgument",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                PutObjectRequest.builder().bucket("bucket").key("key").ssekmsKeyId("x").build()));
  }

  @Test
  void copiesAreObjectsOfTheirOwn() {
    s3.run(
        s3.api().objects()::putObject,
        PutObjectRequest.builder()
            .bucket("bucket")
            .key("a b+c")
            .contentType("text/x")
            .metadata(Map.of("m", "1"))
            .tagging("t=1")
            .body(Blob.of("copy me".getBytes(StandardCharsets.UTF_8)))
            .build());
    s3.bucket("target");
    CopyObjectRequest.Builder copy =
        CopyObjectRequest.builder().bucket("target").key("copy").copySource("bucket/a%20b%2Bc");
    String etag =
        String.valueOf(
            java.util.Objects.requireNonNull(
                    s3.run(s3.api().objects()::copyObject, copy.build()).copyObjectResult())
                .eTag());
    s3.run(
        s3.api().objects()::deleteObject,
        DeleteObjectRequest.builder().bucket("bucket").key("a b+c").build());
    GetObjectResponse got =
        s3.run(
            s3.api().objects()::getObject,
            GetObjectRequest.builder().bucket("target").key("copy").build());
    assertThat(S3Fixture.text(got)).isEqualTo("copy me");
    assertThat(got.eTag()).isEqualTo(etag);
    assertThat(got.contentType()).isEqualTo("text/x");
    assertThat(got.metadata()).containsEntry("m", "1");
    assertThat(got.tagCount()).isEqualTo(1);
    copy.copySource("/target/copy");
    refused("InvalidRequest", 400, () -> s3.run(s3.api().objects()::copyObject, copy.build()));
    s3.run(
        s3.api().objects()::copyObject,
        copy.metadataDirective("REPLACE")
            .metadata(Map.of("m", "2"))
            .taggingDirective("REPLACE")
            .build());
    GetObjectResponse again =
        s3.run(
            s3.api().objects()::getObject,
            GetObjectRequest.builder().bucket("target").key("copy").build());
    assertThat(again.metadata()).containsOnly(Map.entry("m", "2"));
    assertThat(again.tagCount()).isNull();
    refused(
        "PreconditionFailed",
        412,
        () -> s3.run(s3.api().objects()::copyObject, copy.copySourceIfNoneMatch(etag).build()));
    copy.copySourceIfNoneMatch(null);
    refused(
        "NoSuchKey",
        404,
        () -> s3.run(s3.api().objects()::copyObject, copy.copySource("bucket/gone").build()));
    refused(
        "NoSuchBucket",
        404,
        () -> s3.run(s3.api().objects()::copyObject, copy.copySource("nowhere/x").build()));
    refused(
        "InvalidArgument",
        400,
        () -> s3.run(s3.api().objects()::copyObject, copy.copySource("bucket").build()));
  }

  @Test
  void whoMayNotListIsNotToldWhatIsMissing() {
    s3.deny(check -> check.action().equals("s3:ListBucket"));
    refused("AccessDenied", 403, () -> s3.get("bucket", "missing"));
    s3.put("bucket", "there", "x");
    assertThat(s3.get("bucket", "there")).isEqualTo("x");
  }

  @Test
  void thePoliciesAreAskedInTheWordsOfTheRequest() {
    s3.asked();
    s3.run(
        s3.api().objects()::putObject,
        PutObjectRequest.builder()
            .bucket("bucket")
            .key("key")
            .acl("bucket-owner-full-control")
            .tagging("team=red")
            .serverSideEncryption("AES256")
            .storageClass("STANDARD_IA")
            .build());
    List<AccessCheck> asked = s3.asked();
    assertThat(asked)
        .extracting(AccessCheck::action)
        .containsExactly("s3:PutObject", "s3:PutObjectTagging");
    assertThat(asked.getFirst().resource()).isEqualTo("arn:aws:s3:::bucket/key");
    assertThat(asked.getFirst().owner()).isEqualTo(S3Fixture.ACCOUNT);
    assertThat(asked.getFirst().conditions())
        .containsEntry("s3:x-amz-acl", List.of("bucket-owner-full-control"))
        .containsEntry("s3:x-amz-server-side-encryption", List.of("AES256"))
        .containsEntry("s3:x-amz-storage-class", List.of("STANDARD_IA"))
        .containsEntry("s3:RequestObjectTag/team", List.of("red"))
        .containsEntry("s3:RequestObjectTagKeys", List.of("team"));
    s3.get("bucket", "key");
    assertThat(s3.asked())
        .singleElement()
        .satisfies(check ->
            assertThat(check.conditions())
                .containsEntry("s3:ExistingObjectTag/team", List.of("red")));
  }

  @Test
  void whatIsNotServedIsSaid() {
    PutObjectRequest.Builder put = PutObjectRequest.builder().bucket("bucket").key("key");
    refused(
        "AccessControlListNotSupported",
        400,
        () -> s3.run(s3.api().objects()::putObject, put.acl("aws-exec-read").build()));
    refused(
        "AccessDenied",
        403,
        () -> s3.run(s3.api().objects()::putObject, put.acl("public-read").build()));
    put.acl(null);
    refused(
        "NotImplemented",
        501,
        () -> s3.run(s3.api().objects()::putObject, put.storageClass("GLACIER").build()));
    refused(
        "InvalidStorageClass",
        400,
        () -> s3.run(s3.api().objects()::putObject, put.storageClass("COLD").build()));
    put.storageClass(null);
    refused(
        "NotImplemented",
        501,
        () -> s3.run(s3.api().objects()::putObject, put.sseCustomerAlgorithm("AES256").build()));
    put.sseCustomerAlgorithm(null);
    refused(
        "KeyTooLongError",
        400,
        () -> s3.run(s3.api().objects()::putObject, put.key("é".repeat(513)).build()));
    refused(
        "MetadataTooLarge",
        400,
        () ->
            s3.run(
                s3.api().objects()::putObject,
                put.key("k").metadata(Map.of("m", "x".repeat(2_048))).build()));
    assertThat(s3.files()).isZero();
  }

  private static GetObjectRequest.Builder read(String key) {
    return GetObjectRequest.builder().bucket("bucket").key(key);
  }

  private GetObjectResponse get(GetObjectRequest request) {
    return s3.run(s3.api().objects()::getObject, request);
  }

  private void delete(String key) {
    s3.run(
        s3.api().objects()::deleteObject,
        DeleteObjectRequest.builder().bucket("bucket").key(key).build());
  }

  static void refused(String code, int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.status()).isEqualTo(status);
            });
  }
}
