package dev.sekisho.store;

/** Nothing more can be written, because the disk is full; reading goes on. */
public final class StoreFullException extends RuntimeException {

  public StoreFullException(Throwable cause) {
    super("the store's disk is full", cause);
  }
}
