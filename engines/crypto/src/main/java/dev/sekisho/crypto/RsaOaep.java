package dev.sekisho.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** RSAES-OAEP with an empty label, and MGF1 of the same hash. */
public final class RsaOaep {

  /** Which hash. */
  public enum Hash {
    SHA_1("SHA-1", 20),
    SHA_256("SHA-256", 32);

    private final String standardName;
    private final int bytes;

    Hash(String standardName, int bytes) {
      this.standardName = standardName;
      this.bytes = bytes;
    }

    OAEPParameterSpec parameters() {
      return new OAEPParameterSpec(
          standardName, "MGF1", new MGF1ParameterSpec(standardName), PSource.PSpecified.DEFAULT);
    }
  }

  private RsaOaep() {}

  /** How much fits. */
  public static int capacity(KeyPairSpec spec, Hash hash) {
    return spec.modulusBits() / 8 - 2 * hash.bytes - 2;
  }

  /** How long a ciphertext is. */
  public static int length(KeyPairSpec spec) {
    return spec.modulusBits() / 8;
  }

  /**
   * Encrypts.
   *
   * @param plaintext no longer than fits
   */
  public static byte[] encrypt(AsymmetricKey key, Hash hash, byte[] plaintext) {
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.ENCRYPT_MODE, key.publicKey(), hash.parameters());
      return cipher.doFinal(plaintext);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("OAEP is part of every JDK", impossible);
    }
  }

  /**
   * Decrypts.
   *
   * @throws CryptoException when it is not a ciphertext for the key
   */
  public static byte[] decrypt(AsymmetricKey key, Hash hash, byte[] ciphertext) {
    if (ciphertext.length != length(key.spec())) {
      throw new CryptoException();
    }
    try {
      Cipher cipher = cipher();
      cipher.init(Cipher.DECRYPT_MODE, key.privateKey(), hash.parameters());
      return cipher.doFinal(ciphertext);
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new CryptoException();
    }
  }

  private static Cipher cipher() throws GeneralSecurityException {
    return Providers.fastest("Cipher", "RSA/ECB/OAEPPadding", Cipher::getInstance);
  }
}
