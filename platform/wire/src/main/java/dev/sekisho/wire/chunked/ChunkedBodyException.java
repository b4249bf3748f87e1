package dev.sekisho.wire.chunked;

import java.io.IOException;

/** A chunked body that is not of the form, ends early, or is not what was signed. */
public final class ChunkedBodyException extends IOException {

  /** What clients tell apart. */
  public enum Kind {
    /** The body ends before its end, or holds another number of bytes than it said. */
    INCOMPLETE,
    /** A chunk's head or end cannot be read. */
    MALFORMED,
    /** A chunk is larger than is taken. */
    CHUNK_SIZE,
    /** The trailer cannot be read, or is not the one that was announced. */
    TRAILER,
    /** A chunk or the trailer is not what was signed. */
    SIGNATURE
  }

  private final Kind kind;

  ChunkedBodyException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  public String message() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
