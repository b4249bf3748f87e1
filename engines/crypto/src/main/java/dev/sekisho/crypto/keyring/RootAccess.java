package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;

/** Where the passphrase and the PIN come from; each is asked for only when it is needed. */
public interface RootAccess {

  /**
   * The passphrase.
   *
   * @throws UnsealException when there is none to be had
   */
  Secret passphrase();

  /**
   * A passphrase that nobody has used yet, so that a slip in it would lock its owner out.
   *
   * @throws UnsealException when there is none to be had
   */
  Secret newPassphrase();

  /**
   * The token with its PIN.
   *
   * @throws UnsealException when it is not known
   */
  HsmToken token();

  /**
   * Gets at the root key of that form.
   *
   * @throws UnsealException when it cannot be had
   */
  default RootKey find(RootForm form, Randomness randomness) {
    return switch (form) {
      case RootForm.InFile inFile -> LocalRootKey.of(inFile, randomness);
      case RootForm.FromPassphrase from -> LocalRootKey.of(from, passphrase(), randomness);
      case RootForm.InToken inToken -> HsmRootKey.find(inToken, token(), randomness);
    };
  }

  /**
   * Makes a new root key.
   *
   * @throws UnsealException when it cannot be made
   */
  default RootKey make(RootKind kind, Randomness randomness) {
    return switch (kind) {
      case FILE -> LocalRootKey.make(randomness);
      case PASSPHRASE -> LocalRootKey.make(newPassphrase(), randomness);
      case HSM -> HsmRootKey.make(token(), randomness);
    };
  }
}
