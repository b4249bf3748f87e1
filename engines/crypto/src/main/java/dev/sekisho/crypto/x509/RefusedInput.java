package dev.sekisho.crypto.x509;

/** What was handed over is not acceptable. The message can be shown to whoever sent it. */
public final class RefusedInput extends Exception {

  private static final long serialVersionUID = 1L;

  private final String text;

  RefusedInput(String message) {
    super(message);
    text = message;
  }

  /** What is wrong, in a sentence. */
  public String message() {
    return text;
  }

  /** Without the cause: a parser's message may quote its input. */
  static RefusedInput unreadable(String what) {
    return new RefusedInput("The " + what + " is malformed.");
  }
}
