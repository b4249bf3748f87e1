package dev.sekisho.waf.text;

/** Percent-encoding, undone once; {@code +} is a space, as in forms. */
final class UrlEscapes {

  private static final int NARROW = 3;
  private static final int WIDE = 6;

  private UrlEscapes() {}

  /**
   * Decodes.
   *
   * @param wide {@code %uHHHH} as well
   */
  static byte[] decode(byte[] value, boolean wide) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      byte each = value[i];
      int unit = wide && each == '%' && isU(value, i + 1) ? Digits.hex(value, i + 2, 4) : -1;
      int narrow = each == '%' ? Digits.hex(value, i + 1, 2) : -1;
      if (unit >= 0) {
        out.put(Digits.narrowed(unit));
        i += WIDE;
      } else if (narrow >= 0) {
        out.put(narrow);
        i += NARROW;
      } else {
        out.put(each == '+' ? ' ' : each);
        i++;
      }
    }
    return out.done();
  }

  private static boolean isU(byte[] value, int at) {
    return at < value.length && (value[at] == 'u' || value[at] == 'U');
  }
}
