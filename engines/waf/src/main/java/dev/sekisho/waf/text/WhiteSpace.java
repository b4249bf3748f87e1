package dev.sekisho.waf.text;

import java.util.Arrays;

/** Blanks of all kinds, the no-break space of Latin-1 among them. */
final class WhiteSpace {

  private static final int NO_BREAK_SPACE = 160;

  private WhiteSpace() {}

  static boolean is(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r') || (value & 0xff) == NO_BREAK_SPACE;
  }

  /** One space for each run of them. */
  static byte[] compress(byte[] value) {
    Output out = new Output(value.length);
    boolean before = false;
    for (byte each : value) {
      boolean space = is(each);
      if (!space) {
        out.put(each);
      } else if (!before) {
        out.put(' ');
      }
      before = space;
    }
    return out.done();
  }

  static byte[] remove(byte[] value) {
    Output out = new Output(value.length);
    for (byte each : value) {
      if (!is(each)) {
        out.put(each);
      }
    }
    return out.done();
  }

  static byte[] trim(byte[] value, boolean left, boolean right) {
    int begin = 0;
    int end = value.length;
    while (left && begin < end && is(value[begin])) {
      begin++;
    }
    while (right && end > begin && is(value[end - 1])) {
      end--;
    }
    return Arrays.copyOfRange(value, begin, end);
  }
}
