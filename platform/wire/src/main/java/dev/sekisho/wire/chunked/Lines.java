package dev.sekisho.wire.chunked;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a chunked body, read as lines where it is lines. */
final class Lines {

  private final InputStream in;

  Lines(InputStream in) {
    this.in = in;
  }

  /**
   * The next byte.
   *
   * @throws ChunkedBodyException when there is none
   */
  int next() throws IOException {
    int each = in.read();
    if (each < 0) {
      throw ended();
    }
    return each;
  }

  /**
   * Reads bytes into the array: at least one.
   *
   * @throws ChunkedBodyException when there is none
   */
  int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    if (count <= 0) {
      throw ended();
    }
    return count;
  }

  /** Up to so many bytes, fewer only when the body ends; memory grows with what arrives. */
  byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw ended();
    }
    return bytes;
  }

  /** A line that ends in CRLF, without it. */
  String line(int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int each = next(); each != '\r'; each = next()) {
      if (each == '\n' || line.size() == longest) {
        throw malformed();
      }
      line.write(each);
    }
    if (next() != '\n') {
      throw malformed();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** A line of a trailer, which some clients end in LF alone, without its end. */
  String trailerLine(int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int each = next(); each != '\n'; each = next()) {
      if (line.size() == longest) {
        throw new ChunkedBodyException(
            ChunkedBodyException.Kind.TRAILER, "A line of the trailer is too long.");
      }
      line.write(each);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The CRLF that ends a chunk. */
  void end() throws IOException {
    if (next() != '\r' || next() != '\n') {
      throw malformed();
    }
  }

  /** The end of the body. */
  void finish() throws IOException {
    if (in.read() >= 0) {
      throw new ChunkedBodyException(
          ChunkedBodyException.Kind.MALFORMED, "The body goes on after its last chunk.");
    }
  }

  static ChunkedBodyException malformed() {
    return new ChunkedBodyException(
        ChunkedBodyException.Kind.MALFORMED, "The head or the end of a chunk cannot be read.");
  }

  private static ChunkedBodyException ended() {
    return new ChunkedBodyException(
        ChunkedBodyException.Kind.INCOMPLETE,
        "You did not provide the number of bytes specified by the Content-Length HTTP header");
  }
}
