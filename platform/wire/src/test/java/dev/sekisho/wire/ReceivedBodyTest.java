package dev.sekisho.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A body that is read as it comes is held against its hash when its end is reported. */
class ReceivedBodyTest {

  private final Random random = new Random(7);

  @Test
  void theEndIsReportedWhenTheHashIsRight() throws Exception {
    for (int i = 0; i < 500; i++) {
      byte[] bytes = bytes(random.nextInt(5_000));

      assertThat(read(bytes, hash(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void anyOtherByteIsRefusedAtTheEnd() throws Exception {
    for (int i = 0; i < 500; i++) {
      byte[] bytes = bytes(random.nextInt(1, 5_000));
      String hash = hash(bytes);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

      assertThatThrownBy(() -> read(bytes, hash))
          .isInstanceOfSatisfying(
              ServiceException.class,
              refused -> assertThat(refused.code()).isEqualTo("XAmzContentSHA256Mismatch"));
    }
  }

  @Test
  void aBodyCutShortIsRefused() throws Exception {
    byte[] bytes = bytes(1_000);

    assertThatThrownBy(() -> read(java.util.Arrays.copyOf(bytes, 999), hash(bytes)))
        .isInstanceOf(ServiceException.class);
  }

  /** Reads in pieces of any size, passing over some, and asks for the end twice. */
  private byte[] read(byte[] bytes, String hash) throws Exception {
    java.io.ByteArrayOutputStream read = new java.io.ByteArrayOutputStream();
    try (InputStream stream = new HashedInputStream(new ByteArrayInputStream(bytes), hash)) {
      byte[] piece = new byte[random.nextInt(1, 700)];
      for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
        read.write(piece, 0, count);
      }
      assertThat(stream.read()).isEqualTo(-1);
    }
    return read.toByteArray();
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hash(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
