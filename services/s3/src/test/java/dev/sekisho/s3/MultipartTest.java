package dev.sekisho.s3;

import static dev.sekisho.s3.ObjectsTest.refused;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.s3.AbortMultipartUploadRequest;
import dev.sekisho.contract.s3.CompleteMultipartUploadRequest;
import dev.sekisho.contract.s3.CompleteMultipartUploadResponse;
import dev.sekisho.contract.s3.CompletedMultipartUpload;
import dev.sekisho.contract.s3.CompletedPart;
import dev.sekisho.contract.s3.CreateMultipartUploadRequest;
import dev.sekisho.contract.s3.DeleteBucketRequest;
import dev.sekisho.contract.s3.DeleteObjectRequest;
import dev.sekisho.contract.s3.GetObjectRequest;
import dev.sekisho.contract.s3.GetObjectResponse;
import dev.sekisho.contract.s3.ListMultipartUploadsRequest;
import dev.sekisho.contract.s3.ListPartsRequest;
import dev.sekisho.contract.s3.UploadPartCopyRequest;
import dev.sekisho.contract.s3.UploadPartRequest;
import dev.sekisho.contract.s3.UploadPartResponse;
import dev.sekisho.core.Blob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that come in parts are put together, checked and cleaned up after. */
class MultipartTest {

  private static final int FIVE = 5 << 20;

  private S3Fixture s3;
  private byte[] text = new byte[2 * FIVE + 1_234];

  @BeforeEach
  void open(@TempDir Path folder) {
    s3 = new S3Fixture(folder);
    s3.bucket("bucket");
    new Random(3).nextBytes(text);
  }

  @AfterEach
  void close() {
    s3.close();
  }

  @Test
  void partsInAnyOrderBecomeTheObject() {
    String id = begin(null);
    CompletedPart third = part(id, 9, 2 * FIVE, text.length);
    part(id, 2, 0, FIVE / 2);
    CompletedPart first = part(id, 2, 0, FIVE);
    CompletedPart second = part(id, 5, FIVE, 2 * FIVE);
    part(id, 7, 0, 100);
    assertThat(s3.files()).isEqualTo(4);
    assertThat(parts(id)).containsExactly(2, 5, 7, 9);
    CompleteMultipartUploadResponse done = complete(id, first, second, third);
    assertThat(done.eTag()).matches("\"[0-9a-f]{32}-3\"");
    assertThat(s3.files()).isEqualTo(3);
    assertThat(read(null, null)).isEqualTo(text);
    assertThat(read("bytes=" + (FIVE - 10) + "-" + (2 * FIVE + 9), null))
        .isEqualTo(Arrays.copyOfRange(text, FIVE - 10, 2 * FIVE + 10));
    assertThat(read(null, 2)).isEqualTo(Arrays.copyOfRange(text, FIVE, 2 * FIVE));
    refused("InvalidPartNumber", 416, () -> read(null, 4));
    refused("NoSuchUpload", 404, () -> complete(id, first));
    s3.restart();
    assertThat(read(null, null)).isEqualTo(text);
    // The checksum of the whole came out of the parts' own.
    ChecksumAlgorithm.Running running = ChecksumAlgorithm.CRC64NVME.begin();
    running.update(text, 0, text.length);
    assertThat(done.checksumCRC64NVME())
        .isEqualTo(Base64.getEncoder().encodeToString(running.end()));
    s3.run(
        s3.api().objects()::deleteObject,
        DeleteObjectRequest.builder().bucket("bucket").key("key").build());
    assertThat(s3.files()).isZero();
    assertThat(s3.rows("s3_part")).isZero();
    assertThat(s3.rows("s3_content")).isZero();
  }

  @Test
  void everyChecksumOfThePartsIsHeldAgainstTheWhole() {
    for (String algorithm : List.of("CRC32", "CRC32C", "SHA1", "SHA256")) {
      String id = begin(algorithm);
      CompletedPart first = part(id, 1, 0, FIVE);
      CompletedPart second = part(id, 2, FIVE, text.length);
      CompletedPart bare = CompletedPart.builder().partNumber(2).eTag(second.eTag()).build();
      refused("InvalidRequest", 400, () -> complete(id, first, bare));
      CompleteMultipartUploadResponse done = complete(id, first, second);
      assertThat(done.checksumType()).isEqualTo("COMPOSITE");
      assertThat(
              Arrays.asList(
                  done.checksumCRC32(),
                  done.checksumCRC32C(),
                  done.checksumSHA1(),
                  done.checksumSHA256()))
          .filteredOn(value -> value != null)
          .singleElement()
          .asString()
          .endsWith("-2");
    }
    refused(
        "InvalidRequest",
        400,
        () ->
            s3.run(
                s3.api().multipartUploads()::createMultipartUpload,
                CreateMultipartUploadRequest.builder()
                    .bucket("bucket")
                    .key("key")
                    .checksumAlgorithm("SHA1")
                    .checksumType("FULL_OBJECT")
                    .build()));
  }

