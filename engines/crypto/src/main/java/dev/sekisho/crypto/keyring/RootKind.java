package dev.sekisho.crypto.keyring;

import java.util.Locale;

/** Where a root key is. */
public enum RootKind {
  /** In the keyring's own file. */
  FILE,
  /** In somebody's head: it is made from a passphrase at each start. */
  PASSPHRASE,
  /** In a PKCS#11 token, which it never leaves. */
  HSM;

  /**
   * The kind of that name.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static RootKind named(String name) {
    for (RootKind kind : values()) {
      if (kind.toString().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "a root key is kept in a file, passphrase or hsm, not in '" + name + "'");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
