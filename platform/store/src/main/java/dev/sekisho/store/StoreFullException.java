package dev.sekisho.store;

/** Nothing more can be written, because the disk is full or failing; reading goes on. */
public final class StoreFullException extends StoreUnavailableException {

  public StoreFullException(Throwable cause) {
    super("the store's disk is full or failing", cause);
  }
}
