package dev.sekisho.waf.text;

/** Escapes of JavaScript's strings. */
final class JavaScriptEscapes {

  private static final String LETTERS = "abfnrtv";
  private static final String CONTROLS = "\u0007\b\f\n\r\t\u000b";

  private JavaScriptEscapes() {}

  /**
   * Decodes.
   *
   * @param keeping whether the backslash of an unknown escape stays, and {@code \\u{…}} is known
   */
  static byte[] decode(byte[] value, boolean keeping) {
    return Backslashes.decode(value, (all, at, out) -> escape(all, at, keeping, out));
  }

  /** Puts what stands behind the backslash, and answers where that ends. */
  private static int escape(byte[] value, int at, boolean keeping, Output out) {
    byte kind = value[at];
    int unit = kind == 'u' ? Digits.hex(value, at + 1, 4) : -1;
    if (unit >= 0) {
      out.put(Digits.narrowed(unit));
      return at + 5;
    }
    int narrow = kind == 'x' ? Digits.hex(value, at + 1, 2) : -1;
    if (narrow >= 0) {
      out.put(narrow);
      return at + 3;
    }
    if (keeping && kind == 'u' && at + 1 < value.length && value[at + 1] == '{') {
      int digits = Digits.hexRun(value, at + 2, 6);
      int end = at + 2 + digits;
      if (digits > 0 && end < value.length && value[end] == '}') {
        out.put(Digits.narrowed(Digits.hex(value, at + 2, digits)));
        return end + 1;
      }
    }
    int octal = Backslashes.octal(value, at, out);
    if (octal >= 0) {
      return octal;
    }
    return simple(kind, at, keeping, out);
  }

  private static int simple(byte kind, int at, boolean keeping, Output out) {
    int known = kind < 0 ? -1 : LETTERS.indexOf(kind);
    if (known >= 0) {
      out.put(CONTROLS.charAt(known));
    } else {
      boolean escaped = kind == '\\' || kind == '\'' || kind == '"' || kind == '`' || kind == '/';
      if (keeping && !escaped) {
        out.put('\\');
      }
      out.put(kind);
    }
    return at + 1;
  }
}
