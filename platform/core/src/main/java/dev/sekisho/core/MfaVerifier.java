package dev.sekisho.core;

/** Checks the one-time codes of MFA devices. Implemented by IAM, used by STS. */
public interface MfaVerifier {

  /** What became of a code. */
  enum Verdict {
    /** The code was right and is used up. */
    ACCEPTED,
    /** The code was wrong, or was used before. */
    WRONG_CODE,
    /** The caller has no such device, or it is of a kind that shows no codes. */
    UNKNOWN_DEVICE,
    /** Too many codes were wrong lately; this one was not looked at. */
    TOO_MANY_FAILURES
  }

  /**
   * Checks a code and uses it up. What it finds is on disk before it returns, also when the call
   * that asked is refused afterwards.
   *
   * @param principal whose device it must be
   */
  Verdict verify(Principal principal, String serialNumber, String code);
}
