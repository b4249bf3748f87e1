package dev.sekisho.wire;

import dev.sekisho.core.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reports the end only when what was read has the SHA-256 that the signature covers. */
final class HashedInputStream extends BulkInputStream {

  private final InputStream content;
  private final MessageDigest digest;
  private final String expected;

  /**
   * @param expected in lower-case hexadecimal
   */
  HashedInputStream(InputStream content, String expected) {
    this.content = content;
    this.expected = expected;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = content.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
    } else if (count < 0) {
      check();
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private void check() {
    String actual;
    try {
      // A reader may ask for the end again; the digest is told once.
      actual = HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 can be cloned", impossible);
    }
    if (!MessageDigest.isEqual(
        actual.getBytes(StandardCharsets.US_ASCII),
        expected.getBytes(StandardCharsets.ISO_8859_1))) {
      throw new ServiceException(
          "XAmzContentSHA256Mismatch",
          400,
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
  }
}
