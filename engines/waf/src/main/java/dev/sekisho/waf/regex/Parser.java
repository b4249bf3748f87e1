package dev.sekisho.waf.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads patterns. */
final class Parser {

  private static final int DEEPEST = 100;
  private static final int MOST_TIMES = 1_000;

  private final String pattern;
  private int at;
  private int depth;
  private boolean anyCase;
  private boolean dotAll;
  private boolean manyLines;
  private boolean free;

  private Parser(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternRefused when it is none, or not a regular one
   */
  static Node parse(String pattern) throws PatternRefused {
    Parser parser = new Parser(pattern);
    Node node = parser.choice();
    if (parser.at < pattern.length()) {
      throw new PatternRefused("a closing parenthesis has no opening one");
    }
    return node;
  }

  private boolean more() {
    return at < pattern.length();
  }

  private char peek() {
    return pattern.charAt(at);
  }

  private boolean take(char wanted) {
    if (more() && peek() == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private char next() throws PatternRefused {
    if (!more()) {
      throw new PatternRefused("the pattern ends too early");
    }
    return pattern.charAt(at++);
  }

  private Node choice() throws PatternRefused {
    if (++depth > DEEPEST) {
      throw new PatternRefused("groups are nested more than " + DEEPEST + " deep");
    }
    List<Node> ways = new ArrayList<>();
    do {
      ways.add(sequence());
    } while (take('|'));
    depth--;
    return ways.size() == 1 ? ways.getFirst() : new Node.Choice(List.copyOf(ways));
  }

  private Node sequence() throws PatternRefused {
    List<Node> parts = new ArrayList<>();
    while (more() && peek() != '|' && peek() != ')') {
      Node atom = atom();
      if (atom != null) {
        parts.add(quantified(atom));
      }
    }
    return switch (parts.size()) {
      case 0 -> new Node.Empty();
      case 1 -> parts.getFirst();
      default -> new Node.Sequence(List.copyOf(parts));
    };
  }

  private Node quantified(Node atom) throws PatternRefused {
    Node whole = atom;
    while (more()) {
      int before = at;
      int[] times = times();
      if (times == null) {
        at = before;
        return whole;
      }
      if (atom instanceof Node.Place && times[1] != 1) {
        // As often as one likes, a place is the same place.
        times[1] = 1;
        times[0] = Math.min(times[0], 1);
      }
      whole = new Node.Repeat(whole, times[0], times[1]);
      // A lazy one finds the same texts.
      if (!take('?') && take('+')) {
        throw new PatternRefused("possessive quantifiers are not supported");
      }
      if (more() && "*+?".indexOf(peek()) >= 0) {
        throw new PatternRefused("a quantifier follows a quantifier");
      }
    }
    return whole;
  }

  private int @Nullable [] times() throws PatternRefused {
    char kind = next();
    return switch (kind) {
      case '*' -> new int[] {0, -1};
      case '+' -> new int[] {1, -1};
      case '?' -> new int[] {0, 1};
      case '{' -> counted();
      default -> null;
    };
  }

  /** A brace that begins no count stands for itself. */
  private int @Nullable [] counted() throws PatternRefused {
    int end = pattern.indexOf('}', at);
    String text = end < 0 ? "" : pattern.substring(at, end);
    if (!text.matches("\\d{1,6}(,\\d{0,6})?")) {
      return null;
    }
    at = end + 1;
    int comma = text.indexOf(',');
    int least = Integer.parseInt(comma < 0 ? text : text.substring(0, comma));
    int most =
        comma < 0
            ? least
            : comma == text.length() - 1 ? -1 : Integer.parseInt(text.substring(comma + 1));
    if (least > MOST_TIMES || most > MOST_TIMES || (most >= 0 && most < least)) {
      throw new PatternRefused("{" + text + "} is no number of times, or more than " + MOST_TIMES);
    }
    return new int[] {least, most};
  }

  private @Nullable Node atom() throws PatternRefused {
    char each = next();
    if (free && (Character.isWhitespace(each) || each == '#')) {
      int end = each == '#' ? pattern.indexOf('\n', at) : at;
      at = end < 0 ? pattern.length() : end;
      return null;
    }
    return switch (each) {
      case '(' -> group();
      case '[' -> one(new ByteClass(this).read());
      case '.' -> new Node.One(dotAll ? ByteSet.ALL : ByteSet.NEWLINE.not());
      case '^' -> new Node.Place(manyLines ? Assertion.LINE_BEGIN : Assertion.TEXT_BEGIN);
      case '$' -> new Node.Place(manyLines ? Assertion.LINE_END : Assertion.TEXT_END_OR_LAST_LINE);
      case '\\' -> escape();
      case '*', '+', '?' -> throw new PatternRefused("a quantifier has nothing to repeat");
      default -> character(each);
    };
  }

  private Node one(ByteSet bytes) {
    return new Node.One(anyCase ? bytes.inAnyCase() : bytes);
  }

  private Node character(char each) throws PatternRefused {
    return bytes(Character.isHighSurrogate(each) ? "" + each + next() : String.valueOf(each));
  }

  /** A character beyond ASCII is its bytes in UTF-8. */
  private Node bytes(String text) {
    List<Node> bytes = new ArrayList<>();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(one(ByteSet.range(value & 0xff, value & 0xff)));
    }
    return bytes.size() == 1 ? bytes.getFirst() : new Node.Sequence(List.copyOf(bytes));
  }

  private Node escape() throws PatternRefused {
    char kind = next();
    return switch (kind) {
      case 'A' -> new Node.Place(Assertion.TEXT_BEGIN);
      case 'z' -> new Node.Place(Assertion.TEXT_END);
      case 'Z' -> new Node.Place(Assertion.TEXT_END_OR_LAST_LINE);
      case 'b' -> new Node.Place(Assertion.WORD_EDGE);
      case 'B' -> new Node.Place(Assertion.NO_WORD_EDGE);
      case 'Q' -> quoted();
      default -> one(new ByteClass(this).escaped(kind, false));
    };
  }

  private Node quoted() {
    int end = pattern.indexOf("\\E", at);
    String text = pattern.substring(at, end < 0 ? pattern.length() : end);
    at = end < 0 ? pattern.length() : end + 2;
    return bytes(text);
  }

  private @Nullable Node group() throws PatternRefused {
    boolean caseBefore = anyCase;
    boolean dotBefore = dotAll;
    boolean linesBefore = manyLines;
    boolean freeBefore = free;
    if (take('?') && !begin()) {
      // Flags for the rest of the group around.
      return null;
    }
    Node node = choice();
    if (!take(')')) {
      throw new PatternRefused("a group is not closed");
    }
    anyCase = caseBefore;
    dotAll = dotBefore;
    manyLines = linesBefore;
    free = freeBefore;
    return node;
  }

  /** What stands behind a group's question mark; false when it was flags without a group. */
  private boolean begin() throws PatternRefused {
    char kind = next();
    if (kind == ':') {
      return true;
    }
    if (kind == 'P' || (kind == '<' && more() && peek() != '=' && peek() != '!')) {
      return named(kind);
    }
    if (kind == '#') {
      int end = pattern.indexOf(')', at);
      at = end < 0 ? pattern.length() : end + 1;
      return false;
    }
    boolean on = true;
    while (kind != ')' && kind != ':') {
      switch (kind) {
        case '-' -> on = false;
        case 'i' -> anyCase = on;
        case 's' -> dotAll = on;
        case 'm' -> manyLines = on;
        case 'x' -> free = on;
        default ->
            throw new PatternRefused(
                "(?" + kind + " is not supported: only groups and the flags i, m, s and x");
      }
      kind = next();
    }
    return kind == ':';
  }

  private boolean named(char kind) throws PatternRefused {
    if (kind == 'P' && next() != '<') {
      throw new PatternRefused("back references are not supported");
    }
    while (next() != '>') {
      // Nobody asks for what was matched.
    }
    return true;
  }

  /** The next character of the pattern, for a class. */
  char nextOfClass() throws PatternRefused {
    return next();
  }

  boolean takeOfClass(char wanted) {
    return take(wanted);
  }

  /** The text up to this one, which is skipped; null when it does not come, or not soon. */
  @Nullable String upTo(String end, int longest) {
    int found = pattern.indexOf(end, at);
    if (found < 0 || found - at > longest) {
      return null;
    }
    String text = pattern.substring(at, found).toLowerCase(Locale.ROOT);
    at = found + end.length();
    return text;
  }

  /** How many characters at most, of these. */
  String digits(String of, int most) {
    int begin = at;
    while (more() && at - begin < most && of.indexOf(Character.toLowerCase(peek())) >= 0) {
      at++;
    }
    return pattern.substring(begin, at);
  }

  boolean isAt(String text) {
    return pattern.startsWith(text, at);
  }
}
