package dev.sekisho.store;

/** The store cannot do what it is asked at present; the message says what became of it. */
public class StoreUnavailableException extends RuntimeException {

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
