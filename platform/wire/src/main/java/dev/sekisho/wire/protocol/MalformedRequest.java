package dev.sekisho.wire.protocol;

/** A request that cannot be read; each protocol gives it its own error code. */
public final class MalformedRequest extends RuntimeException {

  public MalformedRequest(String message) {
    super(message, null, false, false);
  }

  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
