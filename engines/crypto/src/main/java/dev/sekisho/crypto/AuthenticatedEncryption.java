package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under a key derived for each message.
 *
 * <p>Security guarantees: confidentiality and integrity of the plaintext, integrity of the
 * associated data. The message's key comes from the long-term key and a 16-byte random salt by the
 * counter-mode KDF of NIST SP 800-108 with HMAC-SHA-256, so that one long-term key serves any
 * number of messages without a nonce ever meeting itself. Not promised: hiding the plaintext's
 * length.
 */
public final class AuthenticatedEncryption {

  /** Bytes of the random salt. */
  public static final int SALT = 16;

  /** Bytes of the initialisation vector. */
  public static final int IV = 12;

  /** Bytes of the tag at the ciphertext's end. */
  public static final int TAG = 16;

  /** Bytes of a long-term key. */
  public static final int KEY = 32;

  private static final byte[] KDF_PREFIX = {0, 0, 0, 1};
  private static final byte[] KDF_LENGTH = {0, 0, 1, 0};

  private AuthenticatedEncryption() {}

  /**
   * Encrypts.
   *
   * @param key 32 bytes
   * @param salt 16 fresh random bytes
   * @param iv 12 fresh random bytes
   * @param associated what is bound to the ciphertext and not in it
   * @return ciphertext and tag
   */
  public static byte[] encrypt(
      Secret key, byte[] salt, byte[] iv, byte[] associated, byte[] plaintext) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, salt, iv, associated).doFinal(plaintext);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM is part of every JDK", impossible);
    }
  }

  /**
   * Decrypts.
   *
   * @param sealed ciphertext and tag
   * @throws CryptoException when anything at all does not fit
   */
  public static byte[] decrypt(
      Secret key, byte[] salt, byte[] iv, byte[] associated, byte[] sealed) {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, salt, iv, associated).doFinal(sealed);
    } catch (AEADBadTagException altered) {
      throw new CryptoException();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM is part of every JDK", impossible);
    }
  }

  private static Cipher cipher(int mode, Secret key, byte[] salt, byte[] iv, byte[] associated)
      throws GeneralSecurityException {
    byte[] derived = derive(key, salt);
    try {
      return gcm(mode, derived, iv, associated);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** AES-GCM under the key itself, ready for the text. */
  static Cipher gcm(int mode, byte[] key, byte[] iv, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Providers.fastest("Cipher", "AES/GCM/NoPadding", Cipher::getInstance);
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG * 8, iv));
    cipher.updateAAD(associated);
    return cipher;
  }

  /** SP 800-108 in counter mode, one block: counter, empty label, zero, salt, length in bits. */
  private static byte[] derive(Secret key, byte[] salt) throws GeneralSecurityException {
    if (key.length() != KEY || salt.length != SALT) {
      throw new InvalidKeyException("a key has 32 bytes and a salt 16");
    }
    byte[] revealed = key.reveal();
    try {
      Mac mac = Providers.fastest("Mac", "HmacSHA256", Mac::getInstance);
      mac.init(new SecretKeySpec(revealed, "HmacSHA256"));
      mac.update(KDF_PREFIX);
      mac.update((byte) 0);
      mac.update(salt);
      mac.update(KDF_LENGTH);
      return mac.doFinal();
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }
}
