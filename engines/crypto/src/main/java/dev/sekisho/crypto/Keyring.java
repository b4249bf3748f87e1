package dev.sekisho.crypto;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The root keys that seal all secrets at rest. New secrets are sealed under the current key; older
 * keys still open what they sealed.
 *
 * <p>Each secret is bound to what it is for, so that a sealed value moved to another row does not
 * open there. Safe for many threads.
 */
public final class Keyring {

  private static final byte FORMAT = 1;

  private final Map<Integer, Secret> keys;
  private final int current;
  private final Randomness randomness;

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
        throw new IllegalArgumentException("a root key has 32 bytes");
      }
    }
    this.keys = Map.copyOf(keys);
    this.current = current;
    this.randomness = randomness;
  }

  /**
   * Seals bytes for storage.
   *
   * @param purpose what they are and whose, for example {@code iam/access-key/AKIA…}
   */
  public byte[] seal(String purpose, byte[] plaintext) {
    byte[] salt = randomness.bytes(AuthenticatedEncryption.SALT);
    byte[] iv = randomness.bytes(AuthenticatedEncryption.IV);
    byte[] sealed =
        AuthenticatedEncryption.encrypt(
            key(current), salt, iv, purpose.getBytes(StandardCharsets.UTF_8), plaintext);
    return ByteBuffer.allocate(5 + salt.length + iv.length + sealed.length)
        .put(FORMAT)
        .putInt(current)
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
    Secret key = keys.get(number);
    if (key == null) {
      throw new CryptoException();
    }
    return key;
  }
}
