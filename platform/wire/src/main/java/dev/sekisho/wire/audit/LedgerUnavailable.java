package dev.sekisho.wire.audit;

/** The ledger cannot keep anything at present, for example because the disk is full. */
public final class LedgerUnavailable extends RuntimeException {

  public LedgerUnavailable(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
