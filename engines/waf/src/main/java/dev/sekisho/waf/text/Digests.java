package dev.sekisho.waf.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests as bytes, not as hexadecimal text. */
final class Digests {

  private Digests() {}

  static byte[] of(String algorithm, byte[] value) {
    try {
      return MessageDigest.getInstance(algorithm).digest(value);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
