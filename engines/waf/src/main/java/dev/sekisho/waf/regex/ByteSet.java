package dev.sekisho.waf.regex;

import java.util.function.IntPredicate;

/**
 * A set of the 256 bytes. Immutable.
 *
 * @param a the bytes 0 to 63, one bit each, and so on
 */
record ByteSet(long a, long b, long c, long d) {

  static final ByteSet NONE = new ByteSet(0, 0, 0, 0);
  static final ByteSet ALL = new ByteSet(-1, -1, -1, -1);
  static final ByteSet DIGIT = where(each -> each >= '0' && each <= '9');
  static final ByteSet WORD = where(ByteSet::isWord);
  static final ByteSet SPACE = where(each -> each == ' ' || (each >= '\t' && each <= '\r'));
  static final ByteSet NEWLINE = where(each -> each == '\n');

  static boolean isWord(int each) {
    return (each >= '0' && each <= '9')
        || (each >= 'A' && each <= 'Z')
        || (each >= 'a' && each <= 'z')
        || each == '_';
  }

  static ByteSet where(IntPredicate has) {
    long[] bits = new long[4];
    for (int i = 0; i < 256; i++) {
      if (has.test(i)) {
        bits[i >>> 6] |= 1L << i;
      }
    }
    return new ByteSet(bits[0], bits[1], bits[2], bits[3]);
  }

  static ByteSet range(int first, int last) {
    return where(each -> each >= first && each <= last);
  }

  boolean has(int each) {
    long bits =
        switch (each >>> 6) {
          case 0 -> a;
          case 1 -> b;
          case 2 -> c;
          default -> d;
        };
    return (bits >>> each & 1) != 0;
  }

  ByteSet or(ByteSet other) {
    return new ByteSet(a | other.a, b | other.b, c | other.c, d | other.d);
  }

  ByteSet not() {
    return new ByteSet(~a, ~b, ~c, ~d);
  }

  /** With each ASCII letter in both cases. */
  ByteSet inAnyCase() {
    return where(each -> has(each) || has(otherCase(each)));
  }

  private static int otherCase(int each) {
    int lower = each | 0x20;
    return lower >= 'a' && lower <= 'z' ? each ^ 0x20 : each;
  }
}
