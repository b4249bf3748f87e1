package dev.sekisho.federation.saml;

/** Metadata or a response that is not taken, with the kind of what is wrong with it. */
public final class RejectedSaml extends Exception {

  /** What is wrong. */
  public enum Reason {
    /** No XML, XML that is not taken, or not what the profile asks for. */
    MALFORMED,
    /** The provider says that it did not sign the person in. */
    STATUS,
    /** Not signed, not by the provider, or not what is read. */
    SIGNATURE,
    /** Encrypted for somebody else, or in a way that is not taken. */
    ENCRYPTION
  }

  private final Reason reason;

  RejectedSaml(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static RejectedSaml malformed(String message) {
    return new RejectedSaml(Reason.MALFORMED, message);
  }

  public Reason reason() {
    return reason;
  }
}
