package dev.sekisho.waf.text;

import java.util.Base64;

/** Base64, of RFC 4648's usual alphabet. */
final class Base64Text {

  private Base64Text() {}

  /** The bytes, when the value is nothing but Base64; padding may be missing. */
  static byte[] strict(byte[] value) {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException isNot) {
      return value;
    }
  }

  /** The bytes of what there is of the alphabet; all else is skipped, and padding ends nothing. */
  static byte[] lenient(byte[] value) {
    Output out = new Output(value.length);
    int bits = 0;
    int held = 0;
    for (byte each : value) {
      int digit = digit(each);
      if (digit >= 0) {
        held = held << 6 | digit;
        bits += 6;
        if (bits >= 8) {
          bits -= 8;
          out.put(held >>> bits);
        }
      }
    }
    return out.done();
  }

  private static int digit(byte value) {
    if (value >= 'A' && value <= 'Z') {
      return value - 'A';
    }
    if (value >= 'a' && value <= 'z') {
      return value - 'a' + 26;
    }
    if (value >= '0' && value <= '9') {
      return value - '0' + 52;
    }
    return switch (value) {
      case '+' -> 62;
      case '/' -> 63;
      default -> -1;
    };
  }
}
