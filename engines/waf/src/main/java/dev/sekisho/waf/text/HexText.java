package dev.sekisho.waf.text;

/** Bytes written in hexadecimal digits. */
final class HexText {

  private HexText() {}

  /** The bytes, when the value is nothing but their digits. */
  static byte[] decode(byte[] value) {
    int digits = Digits.hexRun(value, 0, value.length);
    if (digits != value.length || digits % 2 != 0) {
      return value;
    }
    Output out = new Output(digits / 2);
    put(value, 0, digits, out);
    return out.done();
  }

  private static void put(byte[] value, int from, int digits, Output out) {
    for (int i = from; i + 1 < from + digits; i += 2) {
      out.put(Digits.hex(value, i, 2));
    }
  }

  /** SQL's hexadecimal literals within the value, each replaced by its bytes. */
  static byte[] decodeSql(byte[] value) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      int digits = literal(value, i);
      if (digits == 0) {
        out.put(value[i++]);
      } else {
        put(value, i + 2, digits, out);
        i += 2 + digits;
      }
    }
    return out.done();
  }

  /** How many digits of a literal there are, in pairs; none when it does not begin here. */
  private static int literal(byte[] value, int at) {
    if (value[at] != '0' || at + 1 >= value.length || (value[at + 1] | 0x20) != 'x') {
      return 0;
    }
    return Digits.hexRun(value, at + 2, value.length) & ~1;
  }
}
