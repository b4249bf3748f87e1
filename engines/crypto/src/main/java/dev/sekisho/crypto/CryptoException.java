package dev.sekisho.crypto;

/**
 * Something could not be opened: it was altered, belongs to another key, or was bound to another
 * context.
 *
 * <p>There is one message for every reason, so that nobody learns which it was.
 */
public final class CryptoException extends RuntimeException {

  public CryptoException() {
    super("cannot be opened", null, false, false);
  }
}
