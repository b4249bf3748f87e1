package dev.sekisho.policy;

/** A document that is not a policy; the message is the one IAM gives. */
public final class MalformedPolicyException extends RuntimeException {

  public MalformedPolicyException(String message) {
    super(message, null, false, false);
  }

  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
