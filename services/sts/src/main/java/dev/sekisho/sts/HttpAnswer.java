package dev.sekisho.sts;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Reads one answer of a server that may mean us harm: bounded in size and time. */
final class HttpAnswer {

  private static final int LARGEST = 256 * 1024;
  private static final int LONGEST_HEAD = 16 * 1024;
  private static final long LONGEST = Duration.ofSeconds(6).toNanos();

  private final InputStream in;
  private final long started = System.nanoTime();
  private int head = LONGEST_HEAD;

  private HttpAnswer(InputStream in) {
    this.in = in;
  }

  /** The body of a good answer; every other answer is a failure. */
  static String read(Socket socket) throws IOException {
    byte[] body = new HttpAnswer(new BufferedInputStream(socket.getInputStream())).body();
    return new String(body, StandardCharsets.UTF_8);
  }

  private byte[] body() throws IOException {
    if (!line().matches("HTTP/1\\.[01] 200( .*)?")) {
      throw new IOException("not a good answer");
    }
    long length = -1;
    boolean chunked = false;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String folded = line.toLowerCase(Locale.ROOT).replace(" ", "");
      if (folded.startsWith("content-length:")) {
        length = number(folded.substring("content-length:".length()), 10);
      }
      chunked |= folded.equals("transfer-encoding:chunked");
    }
    if (chunked) {
      return chunks();
    }
    byte[] body = bytes(length < 0 ? LARGEST + 1L : length, length >= 0);
    if (body.length > LARGEST) {
      throw new IOException("too large");
    }
    return body;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      long size = number(line().replaceAll("[; ].*", ""), 16);
      if (size == 0) {
        return body.toByteArray();
      }
      if (body.size() + size > LARGEST) {
        throw new IOException("too large");
      }
      body.write(bytes(size, true));
      line();
    }
  }

  private static long number(String text, int radix) throws IOException {
    try {
      long number = Long.parseLong(text, radix);
      if (number >= 0 && number <= LARGEST) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // The same refusal as for a number out of range.
    }
    throw new IOException("not a length that is taken");
  }

  private byte[] bytes(long count, boolean all) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8_192];
    while (bytes.size() < count) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, count - bytes.size()));
      requireInTime();
      if (read < 0) {
        if (all) {
          throw new IOException("cut short");
        }
        break;
      }
      bytes.write(buffer, 0, read);
    }
    return bytes.toByteArray();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      requireInTime();
      if (next < 0 || --head < 0) {
        throw new IOException("no head that is taken");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }

  private void requireInTime() throws IOException {
    if (System.nanoTime() - started > LONGEST) {
      throw new IOException("too slow");
    }
  }
}
