package dev.sekisho.waf.regex;

import org.jspecify.annotations.Nullable;

/** Reads classes of bytes: in brackets, and behind a backslash. */
final class ByteClass {

  private static final String HEX = "0123456789abcdef";
  private static final String CONTROLS = "tnrfae";
  private static final String CONTROL_BYTES = "\t\n\r\f\u0007\u001b";
  private static final int LONGEST_NAME = 8;

  private final Parser parser;

  ByteClass(Parser parser) {
    this.parser = parser;
  }

  /** A class, from behind its opening bracket to behind its closing one. */
  ByteSet read() throws PatternRefused {
    boolean negated = parser.takeOfClass('^');
    ByteSet all = ByteSet.NONE;
    boolean first = true;
    while (first || !parser.takeOfClass(']')) {
      char each = parser.nextOfClass();
      first = false;
      if (each == '[' && parser.takeOfClass(':')) {
        all = all.or(posix());
        continue;
      }
      ByteSet one = each == '\\' ? escaped(parser.nextOfClass(), true) : literal(each);
      int begin = single(one);
      if (begin >= 0 && parser.isAt("-") && !parser.isAt("-]")) {
        parser.takeOfClass('-');
        char last = parser.nextOfClass();
        int end = single(last == '\\' ? escaped(parser.nextOfClass(), true) : literal(last));
        if (end < begin) {
          throw new PatternRefused("a range in a class is out of order");
        }
        one = ByteSet.range(begin, end);
      }
      all = all.or(one);
    }
    return negated ? all.not() : all;
  }

  private static ByteSet literal(char each) throws PatternRefused {
    if (each > 0x7f) {
      throw new PatternRefused("a class has characters beyond ASCII, which are more than a byte");
    }
    return ByteSet.range(each, each);
  }

  /** The only byte of it, or -1. */
  private static int single(ByteSet bytes) {
    int count =
        Long.bitCount(bytes.a())
            + Long.bitCount(bytes.b())
            + Long.bitCount(bytes.c())
            + Long.bitCount(bytes.d());
    if (count != 1) {
      return -1;
    }
    int byteOf = 0;
    while (!bytes.has(byteOf)) {
      byteOf++;
    }
    return byteOf;
  }

  private ByteSet posix() throws PatternRefused {
    boolean negated = parser.takeOfClass('^');
    String name = parser.upTo(":]", LONGEST_NAME);
    ByteSet named = name == null ? null : named(name);
    if (named == null) {
      throw new PatternRefused("a class names a class that is not known");
    }
    return negated ? named.not() : named;
  }

  private static @Nullable ByteSet named(String name) {
    return switch (name) {
      case "alnum" -> ByteSet.where(each -> ByteSet.isWord(each) && each != '_');
      case "alpha" ->
          ByteSet.where(each -> ByteSet.isWord(each) && each != '_' && !ByteSet.DIGIT.has(each));
      case "ascii" -> ByteSet.range(0, 0x7f);
      case "blank" -> ByteSet.where(each -> each == ' ' || each == '\t');
      case "cntrl" -> ByteSet.where(each -> each < ' ' || each == 0x7f);
      case "digit" -> ByteSet.DIGIT;
      case "graph" -> ByteSet.range('!', '~');
      case "lower" -> ByteSet.range('a', 'z');
      case "print" -> ByteSet.range(' ', '~');
      case "punct" ->
          ByteSet.where(
              each -> each >= '!' && each <= '~' && (!ByteSet.isWord(each) || each == '_'));
      case "space" -> ByteSet.SPACE;
      case "upper" -> ByteSet.range('A', 'Z');
      case "word" -> ByteSet.WORD;
      case "xdigit" -> ByteSet.where(each -> HEX.indexOf(Character.toLowerCase(each)) >= 0);
      default -> null;
    };
  }

  /** What a backslash and this stand for. */
  ByteSet escaped(char kind, boolean inClass) throws PatternRefused {
    int control = CONTROLS.indexOf(kind);
    if (control >= 0) {
      int value = CONTROL_BYTES.charAt(control);
      return ByteSet.range(value, value);
    }
    return switch (kind) {
      case 'd' -> ByteSet.DIGIT;
      case 'D' -> ByteSet.DIGIT.not();
      case 'w' -> ByteSet.WORD;
      case 'W' -> ByteSet.WORD.not();
      case 's' -> ByteSet.SPACE;
      case 'S' -> ByteSet.SPACE.not();
      case 'h' -> ByteSet.where(each -> each == ' ' || each == '\t');
      case 'H' -> ByteSet.where(each -> each != ' ' && each != '\t');
      case 'v' -> ByteSet.range('\n', '\r');
      case 'V' -> ByteSet.range('\n', '\r').not();
      case 'N' -> ByteSet.NEWLINE.not();
      case 'x' -> hex();
      case '0' -> octal();
      case 'b' -> {
        if (!inClass) {
          throw new PatternRefused("\\b is no byte");
        }
        yield ByteSet.range('\b', '\b');
      }
      default -> self(kind);
    };
  }

  private static ByteSet self(char kind) throws PatternRefused {
    if (ByteSet.WORD.has(Math.min(kind, 0x7f)) && kind != '_') {
      throw new PatternRefused("\\" + kind + " is not supported");
    }
    return literal(kind);
  }

  private ByteSet hex() throws PatternRefused {
    String digits;
    if (parser.takeOfClass('{')) {
      digits = parser.digits(HEX, LONGEST_NAME);
      if (!parser.takeOfClass('}') || digits.isEmpty()) {
        throw new PatternRefused("\\x{ is not closed");
      }
    } else {
      digits = parser.digits(HEX, 2);
    }
    long value = digits.isEmpty() ? 0 : Long.parseLong(digits, 16);
    if (value > 0xff) {
      throw new PatternRefused("\\x{" + digits + "} is more than a byte");
    }
    return ByteSet.range((int) value, (int) value);
  }

  private ByteSet octal() {
    String digits = parser.digits("01234567", 2);
    int value = digits.isEmpty() ? 0 : Integer.parseInt(digits, 8);
    return ByteSet.range(value, value);
  }
}
