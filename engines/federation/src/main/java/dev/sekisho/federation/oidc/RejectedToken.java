package dev.sekisho.federation.oidc;

/** A token, or a key set, that is not taken, with the kind of what is wrong with it. */
public final class RejectedToken extends Exception {

  /** What is wrong. */
  public enum Reason {
    /** Not a signed token in an algorithm that is taken. */
    MALFORMED,
    /** A claim that must be there is not, or is of another type. */
    CLAIM,
    /** None of the provider's keys may have signed it. */
    UNKNOWN_KEY,
    /** Not signed by the provider's key. */
    SIGNATURE
  }

  private final Reason reason;

  RejectedToken(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
