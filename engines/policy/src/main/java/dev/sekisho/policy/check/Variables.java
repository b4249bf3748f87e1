package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;

/** The form of policy variables, {@code ${key}} and {@code ${key, 'default'}}. */
final class Variables {

  private Variables() {}

  static boolean isIn(String text) {
    return text.contains("${");
  }

  /**
   * Whether one of a text's variables is a tag, which may hold anything. AWS's own keys are not
   * meant: that a resource be of the caller's organisation is said by such a variable.
   */
  static boolean areOfTags(String text) {
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
      int end = text.indexOf('}', at);
      if (end > 0 && GlobalConditionKeys.isTagKey(text.substring(at + 2, end))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks each variable of a text.
   *
   * @param replaced whether the document's version has variables; if not, they are plain text
   */
  static void check(Place place, String text, boolean replaced, Findings findings) {
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
      int end = text.indexOf('}', at);
      if (!replaced) {
        if (end > at && text.substring(at, end).indexOf(':') > 0) {
          findings.atPart(place, at, end + 1 - at, PolicyIssue.VARIABLE_UNSUPPORTED_IN_VERSION);
        }
      } else if (end < 0) {
        findings.atPart(place, at, text.length() - at, PolicyIssue.MISSING_BRACE_IN_VARIABLE);
        return;
      } else {
        inner(place, at, text.substring(at + 2, end), findings);
      }
    }
  }

  private static void inner(Place place, int at, String inner, Findings findings) {
    int length = inner.length() + 3;
    if (inner.isBlank()) {
      findings.atPart(place, at, length, PolicyIssue.EMPTY_VARIABLE);
      return;
    }
    if (inner.equals("*") || inner.equals("?") || inner.equals("$")) {
      return;
    }
    int comma = inner.indexOf(',');
    String key = comma < 0 ? inner : inner.substring(0, comma);
    // Tag keys may have blanks in them.
    if (key.indexOf(' ') >= 0 && key.indexOf('/') < 0) {
      findings.atPart(place, at, length, PolicyIssue.UNSUPPORTED_SPACE_IN_VARIABLE);
    }
    if (comma >= 0) {
      String otherwise = inner.substring(comma + 1).strip();
      if (otherwise.length() < 2 || !otherwise.startsWith("'") || !otherwise.endsWith("'")) {
        findings.atPart(place, at, length, PolicyIssue.MISSING_QUOTE_IN_VARIABLE);
      }
    }
  }
}
