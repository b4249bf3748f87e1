package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.policy.Statement.Condition;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  /**
   * Values of the policy and of the request are separated by a bar; NONE means the key is absent.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "StringEquals; a; a; true",
        "StringEquals; a; A; false",
        "StringEquals; a|b; b; true",
        "StringEquals; a; NONE; false",
        "StringEquals; a; a|b; false",
        "StringNotEquals; a; b; true",
        "StringNotEquals; a|b; b; false",
        "StringNotEquals; a; NONE; true",
        "StringNotEqualsIfExists; a; NONE; true",
        "StringEqualsIfExists; a; NONE; true",
        "StringEqualsIfExists; a; b; false",
        "StringEqualsIgnoreCase; AbC; aBc; true",
        "StringLike; a*c; abbc; true",
        "StringLike; a?c; ac; false",
        "StringNotLike; a*; b; true",
        "NumericEquals; 10; 10.0; true",
        "NumericLessThan; 10; 9.99; true",
        "NumericLessThan; 10; abc; false",
        "NumericLessThanEquals; 10; 10; true",
        "NumericGreaterThan; 10; 12abc; false",
        "NumericGreaterThanEquals; 10; 1e1; true",
        "NumericNotEquals; 10; 11; true",
        "DateLessThan; 2026-01-02T00:00:00Z; 2026-01-01T23:59:59Z; true",
        "DateLessThan; 1767312000; 2026-01-01T23:59:59Z; true",
        "DateGreaterThan; 2026-01-01; 2026-01-01T00:00:01Z; true",
        "DateEquals; 2026-01-01T00:00:00Z; 2026-01-01T09:00:00+09:00; true",
        "DateLessThan; soon; 2026-01-01T00:00:00Z; false",
        "Bool; true; TRUE; true",
        "Bool; true; NONE; false",
        "BoolIfExists; true; NONE; true",
        "BinaryEquals; aGk=; aGk=; true",
        "IpAddress; 203.0.113.0/24; 203.0.113.77; true",
        "IpAddress; 203.0.113.0/24; 203.0.114.1; false",
        "IpAddress; 203.0.113.9; 203.0.113.9; true",
        "IpAddress; 0.0.0.0/0; 2001:db8::1; false",
        "IpAddress; 2001:db8::/33; 2001:db8:7fff::1; true",
        "IpAddress; 2001:db8::/33; 2001:db8:8000::1; false",
        "IpAddress; 2001:db8::1; 2001:0db8:0:0:0:0:0:1; true",
        "NotIpAddress; 203.0.113.0/24; 198.51.100.1; true",
        "NotIpAddress; 203.0.113.0/24; NONE; true",
        "ArnLike; arn:aws:s3:::b*/x; arn:aws:s3:::bucket/x; true",
        "ArnLike; arn:aws:*:x; arn:aws:s3:eu:1:x; false",
        "ArnEquals; arn:aws:iam::*:role/r; arn:aws:iam::123456789012:role/r; true",
        "ArnNotLike; arn:aws:iam::*:role/r; arn:aws:iam::1:user/u; true",
        "Null; true; NONE; true",
        "Null; true; x; false",
        "Null; false; x; true",
        "ForAnyValue:StringEquals; a|b; x|b; true",
        "ForAnyValue:StringEquals; a|b; x|y; false",
        "ForAnyValue:StringEquals; a; NONE; false",
        "ForAllValues:StringEquals; a|b; a|b; true",
        "ForAllValues:StringEquals; a|b; a|c; false",
        "ForAllValues:StringEquals; a; NONE; true",
        "ForAllValues:StringNotEquals; a; b|c; true",
        "ForAnyValue:StringNotEquals; a; a|b; true",
        "ForAnyValue:StringLikeIfExists; a*; NONE; true"
      })
  void comparesAsTheOperatorSays(String operator, String wanted, String given, boolean expected) {
    CompiledCondition condition =
        CompiledCondition.of(
            new Condition(operator, "aws:Key", List.of(wanted.split("\\|"))), true);
    List<String> values = given.equals("NONE") ? null : List.of(given.split("\\|"));

    boolean holds =
        Objects.requireNonNull(condition).holds(key -> key.equals("aws:key") ? values : null);

    assertThat(holds).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"StringSame", "NullIfExists", "ForSomeValue:StringEquals", "IfExists"})
  void unknownOperatorsAreNotCompiled(String operator) {
    assertThat(CompiledCondition.of(new Condition(operator, "aws:Key", List.of("a")), true))
        .isNull();
  }
}
