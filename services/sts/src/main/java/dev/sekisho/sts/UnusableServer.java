package dev.sekisho.sts;

/** A server that an issuer stands behind cannot be used. */
public final class UnusableServer extends Exception {

  private final boolean untrusted;

  UnusableServer(String message, boolean untrusted) {
    super(message, null, false, false);
    this.untrusted = untrusted;
  }

  /** Whether it was reached, and nobody vouches for it. */
  public boolean untrusted() {
    return untrusted;
  }
}
