package dev.sekisho.policy.check;

import java.util.Locale;

/** Whether one pattern matches all that another matches. */
final class Patterns {

  private Patterns() {}

  /**
   * True only when it surely does; a pattern that does so in a way this does not see gives false.
   *
   * <p>INVARIANT: at most the product of both lengths in steps, without recursion.
   */
  static boolean covers(String general, String specific, boolean ignoringCase) {
    String wide = ignoringCase ? general.toLowerCase(Locale.ROOT) : general;
    String narrow = ignoringCase ? specific.toLowerCase(Locale.ROOT) : specific;
    int i = 0;
    int j = 0;
    int star = -1;
    int resumed = 0;
    while (j < narrow.length()) {
      if (i < wide.length() && wide.charAt(i) == '*') {
        star = i++;
        resumed = j;
      } else if (i < wide.length() && matches(wide.charAt(i), narrow.charAt(j))) {
        i++;
        j++;
      } else if (star >= 0) {
        i = star + 1;
        j = ++resumed;
      } else {
        return false;
      }
    }
    while (i < wide.length() && wide.charAt(i) == '*') {
      i++;
    }
    return i == wide.length();
  }

  /** A star of the narrow pattern is only covered by a star. */
  private static boolean matches(char wide, char narrow) {
    return wide == '?' ? narrow != '*' : wide == narrow;
  }
}
