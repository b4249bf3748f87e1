package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Randomness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A keyring in its file: made, opened and changed.
 *
 * <p>INVARIANT: a changed keyring is opened with its new root key before it takes the old one's
 * place, so that no slip of a passphrase or token can lock its owner out.
 */
public record StoredKeyring(KeyringPath file, Randomness randomness) {

  public StoredKeyring(Path path, Randomness randomness) {
    this(new KeyringPath(path, randomness), randomness);
  }

  /** Makes the keyring when there is none. */
  public void create(RootKind kind, RootAccess access, Instant now) {
    try (RootKey root = access.make(kind, randomness)) {
      file.create(OpenKeyring.fresh(randomness, now).sealedBy(root, randomness).text());
    }
  }

  /**
   * Opens the keyring.
   *
   * @throws UnsealException when it cannot be opened
   */
  public OpenKeyring open(RootAccess access) {
    String text = file.read();
    try {
      if (FirstFormat.isOne(text)) {
        return FirstFormat.parse(text, randomness);
      }
      KeyringFile read = KeyringFile.parse(text);
      try (RootKey root = access.find(read.root(), randomness)) {
        return OpenKeyring.open(read, root);
      }
    } catch (IllegalArgumentException damaged) {
      throw new UnsealException(damage());
    }
  }

  private String damage() {
    return "the keyring "
        + file.path()
        + " is damaged; restore it from a backup, for without it the data cannot be opened";
  }

  /**
   * What the file says without being opened; nothing for the first format.
   *
   * @throws UnsealException when it is not a keyring
   */
  public Optional<KeyringFile> header() {
    String text = file.read();
    try {
      if (FirstFormat.isOne(text)) {
        return Optional.empty();
      }
      return Optional.of(KeyringFile.parse(text));
    } catch (IllegalArgumentException damaged) {
      throw new UnsealException(damage());
    }
  }

  /** Puts the keyring, sealed by a new root key, in the place of what is in the file. */
  public void replace(OpenKeyring keyring, RootKind kind, RootAccess access) {
    try (RootKey root = access.make(kind, randomness)) {
      replace(keyring, root);
    }
  }

  /** Puts the keyring in the place of what is in the file, under the same root key. */
  public void replace(OpenKeyring keyring, RootAccess access) {
    RootForm form =
        header()
            .orElseThrow(() -> new UnsealException("rotate the keyring of the first format first"))
            .root();
    try (RootKey root = access.find(form, randomness)) {
      replace(keyring, root);
    }
  }

  private void replace(OpenKeyring keyring, RootKey root) {
    String text = keyring.sealedBy(root, randomness).text();
    if (!OpenKeyring.open(KeyringFile.parse(text), root).keys().equals(keyring.keys())) {
      throw new UnsealException("the new keyring does not open; the old one stays");
    }
    file.replace(text);
  }
}
