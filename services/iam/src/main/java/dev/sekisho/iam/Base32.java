package dev.sekisho.iam;

import dev.sekisho.core.Secret;
import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * Seeds as programs and makers of tokens write them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4648#section-6">RFC 4648</a>
 */
final class Base32 {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  /** Without padding. */
  static Secret encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte each : bytes) {
      held = (held << 8) | (each & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt((held >> bits) & 31));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt((held << (5 - bits)) & 31));
    }
    return Secret.of(text.toString());
  }

  /**
   * Reads either case, with or without padding, blanks and dashes.
   *
   * @throws IllegalArgumentException when there is anything else in it; the message does not say
   *     what
   */
  static Secret decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (char each : text.toUpperCase(Locale.ROOT).replaceAll("[ -]|=+$", "").toCharArray()) {
      int value = ALPHABET.indexOf(each);
      if (value < 0) {
        throw new IllegalArgumentException("not Base32");
      }
      held = (held << 5) | value;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.write(held >> bits);
      }
    }
    return Secret.of(bytes.toByteArray());
  }
}
