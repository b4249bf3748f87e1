package dev.sekisho.crypto.keyring;

/**
 * What seals the keys of a keyring. A sealed value opens for the purpose it was sealed for only.
 *
 * <p>Security guarantees: confidentiality and integrity of the value, integrity of the purpose.
 */
public sealed interface RootKey extends AutoCloseable permits LocalRootKey, HsmRootKey {

  RootForm form();

  byte[] seal(String purpose, byte[] plaintext);

  /**
   * Opens what {@link #seal} made.
   *
   * @throws dev.sekisho.crypto.CryptoException when it was made by another key, for another
   *     purpose, or altered
   */
  byte[] open(String purpose, byte[] sealed);

  /** Lets go of whatever it is reached by. */
  @Override
  void close();
}
