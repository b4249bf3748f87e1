package dev.sekisho.ec2;

import dev.sekisho.contract.ec2.Filter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a Describe call: all must hold, each by any of its values; {@code *} and {@code ?}
 * are wildcards.
 */
final class Filters {

  private Filters() {}

  /**
   * Whether the item passes.
   *
   * @param attribute the item's value under a filter's name, or null for a name there is no filter
   *     by
   * @throws dev.sekisho.core.ServiceException InvalidParameterValue for such a name
   */
  static boolean pass(
      @Nullable List<Filter> filters, Function<String, @Nullable String> attribute) {
    if (filters == null) {
      return true;
    }
    boolean pass = true;
    for (Filter filter : filters) {
      String name = String.valueOf(filter.name());
      String value = attribute.apply(name);
      if (value == null) {
        throw Ec2Errors.invalidParameterValue("The filter '" + name + "' is invalid");
      }
      List<String> wanted = filter.values() == null ? List.of() : filter.values();
      pass &= wanted.stream().anyMatch(pattern -> matches(pattern, value));
    }
    return pass;
  }

  /** Without backtracking: on a mismatch only the last star gives way. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
