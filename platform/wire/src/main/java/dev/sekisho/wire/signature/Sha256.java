package dev.sekisho.wire.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 as signatures use it.
 *
 * <p>A digest is cloned from one that is made once: looking the algorithm up for each request costs
 * more than hashing a small one.
 */
final class Sha256 {

  static final HexFormat HEX = HexFormat.of();

  /** The hash of no bytes, which chunk signatures hold as a constant. */
  static final String EMPTY = hex(new byte[0]);

  private static final class Prototype {
    static final MessageDigest DIGEST = lookUp();

    private static MessageDigest lookUp() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
      }
    }
  }

  private Sha256() {}

  /** A fresh digest. */
  static MessageDigest fresh() {
    try {
      return (MessageDigest) Prototype.DIGEST.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the provider's SHA-256 cannot be cloned", impossible);
    }
  }

  static byte[] digest(byte[] bytes) {
    return fresh().digest(bytes);
  }

  /** The hash in lower-case hexadecimal. */
  static String hex(byte[] bytes) {
    return HEX.formatHex(digest(bytes));
  }
}
