package dev.sekisho.policy;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The condition operators, each with its comparison and whether it is the opposite of another.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
public enum ConditionOperator {
  STRING_EQUALS("StringEquals", Comparison.TEXT, false),
  STRING_NOT_EQUALS("StringNotEquals", Comparison.TEXT, true),
  STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Comparison.TEXT_IGNORING_CASE, false),
  STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Comparison.TEXT_IGNORING_CASE, true),
  STRING_LIKE("StringLike", Comparison.PATTERN, false),
  STRING_NOT_LIKE("StringNotLike", Comparison.PATTERN, true),
  NUMERIC_EQUALS("NumericEquals", Comparison.NUMBER_EQUALS, false),
  NUMERIC_NOT_EQUALS("NumericNotEquals", Comparison.NUMBER_EQUALS, true),
  NUMERIC_LESS_THAN("NumericLessThan", Comparison.NUMBER_LESS, false),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Comparison.NUMBER_AT_MOST, false),
  NUMERIC_GREATER_THAN("NumericGreaterThan", Comparison.NUMBER_GREATER, false),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Comparison.NUMBER_AT_LEAST, false),
  DATE_EQUALS("DateEquals", Comparison.DATE_EQUALS, false),
  DATE_NOT_EQUALS("DateNotEquals", Comparison.DATE_EQUALS, true),
  DATE_LESS_THAN("DateLessThan", Comparison.DATE_LESS, false),
  DATE_LESS_THAN_EQUALS("DateLessThanEquals", Comparison.DATE_AT_MOST, false),
  DATE_GREATER_THAN("DateGreaterThan", Comparison.DATE_GREATER, false),
  DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Comparison.DATE_AT_LEAST, false),
  BOOL("Bool", Comparison.BOOLEAN, false),
  BINARY_EQUALS("BinaryEquals", Comparison.BINARY, false),
  IP_ADDRESS("IpAddress", Comparison.IP, false),
  NOT_IP_ADDRESS("NotIpAddress", Comparison.IP, true),
  ARN_EQUALS("ArnEquals", Comparison.ARN, false),
  ARN_LIKE("ArnLike", Comparison.ARN, false),
  ARN_NOT_EQUALS("ArnNotEquals", Comparison.ARN, true),
  ARN_NOT_LIKE("ArnNotLike", Comparison.ARN, true),
  NULL("Null", Comparison.BOOLEAN, false);

  private static final Map<String, ConditionOperator> BY_NAME =
      Stream.of(values())
          .collect(
              Collectors.toMap(
                  operator -> operator.displayName.toLowerCase(Locale.ROOT), Function.identity()));

  private final String displayName;
  private final Comparison comparison;
  private final boolean negated;

  ConditionOperator(String displayName, Comparison comparison, boolean negated) {
    this.displayName = displayName;
    this.comparison = comparison;
    this.negated = negated;
  }

  /** The operator's name without prefix and suffix, ignoring case; null when there is none. */
  static @Nullable ConditionOperator named(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  Comparison comparison() {
    return comparison;
  }

  /** Whether it is the opposite of another. */
  public boolean negated() {
    return negated;
  }

  /** For example {@code StringLike}. */
  public String displayName() {
    return displayName;
  }
}
