package dev.sekisho.waf.text;

/** Escapes of ANSI C's strings; what is none stays with its backslash. */
final class AnsiEscapes {

  private static final String LETTERS = "abfnrtv\\?'\"";
  private static final String CHARACTERS = "\u0007\b\f\n\r\t\u000b\\?'\"";

  private AnsiEscapes() {}

  static byte[] decode(byte[] value) {
    return Backslashes.decode(value, AnsiEscapes::escape);
  }

  private static int escape(byte[] value, int at, Output out) {
    int narrow = value[at] == 'x' ? Digits.hex(value, at + 1, 2) : -1;
    if (narrow >= 0) {
      out.put(narrow);
      return at + 3;
    }
    int octal = Backslashes.octal(value, at, out);
    if (octal >= 0) {
      return octal;
    }
    int known = value[at] < 0 ? -1 : LETTERS.indexOf(value[at]);
    if (known >= 0) {
      out.put(CHARACTERS.charAt(known));
    } else {
      out.put('\\').put(value[at]);
    }
    return at + 1;
  }
}