  @Test
  void wrongListsAreRefused() {
    String id = begin(null);
    CompletedPart small = part(id, 1, 0, 100);
    CompletedPart other = part(id, 2, 0, 100);
    refused("EntityTooSmall", 400, () -> complete(id, small, other));
    refused("InvalidPartOrder", 400, () -> complete(id, other, small));
    refused("InvalidPartOrder", 400, () -> complete(id, small, small));
    refused(
        "InvalidPart",
        400,
        () -> complete(id, small, CompletedPart.builder().partNumber(3).eTag("x").build()));
    refused(
        "InvalidPart",
        400,
        () -> complete(id, CompletedPart.builder().partNumber(1).eTag("\"beef\"").build()));
    refused("MalformedXML", 400, () -> complete(id));
    refused("InvalidArgument", 400, () -> part(id, 0, 0, 1));
    refused("InvalidArgument", 400, () -> part(id, 10_001, 0, 1));
    refused("NoSuchUpload", 404, () -> part("nothing", 1, 0, 1));
    assertThat(s3.files()).isEqualTo(2);
    complete(id, other);
    assertThat(s3.files()).isEqualTo(1);
  }

  @Test
  void whatIsGivenUpLeavesNothing() {
    String id = begin(null);
    part(id, 1, 0, 1_000);
    String other = begin(null);
    part(other, 1, 0, 1_000);
    assertThat(uploads()).containsExactlyInAnyOrder(id, other);
    s3.run(
        s3.api().multipartUploads()::abortMultipartUpload,
        AbortMultipartUploadRequest.builder().bucket("bucket").key("key").uploadId(id).build());
    assertThat(uploads()).containsExactly(other);
    s3.restart();
    assertThat(s3.files()).isEqualTo(1);
    s3.run(
        s3.api().buckets()::deleteBucket, DeleteBucketRequest.builder().bucket("bucket").build());
    assertThat(s3.files()).isZero();
    assertThat(s3.rows("s3_upload") + s3.rows("s3_part") + s3.rows("s3_content")).isZero();
  }

  @Test
  void partsAreCopiedOutOfObjects() {
    s3.put("bucket", "source", text);
    String id = begin(null);
    UploadPartCopyRequest.Builder copy =
        UploadPartCopyRequest.builder()
            .bucket("bucket")
            .key("key")
            .uploadId(id)
            .partNumber(1)
            .copySource("bucket/source");
    CompletedPart first = copied(1, copy.copySourceRange("bytes=1-" + FIVE));
    CompletedPart second =
        copied(2, copy.partNumber(2).copySourceRange("bytes=" + (FIVE + 1) + "-" + (FIVE + 3)));
    refused(
        "InvalidArgument",
        400,
        () ->
            s3.run(
                s3.api().multipartUploads()::uploadPartCopy,
                copy.copySourceRange("bytes=1-").build()));
    complete(id, first, second);
    assertThat(read(null, null)).isEqualTo(Arrays.copyOfRange(text, 1, FIVE + 4));
  }

  private CompletedPart copied(int number, UploadPartCopyRequest.Builder copy) {
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(
            requireNonNull(
                    s3.run(s3.api().multipartUploads()::uploadPartCopy, copy.build())
                        .copyPartResult())
                .eTag())
        .build();
  }

  private String begin(@Nullable String algorithm) {
    return requireNonNull(
        s3.run(
                s3.api().multipartUploads()::createMultipartUpload,
                CreateMultipartUploadRequest.builder()
                    .bucket("bucket")
                    .key("key")
                    .checksumAlgorithm(algorithm)
                    .build())
            .uploadId());
  }

  private CompletedPart part(String id, int number, int from, int end) {
    UploadPartResponse answer =
        s3.run(
            s3.api().multipartUploads()::uploadPart,
            UploadPartRequest.builder()
                .bucket("bucket")
                .key("key")
                .uploadId(id)
                .partNumber(number)
                .body(Blob.of(Arrays.copyOfRange(text, from, end)))
                .build());
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .checksumCRC32C(answer.checksumCRC32C())
        .checksumSHA1(answer.checksumSHA1())
        .checksumSHA256(answer.checksumSHA256())
        .build();
  }

  private CompleteMultipartUploadResponse complete(String id, CompletedPart... parts) {
    return s3.run(
        s3.api().multipartUploads()::completeMultipartUpload,
        CompleteMultipartUploadRequest.builder()
            .bucket("bucket")
            .key("key")
            .uploadId(id)
            .multipartUpload(CompletedMultipartUpload.builder().parts(List.of(parts)).build())
            .build());
  }

  private List<Integer> parts(String id) {
    List<Integer> numbers = new ArrayList<>();
    requireNonNull(
            s3.run(
                    s3.api().multipartUploads()::listParts,
                    ListPartsRequest.builder().bucket("bucket").key("key").uploadId(id).build())
                .parts())
        .forEach(part -> numbers.add(part.partNumber()));
    return numbers;
  }

  private List<String> uploads() {
    return requireNonNull(
            s3.run(
                    s3.api().multipartUploads()::listMultipartUploads,
                    ListMultipartUploadsRequest.builder().bucket("bucket").build())
                .uploads())
        .stream()
        .map(upload -> requireNonNull(upload.uploadId()))
        .toList();
  }

  private byte[] read(@Nullable String range, @Nullable Integer part) {
    GetObjectResponse response =
        s3.run(
            s3.api().objects()::getObject,
            GetObjectRequest.builder()
                .bucket("bucket")
                .key("key")
                .range(range)
                .partNumber(part)
                .build());
    return S3Fixture.bytes(response);
  }
}
