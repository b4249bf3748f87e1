package dev.sekisho.store;

/** The data cannot be opened as it is; the message says what to do. */
public final class StoreOpenException extends RuntimeException {

  public StoreOpenException(String message) {
    super(message);
  }

  public StoreOpenException(String message, Throwable cause) {
    super(message, cause);
  }
}
