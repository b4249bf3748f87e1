package dev.sekisho.crypto;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KEM;

/** ML-KEM: makes a secret together with the ciphertext that only the private key opens. */
public final class KeyEncapsulation {

  private static final String ALGORITHM = "ML-KEM";

  /**
   * A fresh secret.
   *
   * @param ciphertext what the other side finds the secret by
   */
  public record Encapsulated(Secret secret, Blob ciphertext) {}

  private KeyEncapsulation() {}

  public static Encapsulated encapsulate(AsymmetricKey key) {
    try {
      KEM.Encapsulated made = kem().newEncapsulator(key.publicKey()).encapsulate();
      return new Encapsulated(secret(made.key().getEncoded()), Blob.of(made.encapsulation()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a secret cannot be encapsulated", impossible);
    }
  }

  /**
   * The secret of the ciphertext. As the algorithm has it, one of the right length that was never
   * made by this key leads to a secret that nobody knows.
   *
   * @throws CryptoException when it has not the length that this key's have
   */
  public static Secret decapsulate(AsymmetricKey key, byte[] ciphertext) {
    try {
      return secret(kem().newDecapsulator(key.privateKey()).decapsulate(ciphertext).getEncoded());
    } catch (GeneralSecurityException | RuntimeException refused) {
      throw new CryptoException();
    }
  }

  private static KEM kem() throws GeneralSecurityException {
    return Providers.bouncyCastle(ALGORITHM, KEM::getInstance);
  }

  private static Secret secret(byte[] bytes) {
    try {
      return Secret.of(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
