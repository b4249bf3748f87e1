package dev.sekisho.crypto;

import dev.sekisho.core.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time codes as MFA devices show them: SHA-1, six digits, a new one every thirty
 * seconds.
 *
 * <p>Which codes were used already is for the caller to know: it hands in the step of the last one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>
 */
public final class OneTimeCodes {

  /** How long a code is shown. */
  public static final int STEP_SECONDS = 30;

  /** How many digits a code has. */
  public static final int DIGITS = 6;

  private static final String ALGORITHM = "HmacSHA1";
  private static final int MODULUS = 1_000_000;

  private OneTimeCodes() {}

  /** The number of the step that the time falls into. */
  public static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), STEP_SECONDS);
  }

  /** The code that a device with the seed shows during the step. */
  public static String code(Secret seed, long step) {
    byte[] mac = mac(seed, step);
    int offset = mac[mac.length - 1] & 0xf;
    int truncated = ByteBuffer.wrap(mac).getInt(offset) & 0x7fff_ffff;
    String digits = Integer.toString(truncated % MODULUS);
    return "0".repeat(DIGITS - digits.length()) + digits;
  }

  /**
   * The earliest step in the window whose code is the given one. Every step of the window is looked
   * at whatever is found, so that the time taken says nothing.
   *
   * @param from the first step of the window
   * @param to its last step
   */
  public static OptionalLong find(Secret seed, String code, long from, long to) {
    long found = -1;
    for (long step = to; step >= from; step--) {
      if (same(code(seed, step), code)) {
        found = step;
      }
    }
    return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
  }

  /**
   * The earliest step in the window that shows the first code and is followed by one that shows the
   * second.
   */
  public static OptionalLong findPair(
      Secret seed, String first, String second, long from, long to) {
    long found = -1;
    for (long step = to; step >= from; step--) {
      if (same(code(seed, step) + ' ' + code(seed, step + 1), first + ' ' + second)) {
        found = step;
      }
    }
    return found < 0 ? OptionalLong.empty() : OptionalLong.of(found);
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] mac(Secret seed, long step) {
    byte[] revealed = seed.reveal();
    try {
      Mac mac = Providers.fastest("Mac", ALGORITHM, Mac::getInstance);
      mac.init(new SecretKeySpec(revealed, ALGORITHM));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("HMAC is part of every JDK", impossible);
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }
}
