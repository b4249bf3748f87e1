package dev.sekisho.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** Hashes. */
public final class Digests {

  private Digests() {}

  public static byte[] sha256(byte[] bytes) {
    try {
      return Providers.fastest("MessageDigest", "SHA-256", MessageDigest::getInstance)
          .digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
    }
  }

  /**
   * A hash that is fed piece by piece.
   *
   * @param algorithm {@code MD5}, {@code SHA-1} or {@code SHA-256}
   */
  public static MessageDigest begin(String algorithm) {
    try {
      return Providers.fastest("MessageDigest", algorithm, MessageDigest::getInstance);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(algorithm + " is part of every JDK", impossible);
    }
  }
}
