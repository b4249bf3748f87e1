package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * AWS's asynchronous client: bodies in signed chunks with trailers, and parts of its own making.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3AsyncTest {

  private SekishoInstance sekisho;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    try (S3AsyncClient s3 = client(false)) {
      s3.createBucket(r -> r.bucket("bucket")).join();
    }
  }

  @AfterAll
  void stop() {
    sekisho.close();
  }

  private S3AsyncClient client(boolean parts) {
    return S3AsyncClient.builder()
        .endpointOverride(sekisho.address())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(SekishoInstance.ROOT))
        .forcePathStyle(true)
        .multipartEnabled(parts)
        .build();
  }

  @Test
  void manyBodiesAtOnceComeBackEachToItsOwn() {
    try (S3AsyncClient s3 = client(false)) {
      List<CompletableFuture<PutObjectResponse>> puts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String key = "key" + i;
        byte[] bytes = random(i, 1 + i * 3_000);
        puts.add(
            s3.putObject(
                r ->
                    r.bucket("bucket")
                        .key(key)
                        .checksumAlgorithm(
                            key.endsWith("3") ? ChecksumAlgorithm.SHA256 : ChecksumAlgorithm.CRC32),
                AsyncRequestBody.fromBytes(bytes)));
      }
      puts.forEach(CompletableFuture::join);
      for (int i = 0; i < 50; i++) {
        String key = "key" + i;
        assertThat(
                s3.getObject(r -> r.bucket("bucket").key(key), AsyncResponseTransformer.toBytes())
                    .join()
                    .asByteArray())
            .isEqualTo(random(i, 1 + i * 3_000));
      }
    }
  }

  @Test
  void largeBodiesGoInPartsAndComeBackInParts() {
    byte[] bytes = random(99, 40 << 20);
    try (S3AsyncClient s3 = client(true)) {
      PutObjectResponse put =
          s3.putObject(r -> r.bucket("bucket").key("large"), AsyncRequestBody.fromBytes(bytes))
              .join();
      assertThat(put.eTag()).contains("-");
      assertThat(
              s3.getObject(r -> r.bucket("bucket").key("large"), AsyncResponseTransformer.toBytes())
                  .join()
                  .asByteArray())
          .isEqualTo(bytes);
      s3.copyObject(r ->
              r.sourceBucket("bucket")
                  .sourceKey("large")
                  .destinationBucket("bucket")
                  .destinationKey("copy"))
          .join();
    }
    try (S3AsyncClient s3 = client(false)) {
      assertThat(
              s3.getObject(r -> r.bucket("bucket").key("copy"), AsyncResponseTransformer.toBytes())
                  .join()
                  .asByteArray())
          .isEqualTo(bytes);
    }
  }

  private static byte[] random(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
