package dev.sekisho.waf.text;

/** Escapes of CSS 2: a backslash and up to six hexadecimal digits, of which two bytes count. */
final class CssEscapes {

  private static final int MOST_DIGITS = 6;
  private static final int COUNTED_DIGITS = 4;

  private CssEscapes() {}

  static byte[] decode(byte[] value) {
    return Backslashes.decode(value, CssEscapes::escape);
  }

  private static int escape(byte[] value, int at, Output out) {
    int digits = Digits.hexRun(value, at, MOST_DIGITS);
    if (digits == 0) {
      // An escaped line break is nothing, an escaped character is itself.
      if (value[at] != '\n') {
        out.put(value[at]);
      }
      return at + 1;
    }
    int counted = Math.min(digits, COUNTED_DIGITS);
    int end = at + digits;
    out.put(Digits.narrowed(Digits.hex(value, end - counted, counted)));
    // One blank ends the digits and belongs to the escape.
    return end < value.length && WhiteSpace.is(value[end]) ? end + 1 : end;
  }
}
