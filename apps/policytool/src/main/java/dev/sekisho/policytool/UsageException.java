package dev.sekisho.policytool;

/** A command that cannot be carried out as it was given. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String message;

  UsageException(String message) {
    super(message, null, false, false);
    this.message = message;
  }

  String message() {
    return message;
  }
}
