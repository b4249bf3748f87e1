package dev.sekisho.wire.signature;

/**
 * Why a request's signature was not accepted. Each family of services gives it its own error code;
 * the message is AWS's.
 */
public final class SignatureFailure extends RuntimeException {

  /** The kinds that clients tell apart. */
  public enum Kind {
    /** No signature at all where one is needed. */
    MISSING,
    /** A signature that cannot be read, or lacks a part. */
    INCOMPLETE,
    /** An access key that is not known, not active, or whose session token is not ours. */
    UNKNOWN_KEY,
    /** Temporary credentials past their end. */
    EXPIRED_TOKEN,
    /** Wrong secret, altered request, wrong scope, or outside the clock window. */
    MISMATCH,
    /** A presigned request past its end. */
    REQUEST_EXPIRED,
    /** Too many signatures with the key from the source were wrong lately. */
    TOO_MANY_FAILURES
  }

  private static final int EXCERPT = 128;

  private final Kind kind;

  public SignatureFailure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /** A part of the caller's text that is short and printable enough for a message. */
  static String excerpt(String text) {
    String cut = text.length() <= EXCERPT ? text : text.substring(0, EXCERPT);
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
