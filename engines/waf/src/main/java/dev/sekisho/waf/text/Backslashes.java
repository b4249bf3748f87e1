package dev.sekisho.waf.text;

/** Text in which a backslash makes something else of what follows it. */
final class Backslashes {

  private Backslashes() {}

  /** What stands behind a backslash. */
  interface Escape {

    /**
     * Puts what it stands for.
     *
     * @param at where it begins, within the value
     * @return where it ends
     */
    int put(byte[] value, int at, Output out);
  }

  /** The value with its escapes undone; a backslash at its end stays. */
  static byte[] decode(byte[] value, Escape escape) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      if (value[i] == '\\' && i + 1 < value.length) {
        i = escape.put(value, i + 1, out);
      } else {
        out.put(value[i++]);
      }
    }
    return out.done();
  }

  /** Puts the byte that octal digits write, as many as fit; -1 when there are none. */
  static int octal(byte[] value, int at, Output out) {
    int run = Digits.run(value, at, 3, 8);
    int digits = run == 3 && value[at] > '3' ? 2 : run;
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      number = number << 3 | (value[i] - '0');
    }
    if (digits == 0) {
      return -1;
    }
    out.put(number);
    return at + digits;
  }
}
