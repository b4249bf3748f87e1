package dev.sekisho.waf.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Character references of HTML: numbers, and the names that attacks are written with. As browsers
 * do, a semicolon may be missing. Each becomes one byte: the low one of its number.
 */
final class HtmlEntities {

  private static final Map<String, Integer> NAMES =
      Map.of("quot", 0x22, "amp", 0x26, "apos", 0x27, "lt", 0x3c, "gt", 0x3e, "nbsp", 0xa0);

  private static final int LONGEST_NAME = 4;

  private HtmlEntities() {}

  static byte[] decode(byte[] value) {
    Output out = new Output(value.length);
    int i = 0;
    while (i < value.length) {
      int end = value[i] == '&' ? reference(value, i + 1, out) : 0;
      if (end == 0) {
        out.put(value[i++]);
      } else {
        i = end < value.length && value[end] == ';' ? end + 1 : end;
      }
    }
    return out.done();
  }

  /** Puts what the reference stands for, and answers where it ends; 0 when it is none. */
  private static int reference(byte[] value, int from, Output out) {
    if (from < value.length && value[from] == '#') {
      boolean hex = from + 1 < value.length && (value[from + 1] | 0x20) == 'x';
      int begin = from + (hex ? 2 : 1);
      // As many as there are: leading zeros are where somebody hides.
      int digits =
          hex
              ? Digits.hexRun(value, begin, value.length)
              : Digits.run(value, begin, value.length, 10);
      if (digits == 0) {
        return 0;
      }
      out.put(number(value, begin, begin + digits, hex ? 16 : 10));
      return begin + digits;
    }
    return name(value, from, out);
  }

  private static int number(byte[] value, int begin, int end, int base) {
    int number = 0;
    for (int i = begin; i < end; i++) {
      // Only the low byte is used, which an overflow leaves right for both bases.
      number = number * base + Digits.hex(value[i]);
    }
    return number & 0xff;
  }

  private static int name(byte[] value, int from, Output out) {
    for (int length = LONGEST_NAME; length >= 2; length--) {
      if (from + length <= value.length) {
        Integer character =
            NAMES.get(
                new String(value, from, length, StandardCharsets.ISO_8859_1)
                    .toLowerCase(Locale.ROOT));
        if (character != null) {
          out.put(character);
          return from + length;
        }
      }
    }
    return 0;
  }
}
