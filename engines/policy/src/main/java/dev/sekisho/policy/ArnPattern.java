package dev.sekisho.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for ARNs: its six fields are matched one by one, so that a star before the fifth colon
 * never crosses a colon.
 *
 * <p>A pattern with fewer fields that ends with a star goes on with stars, as {@code arn:aws:s3*}
 * does.
 */
final class ArnPattern {

  private static final int FIELDS = 6;

  private final boolean everything;
  private final List<Glob> fields;

  private ArnPattern(boolean everything, List<Glob> fields) {
    this.everything = everything;
    this.fields = fields;
  }

  static ArnPattern of(String pattern, boolean variables) {
    Glob whole = Glob.of(pattern, true, variables);
    if (whole.matchesEverything()) {
      return new ArnPattern(true, List.of());
    }
    List<String> texts = new ArrayList<>(split(pattern));
    if (texts.size() < FIELDS && pattern.endsWith("*")) {
      while (texts.size() < FIELDS) {
        texts.add("*");
      }
    }
    return new ArnPattern(
        false, texts.stream().map(text -> Glob.of(text, true, variables)).toList());
  }

  /** Whether the pattern is {@code *}. */
  boolean matchesEverything() {
    return everything;
  }

  /** Whether the text is an ARN that matches. */
  boolean matches(String arn, ContextKeys context) {
    if (everything) {
      return true;
    }
    int last = fields.size() - 1;
    int start = 0;
    for (int i = 0; i <= last; i++) {
      int colon = i < FIELDS - 1 ? arn.indexOf(':', start) : -1;
      boolean end = colon < 0;
      // Both must run out of fields together.
      if (end != (i == last)
          || !fields.get(i).matches(arn, start, end ? arn.length() : colon, context)) {
        return false;
      }
      start = colon + 1;
    }
    return true;
  }

  private static List<String> split(String text) {
    List<String> fields = new ArrayList<>(FIELDS);
    int start = 0;
    while (fields.size() < FIELDS - 1) {
      int colon = text.indexOf(':', start);
      if (colon < 0) {
        break;
      }
      fields.add(text.substring(start, colon));
      start = colon + 1;
    }
    fields.add(text.substring(start));
    return fields;
  }
}
