package dev.sekisho.crypto;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The keys that seal all secrets at rest, in memory. New secrets are sealed under the current key;
 * older keys still open what they sealed. How they are kept is the affair of {@link
 * dev.sekisho.crypto.keyring}.
 *
 * <p>Each secret is bound to what it is for, so that a sealed value moved to another row does not
 * open there. Safe for many threads.
 */
public final class Keyring {

  private static final byte FORMAT = 1;
  private static final int HEAD = 5;

  /** What the keyring is at one moment. */
  private record Keys(Map<Integer, Secret> byNumber, int current) {}

  private final Randomness randomness;
  private volatile Keys keys;
  private volatile Runnable look = () -> {};

  /**
   * @param keys by number, each of 32 bytes
   * @param current the number of the key that seals from now on
   */
  public Keyring(Map<Integer, Secret> keys, int current, Randomness randomness) {
    if (!keys.containsKey(current)) {
      throw new IllegalArgumentException("the keyring lacks its current key");
    }
    for (Secret key : keys.values()) {
      if (key.length() != AuthenticatedEncryption.KEY) {
        throw new IllegalArgumentException("a key of the keyring has 32 bytes");
      }
    }
    this.keys = new Keys(Map.copyOf(keys), current);
    this.randomness = randomness;
  }

  /** The number of the key that seals now. */
  public int current() {
    return keys.current();
  }

  /** The numbers of all keys that are known. */
  public Set<Integer> numbers() {
    return keys.byNumber().keySet();
  }

  /** What is done once when a key is asked for that is not known; it may {@link #add} it. */
  public void whenUnknown(Runnable look) {
    this.look = look;
  }

  /**
   * Adds a key that opens from now on.
   *
   * @throws IllegalStateException when another key has that number: a key that sealed is never
   *     replaced
   */
  public synchronized void add(int number, Secret key) {
    Secret known = keys.byNumber().get(number);
    if (known != null) {
      if (!known.equals(key)) {
        throw new IllegalStateException("the keyring has another key " + number + " already");
      }
      return;
    }
    Map<Integer, Secret> more = new HashMap<>(keys.byNumber());
    more.put(number, key);
    keys = new Keys(Map.copyOf(more), keys.current());
  }

  /** Lets a known key seal from now on. */
  public synchronized void sealWith(int number) {
    if (!keys.byNumber().containsKey(number)) {
      throw new IllegalArgumentException("the keyring lacks the key " + number);
    }
    keys = new Keys(keys.byNumber(), number);
  }

  /** Begins whatever that key seals: what is sealed by another begins otherwise. */
  public static byte[] headOf(int number) {
    return ByteBuffer.allocate(HEAD).put(FORMAT).putInt(number).array();
  }

  /**
   * Seals bytes for storage.
   *
   * @param purpose what they are and whose, for example {@code iam/access-key/AKIA…}
   */
  public byte[] seal(String purpose, byte[] plaintext) {
    Keys now = keys;
    byte[] salt = randomness.bytes(AuthenticatedEncryption.SALT);
    byte[] iv = randomness.bytes(AuthenticatedEncryption.IV);
    byte[] sealed =
        AuthenticatedEncryption.encrypt(
            Objects.requireNonNull(now.byNumber().get(now.current())),
            salt,
            iv,
            purpose.getBytes(StandardCharsets.UTF_8),
            plaintext);
    return ByteBuffer.allocate(HEAD + salt.length + iv.length + sealed.length)
        .put(headOf(now.current()))
        .put(salt)
        .put(iv)
        .put(sealed)
        .array();
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws CryptoException when it was made for another purpose, by another keyring, or altered
   */
  public byte[] open(String purpose, byte[] stored) {
    try {
      ByteBuffer in = ByteBuffer.wrap(stored);
      if (in.get() != FORMAT) {
        throw new CryptoException();
      }
      Secret key = key(in.getInt());
      byte[] salt = new byte[AuthenticatedEncryption.SALT];
      byte[] iv = new byte[AuthenticatedEncryption.IV];
      in.get(salt).get(iv);
      byte[] sealed = new byte[in.remaining()];
      in.get(sealed);
      return AuthenticatedEncryption.decrypt(
          key, salt, iv, purpose.getBytes(StandardCharsets.UTF_8), sealed);
    } catch (BufferUnderflowException cutShort) {
      throw new CryptoException();
    }
  }

  private Secret key(int number) {
    Secret key = keys.byNumber().get(number);
    if (key == null) {
      look.run();
      key = keys.byNumber().get(number);
    }
    if (key == null) {
      throw new CryptoException();
    }
    return key;
  }
}
