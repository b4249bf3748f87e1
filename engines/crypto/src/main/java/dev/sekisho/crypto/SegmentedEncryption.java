package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over long texts in segments, any of which opens without the others.
 *
 * <p>Security guarantees: confidentiality and integrity of each segment, of their order, and of
 * where the text ends: the nonce is the segment's number and whether it is the last. The key is
 * derived from a long-term key and the text's name by HMAC-SHA-256.
 *
 * <p>INVARIANT: a name is used for one text only; whoever seals answers for that. One thread at a
 * time.
 */
public final class SegmentedEncryption {

  /** Bytes of plaintext in every segment but the last. */
  public static final int SEGMENT = 1 << 16;

  /** Bytes that a sealed segment has more than its plaintext. */
  public static final int OVERHEAD = AuthenticatedEncryption.TAG;

  private static final byte[] PURPOSE = "sekisho/segments/1/".getBytes(StandardCharsets.US_ASCII);
  private static final int LAST = 1;

  private final SecretKeySpec key;
  private final Cipher cipher;

  /**
   * @param longTerm 32 bytes
   * @param name never given to another text under the same long-term key
   */
  public SegmentedEncryption(Secret longTerm, String name) {
    byte[] revealed = longTerm.reveal();
    byte[] derived = new byte[0];
    try {
      if (revealed.length != AuthenticatedEncryption.KEY) {
        throw new IllegalArgumentException("a key has 32 bytes");
      }
      Mac mac = Providers.fastest("Mac", "HmacSHA256", Mac::getInstance);
      mac.init(new SecretKeySpec(revealed, "HmacSHA256"));
      mac.update(PURPOSE);
      derived = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      key = new SecretKeySpec(derived, "AES");
      cipher = Providers.fastest("Cipher", "AES/GCM/NoPadding", Cipher::getInstance);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM and HMAC are part of every JDK", impossible);
    } finally {
      Arrays.fill(revealed, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** The segments of a text of that length; at least one, which may be empty. */
  public static long segments(long length) {
    return Math.max(1, (length + SEGMENT - 1) / SEGMENT);
  }

  /** Bytes of a text of that length when sealed. */
  public static long sealedLength(long length) {
    return length + segments(length) * OVERHEAD;
  }

  /**
   * Seals a segment.
   *
   * @param into has room for the length and {@link #OVERHEAD}
   * @return the bytes written
   */
  public int seal(long number, boolean last, byte[] plain, int length, byte[] into) {
    if (!last && length != SEGMENT) {
      throw new IllegalArgumentException("only the last segment is short");
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number, last));
      return cipher.doFinal(plain, 0, length, into, 0);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("AES-GCM refuses to encrypt", impossible);
    }
  }

  /**
   * Opens a segment.
   *
   * @param into has room for the length without {@link #OVERHEAD}
   * @return the bytes written
   * @throws CryptoException when anything at all does not fit
   */
  public int open(long number, boolean last, byte[] sealed, int length, byte[] into) {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, nonce(number, last));
      return cipher.doFinal(sealed, 0, length, into, 0);
    } catch (AEADBadTagException altered) {
      throw new CryptoException();
    } catch (GeneralSecurityException notOurs) {
      throw new CryptoException();
    }
  }

  private static GCMParameterSpec nonce(long number, boolean last) {
    byte[] nonce =
        ByteBuffer.allocate(AuthenticatedEncryption.IV)
            .putLong(number)
            .putInt(last ? LAST : 0)
            .array();
    return new GCMParameterSpec(AuthenticatedEncryption.TAG * 8, nonce);
  }
}
