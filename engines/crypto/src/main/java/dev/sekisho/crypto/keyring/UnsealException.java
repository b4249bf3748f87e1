package dev.sekisho.crypto.keyring;

/**
 * The keyring cannot be opened. The message is one line for the operator: what is wrong, and what
 * to do; it never holds a part of a key, passphrase or PIN.
 */
public final class UnsealException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnsealException(String message) {
    super(message);
  }

  public UnsealException(String message, Throwable cause) {
    super(message, cause);
  }
}
