package dev.sekisho.policy.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads JSON by RFC 8259 and goes on after errors, so that one missing comma does not hide what
 * else is wrong.
 *
 * <p>INVARIANT: every step moves forward in the text, so the time is proportional to its length.
 */
final class JsonReader {

  /** What can be read of a text. */
  record Reading(Json root, List<SyntaxError> errors) {}

  /** A place where something else should stand. */
  record SyntaxError(int offset) {}

  static final int DEEPEST = 8;
  private static final int MOST_ERRORS = 20;
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 50_000;

  private final String text;
  private final List<SyntaxError> errors = new ArrayList<>();
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  static Reading read(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    Json root = reader.value(0);
    reader.skipSpace();
    if (reader.at < text.length()) {
      reader.error(reader.at);
    }
    return new Reading(root, List.copyOf(reader.errors));
  }

  private void error(int offset) {
    SyntaxError error = new SyntaxError(Math.min(offset, text.length()));
    // One thing that is missing is often missed by more than one rule.
    if (errors.size() < MOST_ERRORS && !errors.contains(error)) {
      errors.add(error);
    }
  }

  private boolean ended() {
    return at >= text.length();
  }

  /** The next character, or one that no JSON has when there is none. */
  private char peek() {
    return ended() ? '\0' : text.charAt(at);
  }

  private void skipSpace() {
    while (!ended() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private Json value(int depth) {
    int start = at;
    return switch (peek()) {
      case '{' -> depth == DEEPEST ? tooDeep() : members(depth + 1);
      case '[' -> depth == DEEPEST ? tooDeep() : items(depth + 1);
      case '"' -> text();
      default -> {
        while (!ended() && " \t\r\n,:{}[]\"".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        yield word(start);
      }
    };
  }

  private Json word(int start) {
    String word = text.substring(start, at);
    if (word.equals("null")) {
      return new Json.Null(start, at);
    }
    if (word.equals("true") || word.equals("false") || isNumber(word)) {
      return new Json.Scalar(word, start, at);
    }
    error(start);
    return new Json.Broken(start, at);
  }

  private static boolean isNumber(String word) {
    int i = word.startsWith("-") ? 1 : 0;
    int whole = digits(word, i);
    if (word.length() > LONGEST_NUMBER || whole == i || (word.charAt(i) == '0' && whole > i + 1)) {
      return false;
    }
    i = whole;
    if (i < word.length() && word.charAt(i) == '.') {
      int fraction = digits(word, i + 1);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < word.length() && (word.charAt(i) == 'e' || word.charAt(i) == 'E')) {
      int sign = i + 1 < word.length() && "+-".indexOf(word.charAt(i + 1)) >= 0 ? 1 : 0;
      int exponent = digits(word, i + 1 + sign);
      return exponent > i + 1 + sign && exponent == word.length();
    }
    return i == word.length();
  }

  private static int digits(String word, int from) {
    int i = from;
    while (i < word.length() && word.charAt(i) >= '0' && word.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** Passes over what is nested deeper than any policy, without nesting itself. */
  private Json tooDeep() {
    int start = at;
    error(start);
    int open = 0;
    do {
      switch (peek()) {
        case '{', '[' -> open++;
        case '}', ']' -> open--;
        case '"' -> {
          text();
          continue;
        }
        default -> {}
      }
      at++;
    } while (open > 0 && !ended());
    return new Json.Broken(start, at);
  }

  private Json.Text text() {
    int start = at++;
    StringBuilder value = new StringBuilder();
    while (!ended() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        break;
      }
      if (c < ' ') {
        error(at);
      }
      if (c == '\\') {
        escape(value);
      } else {
        value.append(c);
        at++;
      }
    }
    if (peek() == '"') {
      at++;
    } else {
      error(at);
    }
    return new Json.Text(value.toString(), start, at);
  }

  private void escape(StringBuilder value) {
    int length = escapeLength(text, at);
    if (length == 6) {
      value.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
    } else if (length == 2) {
      value.append("\"\\/\b\f\n\r\t".charAt("\"\\/bfnrt".indexOf(text.charAt(at + 1))));
    } else {
      error(at);
      at++;
      return;
    }
    at += length;
  }

  /** How long the escape at the place is; 0 when it is none. */
  static int escapeLength(String text, int at) {
    if (at + 1 >= text.length()) {
      return 0;
    }
    char kind = text.charAt(at + 1);
    if (kind == 'u') {
      for (int i = at + 2; i < at + 6; i++) {
        char digit = i < text.length() ? text.charAt(i) : ' ';
        if (digit > 'f' || Character.digit(digit, 16) < 0) {
          return 0;
        }
      }
      return 6;
    }
    return "\"\\/bfnrt".indexOf(kind) >= 0 ? 2 : 0;
  }

  private Json items(int depth) {
    int start = at++;
    List<Json> values = new ArrayList<>();
    skipSpace();
    while (!ended() && peek() != ']') {
      if (peek() == '}') {
        break;
      }
      values.add(value(depth));
      if (!separated(']')) {
        break;
      }
    }
    close(']');
    return new Json.Items(values, start, at);
  }

  private Json members(int depth) {
    int start = at++;
    List<Json.Member> values = new ArrayList<>();
    Set<String> names = new HashSet<>();
    skipSpace();
    while (!ended() && peek() != '}') {
      if (peek() == ']') {
        break;
      }
      Json.Text name = name();
      if (!names.add(name.value()) || name.value().length() > LONGEST_NAME) {
        error(name.start());
      }
      skipSpace();
      if (peek() == ':') {
        at++;
        skipSpace();
      } else {
        error(at);
      }
      Json value = value(depth);
      if (name.end() > name.start()) {
        values.add(new Json.Member(name, value));
      }
      if (!separated('}')) {
        break;
      }
    }
    close('}');
    return new Json.Members(values, start, at);
  }

  /** A name; one without quotes is an error and still a name. */
  private Json.Text name() {
    if (peek() == '"') {
      return text();
    }
    int start = at;
    error(start);
    while (!ended() && " \t\r\n,:{}[]\"".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return new Json.Text(text.substring(start, at), start, at);
  }

  /** Passes over the comma to the next value; false when there can be none. */
  private boolean separated(char closing) {
    skipSpace();
    if (ended() || peek() == closing) {
      return !ended();
    }
    if (peek() == ',') {
      at++;
      skipSpace();
      if (peek() == closing) {
        error(at);
      }
      return true;
    }
    error(at);
    if (peek() == '}' || peek() == ']') {
      return false;
    }
    if (peek() == ':') {
      at++;
      skipSpace();
    }
    // A value that begins where a comma should stand is read as if it stood there.
    return true;
  }

  private void close(char closing) {
    if (peek() == closing && !ended()) {
      at++;
    } else {
      error(at);
    }
  }
}
