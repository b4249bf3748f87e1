package dev.sekisho.crypto;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Turns passwords into something that tells whether a password is right and not what it is:
 * Argon2id.
 *
 * <p>The text that is kept names its own parameters, so that they can grow and old hashes still be
 * checked. INVARIANT: only so many hashes are computed at once as there are processors, so that
 * guessers cannot fill the memory.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106</a>
 */
public final class PasswordHash {

  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT = 16;
  private static final int TAG = 32;
  // What a stored hash may ask for at most; one from a damaged row must not exhaust the memory.
  private static final int LARGEST_MEMORY_KIB = 1 << 20;
  private static final int MOST_PASSES = 64;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,9}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");
  private static final Semaphore ROOM = new Semaphore(Runtime.getRuntime().availableProcessors());

  private PasswordHash() {}

  /** The text to keep for the password; another one each time. */
  public static String of(Secret password, Randomness randomness) {
    byte[] salt = randomness.bytes(SALT);
    byte[] tag = compute(password, salt, MEMORY_KIB, PASSES, LANES, TAG);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m="
        + MEMORY_KIB
        + ",t="
        + PASSES
        + ",p="
        + LANES
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(tag);
  }

  /**
   * Whether the kept text was made from the password.
   *
   * @throws CryptoException when the text is not one of {@link #of}
   */
  public static boolean matches(String kept, Secret password) {
    Matcher form = FORM.matcher(kept);
    if (!form.matches()) {
      throw new CryptoException();
    }
    int memory = Integer.parseInt(form.group(1));
    int passes = Integer.parseInt(form.group(2));
    int lanes = Integer.parseInt(form.group(3));
    if (memory < 8 * lanes || memory > LARGEST_MEMORY_KIB || passes < 1 || passes > MOST_PASSES) {
      throw new CryptoException();
    }
    byte[] expected = decode(form.group(5));
    byte[] actual =
        compute(password, decode(form.group(4)), memory, passes, lanes, expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw new CryptoException();
    }
  }

  private static byte[] compute(
      Secret password, byte[] salt, int memory, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] tag = new byte[length];
    ROOM.acquireUninterruptibly();
    try {
      generator.generateBytes(password.reveal(), tag);
    } finally {
      ROOM.release();
    }
    return tag;
  }
}
