package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.wire.chunked.AwsChunkedInputStream;
import dev.sekisho.wire.chunked.ChunkedBodyException;
import dev.sekisho.wire.signature.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/** A chunked body is read to its end or refused, however large the pieces it is read in. */
class ChunkedBodyFuzzTest {

  private static final int LENGTH = 5;

  @FuzzTest(maxDuration = "1m")
  void isReadOrRefused(byte[] body) throws IOException {
    byte[] whole = read(body, 8_192);
    assertThat(read(body, 1)).isEqualTo(whole);
    if (whole != null) {
      assertThat(whole).hasSize(LENGTH);
    }
  }

  private static byte[] read(byte[] body, int piece) throws IOException {
    try (AwsChunkedInputStream content =
        new AwsChunkedInputStream(
            new ByteArrayInputStream(body),
            Payload.STREAMING_UNSIGNED_TRAILER,
            LENGTH,
            Set.of("x-amz-checksum-crc32"),
            null)) {
      ByteArrayOutputStream found = new ByteArrayOutputStream();
      byte[] buffer = new byte[piece];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        found.write(buffer, 0, count);
      }
      assertThat(content.trailer()).containsOnlyKeys("x-amz-checksum-crc32");
      return found.toByteArray();
    } catch (ChunkedBodyException refused) {
      assertThat(refused.message()).isNotBlank();
      return null;
    }
  }
}
