package dev.sekisho.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Cipher;

/**
 * RSASSA-PKCS1-v1_5 on a digest.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8017#section-8.2">RFC 8017</a>
 */
final class RsaPkcs1 {

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SHA_256 = HEX.parseHex("3031300d060960864801650304020105000420");
  private static final byte[] SHA_384 = HEX.parseHex("3041300d060960864801650304020205000430");
  private static final byte[] SHA_512 = HEX.parseHex("3051300d060960864801650304020305000440");

  /** The least of a signature that is not the digest's name and value: 00 01, eight FF, 00. */
  private static final int SMALLEST_PADDING = 11;

  private RsaPkcs1() {}

  static byte[] sign(AsymmetricKey key, SigningAlgorithm algorithm, byte[] digest)
      throws GeneralSecurityException {
    Cipher cipher = RsaCipher.raw();
    cipher.init(Cipher.DECRYPT_MODE, key.privateKey());
    return cipher.doFinal(encoded(key, algorithm, digest));
  }

  static boolean verify(
      AsymmetricKey key, SigningAlgorithm algorithm, byte[] digest, byte[] signature)
      throws GeneralSecurityException {
    if (signature.length != key.spec().modulusBits() / 8) {
      return false;
    }
    Cipher cipher = RsaCipher.raw();
    cipher.init(Cipher.ENCRYPT_MODE, key.publicKey());
    // Comparing the one encoding there is leaves no padding to be read leniently.
    return MessageDigest.isEqual(cipher.doFinal(signature), encoded(key, algorithm, digest));
  }

  private static byte[] encoded(AsymmetricKey key, SigningAlgorithm algorithm, byte[] digest) {
    byte[] prefix =
        switch (algorithm.digest()) {
          case "SHA-256" -> SHA_256;
          case "SHA-384" -> SHA_384;
          case "SHA-512" -> SHA_512;
          default -> throw new IllegalStateException("no such hash in PKCS#1: " + algorithm);
        };
    byte[] encoded = new byte[key.spec().modulusBits() / 8];
    int padding = encoded.length - prefix.length - digest.length;
    if (padding < SMALLEST_PADDING) {
      throw new IllegalStateException("the modulus is too short");
    }
    encoded[1] = 1;
    java.util.Arrays.fill(encoded, 2, padding - 1, (byte) 0xff);
    System.arraycopy(prefix, 0, encoded, padding, prefix.length);
    System.arraycopy(digest, 0, encoded, padding + prefix.length, digest.length);
    return encoded;
  }
}
