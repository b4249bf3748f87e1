package dev.sekisho.waf.text;

/** Digits in bytes. */
final class Digits {

  /** Full-width forms of ASCII's printable characters. */
  private static final int FULL_WIDTH_FIRST = 0xff01;

  private static final int FULL_WIDTH_LAST = 0xff5e;
  private static final int FULL_WIDTH_OFFSET = 0xfee0;

  private Digits() {}

  /** What a hexadecimal digit stands for, or -1 when it is none. */
  static int hex(byte digit) {
    if (digit >= '0' && digit <= '9') {
      return digit - '0';
    }
    int lower = digit | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** The number that so many hexadecimal digits write, or -1 when they are not all there. */
  static int hex(byte[] value, int from, int digits) {
    if (from + digits > value.length) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = hex(value[i]);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  /** How many hexadecimal digits follow one another from there, at most so many. */
  static int hexRun(byte[] value, int from, int most) {
    int end = from;
    while (end < value.length && end - from < most && hex(value[end]) >= 0) {
      end++;
    }
    return end - from;
  }

  /** How many digits below the base follow one another from there, at most so many. */
  static int run(byte[] value, int from, int most, int base) {
    int end = from;
    while (end < value.length
        && end - from < most
        && value[end] >= '0'
        && value[end] < '0' + base) {
      end++;
    }
    return end - from;
  }

  /** The one byte that a code unit becomes: what a full-width form shows, or the low byte. */
  static int narrowed(int unit) {
    return unit >= FULL_WIDTH_FIRST && unit <= FULL_WIDTH_LAST
        ? unit - FULL_WIDTH_OFFSET
        : unit & 0xff;
  }
}
