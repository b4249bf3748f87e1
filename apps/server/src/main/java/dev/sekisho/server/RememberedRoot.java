package dev.sekisho.server;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.keyring.HsmToken;
import dev.sekisho.crypto.keyring.RootAccess;
import org.jspecify.annotations.Nullable;

/**
 * The root key of a command, which may need it more than once: each secret is asked for, or read
 * from a descriptor that gives it only once, a single time. What is not named for a new root key is
 * as it was for the one before.
 */
final class RememberedRoot implements RootAccess {

  private final RootOptions options;
  private final @Nullable RememberedRoot before;
  private @Nullable Secret passphrase;
  private @Nullable HsmToken token;

  RememberedRoot(RootOptions options, @Nullable RememberedRoot before) {
    this.options = options;
    this.before = before;
  }

  @Override
  public Secret passphrase() {
    if (passphrase == null) {
      passphrase = options.passphrase();
    }
    return passphrase;
  }

  @Override
  public Secret newPassphrase() {
    // A person is asked for a new one; a file that is named once keeps the words and changes the
    // salt.
    return before != null
            && options.passphraseFile() == null
            && before.options.passphraseFile() != null
        ? before.passphrase()
        : options.newPassphrase();
  }

  @Override
  public HsmToken token() {
    if (before != null && !options.namesToken()) {
      return before.token();
    }
    if (token == null) {
      token = (before == null ? options : options.orElse(before.options)).token();
    }
    return token;
  }
}
