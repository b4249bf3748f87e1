package dev.sekisho.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A policy variable, {@code ${key}} or {@code ${key, 'default'}}, or one of the escapes {@code
 * ${*}}, {@code ${?}} and {@code ${$}}.
 *
 * @param key in lower case
 * @param character the character that an escape stands for
 */
record Variable(String key, @Nullable String otherwise, @Nullable Character character) {

  /** Where the variable that begins at the index ends, or -1 when none begins there. */
  static int end(String pattern, int from) {
    return pattern.startsWith("${", from) ? pattern.indexOf('}', from) : -1;
  }

  static Variable parse(String inner) {
    if (inner.equals("*") || inner.equals("?") || inner.equals("$")) {
      return new Variable("", null, inner.charAt(0));
    }
    int comma = inner.indexOf(',');
    if (comma < 0) {
      return new Variable(inner.strip().toLowerCase(Locale.ROOT), null, null);
    }
    String text = inner.substring(comma + 1).strip();
    String otherwise =
        text.length() >= 2 && text.startsWith("'") && text.endsWith("'")
            ? text.substring(1, text.length() - 1)
            : text;
    return new Variable(
        inner.substring(0, comma).strip().toLowerCase(Locale.ROOT), otherwise, null);
  }

  /** The value in the request, else the default; null when there is neither. */
  @Nullable String value(ContextKeys context) {
    List<String> values = context.values(key);
    // Only single-valued keys can stand in a text.
    return values == null || values.size() != 1 ? otherwise : values.getFirst();
  }
}
