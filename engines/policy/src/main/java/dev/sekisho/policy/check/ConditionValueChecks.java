package dev.sekisho.policy.check;

import dev.sekisho.policy.ConditionOperator;
import dev.sekisho.policy.OperatorExpression;
import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.ConditionView;
import java.util.List;

/** That a condition's values can be compared by its operator, and are worth comparing. */
final class ConditionValueChecks {

  private ConditionValueChecks() {}

  static void check(ConditionView condition, OperatorExpression expression, Findings findings) {
    ConditionOperator operator = expression.operator();
    String name = condition.operatorPlace().nameText();
    switch (operator) {
      case BOOL, NULL -> booleans(condition, name, findings);
      case NUMERIC_EQUALS, NUMERIC_NOT_EQUALS -> numbers(condition, name, findings);
      case NUMERIC_LESS_THAN,
          NUMERIC_LESS_THAN_EQUALS,
          NUMERIC_GREATER_THAN,
          NUMERIC_GREATER_THAN_EQUALS -> {
        numbers(condition, name, findings);
        bounds(condition, name, operator.name().contains("LESS"), findings);
      }
      case DATE_EQUALS,
          DATE_NOT_EQUALS,
          DATE_LESS_THAN,
          DATE_LESS_THAN_EQUALS,
          DATE_GREATER_THAN,
          DATE_GREATER_THAN_EQUALS ->
          dates(condition, findings);
      case BINARY_EQUALS ->
          each(
              condition,
              text -> !PolicyGrammar.isBase64(text),
              PolicyIssue.TYPE_MISMATCH_STRING,
              findings,
              name);
      case IP_ADDRESS, NOT_IP_ADDRESS -> AddressChecks.check(condition, operator, findings);
      case STRING_EQUALS,
          STRING_NOT_EQUALS,
          STRING_EQUALS_IGNORE_CASE,
          STRING_NOT_EQUALS_IGNORE_CASE ->
          wildcards(condition, findings);
      case STRING_LIKE, STRING_NOT_LIKE -> matchesAll(condition, expression, name, findings);
      case ARN_EQUALS, ARN_LIKE, ARN_NOT_EQUALS, ARN_NOT_LIKE -> {}
    }
  }

  private interface Question {
    boolean isWrong(String text);
  }

  private static void each(
      ConditionView condition,
      Question question,
      PolicyIssue issue,
      Findings findings,
      String operator) {
    for (Place value : condition.values()) {
      String text = value.scalar();
      if (text != null && !Variables.isIn(text) && question.isWrong(text)) {
        findings.at(value, issue, "operator", operator);
      }
    }
  }

  private static void booleans(ConditionView condition, String name, Findings findings) {
    each(
        condition,
        text -> !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false"),
        PolicyIssue.TYPE_MISMATCH_BOOLEAN,
        findings,
        name);
    if (condition.values().size() > 1) {
      findings.at(condition.place(), PolicyIssue.INVALID_CONDITION_MULTIPLE_BOOLEAN);
    }
  }

  private static void numbers(ConditionView condition, String name, Findings findings) {
    each(
        condition,
        text -> !PolicyGrammar.isNumber(text),
        PolicyIssue.TYPE_MISMATCH_NUMBER,
        findings,
        name);
  }

  private static void bounds(
      ConditionView condition, String name, boolean less, Findings findings) {
    if (condition.values().size() > 1) {
      findings.at(
          condition.place(),
          PolicyIssue.REDUNDANT_CONDITION_VALUE_NUM,
          "operator",
          name,
          "which",
          less ? "greatest" : "least",
          "key",
          condition.key());
    }
  }

  private static void dates(ConditionView condition, Findings findings) {
    for (Place value : condition.values()) {
      String text = value.scalar();
      if (text == null || Variables.isIn(text)) {
        continue;
      }
      if (!PolicyGrammar.isDate(text)) {
        findings.at(value, PolicyIssue.TYPE_MISMATCH_DATE);
      } else if (text.indexOf('-', 1) < 0) {
        findings.at(value, PolicyIssue.INVALID_DATE_VALUE, "date", text);
      }
    }
  }

  private static void wildcards(ConditionView condition, Findings findings) {
    for (Place value : condition.values()) {
      String text = value.scalar();
      if (text != null && PolicyGrammar.hasWildcard(text.replace("${*}", "").replace("${?}", ""))) {
        findings.at(value, PolicyIssue.WILDCARD_WITHOUT_LIKE_OPERATOR);
      }
    }
  }

  /** A lone star matches every value, so only whether there is one is left to ask. */
  private static void matchesAll(
      ConditionView condition, OperatorExpression expression, String name, Findings findings) {
    List<Place> values = condition.values();
    boolean all = values.stream().anyMatch(value -> "*".equals(value.text()));
    if (!all) {
      return;
    }
    boolean negated = expression.operator().negated();
    PolicyIssue issue =
        switch (expression.quantifier()) {
          case ONE -> {
            if (negated) {
              yield PolicyIssue.EQUIVALENT_TO_NULL_TRUE;
            }
            yield expression.ifExists()
                ? PolicyIssue.REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION
                : PolicyIssue.EQUIVALENT_TO_NULL_FALSE;
          }
          case FOR_ALL ->
              negated
                  ? PolicyIssue.EQUIVALENT_TO_NULL_TRUE
                  : PolicyIssue.REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION;
          case FOR_ANY -> {
            if (negated) {
              yield expression.ifExists()
                  ? PolicyIssue.EQUIVALENT_TO_NULL_TRUE
                  : PolicyIssue.REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION;
            }
            yield expression.ifExists()
                ? PolicyIssue.REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION
                : PolicyIssue.EQUIVALENT_TO_NULL_FALSE;
          }
        };
    findings.atKey(
        condition.place(),
        issue,
        "key",
        condition.key(),
        "operator",
        name,
        "recommendedKey",
        condition.key());
  }
}
