package dev.sekisho.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern with {@code *} (any run of characters), {@code ?} (exactly one) and, where the document
 * has them, variables.
 *
 * <p>Matching keeps one place to go back to, so its cost is at most the product of both lengths
 * whatever the pattern. A variable's value is literal: a star in it is a star.
 */
final class Glob {

  private static final int ANY = -1;
  private static final int ONE = -2;

  /** Characters as themselves, wildcards as negative numbers; null when a variable is in it. */
  private final int @Nullable [] codes;

  private final List<Part> parts;
  private final @Nullable String literal;

  /** A stretch of fixed codes, or a variable. */
  private sealed interface Part {
    record Fixed(int[] codes) implements Part {}

    record Replaced(Variable variable) implements Part {}
  }

  private Glob(List<Part> parts) {
    this.parts = parts;
    this.codes =
        parts.stream().allMatch(Part.Fixed.class::isInstance) ? join(parts, name -> null) : null;
    this.literal = codes == null ? null : literal(codes);
  }

  /**
   * Reads a pattern.
   *
   * @param wildcards whether {@code *} and {@code ?} mean anything
   * @param variables whether {@code ${…}} is replaced
   */
  static Glob of(String pattern, boolean wildcards, boolean variables) {
    List<Part> parts = new ArrayList<>();
    int[] fixed = new int[pattern.length()];
    int length = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int end = variables && c == '$' ? Variable.end(pattern, i) : -1;
      if (end > 0) {
        Variable variable = Variable.parse(pattern.substring(i + 2, end));
        if (variable.character() != null) {
          fixed[length++] = variable.character();
        } else {
          parts.add(new Part.Fixed(java.util.Arrays.copyOf(fixed, length)));
          length = 0;
          parts.add(new Part.Replaced(variable));
        }
        i = end;
      } else {
        fixed[length++] = wildcards && c == '*' ? ANY : wildcards && c == '?' ? ONE : c;
      }
    }
    parts.add(new Part.Fixed(java.util.Arrays.copyOf(fixed, length)));
    return new Glob(parts);
  }

  /** Whether the pattern is nothing but stars. */
  boolean matchesEverything() {
    if (codes == null || codes.length == 0) {
      return false;
    }
    for (int code : codes) {
      if (code != ANY) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text matches; false when a variable has no value. */
  boolean matches(String text, ContextKeys context) {
    return matches(text, 0, text.length(), context);
  }

  /** Whether the text between the two indexes matches; false when a variable has no value. */
  boolean matches(String text, int from, int to, ContextKeys context) {
    if (literal != null) {
      return literal.length() == to - from && text.startsWith(literal, from);
    }
    int[] pattern = codes != null ? codes : join(parts, name -> name.value(context));
    return pattern != null && matches(pattern, text, from, to);
  }

  private static boolean matches(int[] pattern, String text, int from, int to) {
    int p = 0;
    int t = from;
    int star = -1;
    int resume = from;
    while (t < to) {
      if (p < pattern.length && pattern[p] == ANY) {
        star = p++;
        resume = t;
      } else if (p < pattern.length && (pattern[p] == ONE || pattern[p] == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == ANY) {
      p++;
    }
    return p == pattern.length;
  }

  private static @Nullable String literal(int[] codes) {
    StringBuilder text = new StringBuilder(codes.length);
    for (int code : codes) {
      if (code < 0) {
        return null;
      }
      text.append((char) code);
    }
    return text.toString();
  }

  private interface Values {
    @Nullable String of(Variable variable);
  }

  private static int @Nullable [] join(List<Part> parts, Values values) {
    List<int[]> stretches = new ArrayList<>(parts.size());
    int length = 0;
    for (Part part : parts) {
      int[] stretch =
          switch (part) {
            case Part.Fixed fixed -> fixed.codes();
            case Part.Replaced replaced -> {
              String value = values.of(replaced.variable());
              yield value == null ? null : value.chars().toArray();
            }
          };
      if (stretch == null) {
        return null;
      }
      stretches.add(stretch);
      length += stretch.length;
    }
    int[] joined = new int[length];
    int at = 0;
    for (int[] stretch : stretches) {
      System.arraycopy(stretch, 0, joined, at, stretch.length);
      at += stretch.length;
    }
    return joined;
  }
}
