package dev.sekisho.policy.check;

import dev.sekisho.policy.ConditionOperator;
import dev.sekisho.policy.OperatorExpression;
import dev.sekisho.policy.OperatorExpression.Quantifier;
import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.ConditionView;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A statement's condition: its operators, the form of its keys, and that there are values. */
final class ConditionChecks {

  private ConditionChecks() {}

  static void check(StatementView statement, boolean variables, Findings findings) {
    Place element = statement.place().member("Condition");
    if (element == null || !(element.value() instanceof Json.Members)) {
      return;
    }
    if (element.members().isEmpty()) {
      findings.at(element, PolicyIssue.EMPTY_OBJECT_CONDITION);
    }
    element.members().forEach(operator -> operator(operator, findings));
    for (ConditionView condition : statement.conditions()) {
      key(condition, findings);
      if (condition.operator() != null) {
        values(condition, condition.operator(), variables, findings);
      }
    }
  }

  private static void operator(Place operator, Findings findings) {
    if (operator.value() instanceof Json.Members object && object.values().isEmpty()) {
      findings.at(operator, PolicyIssue.EMPTY_OBJECT_CONDITION);
      return;
    }
    OperatorExpression expression = OperatorExpression.parse(operator.nameText());
    if (expression == null) {
      findings.atKey(
          operator, PolicyIssue.INVALID_CONDITION_OPERATOR, "operator", operator.nameText());
    } else if (expression.isNullIfExists()) {
      findings.atKey(operator, PolicyIssue.NULL_WITH_IF_EXISTS);
    } else if (expression.operator() == ConditionOperator.NULL
        && expression.quantifier() != Quantifier.ONE) {
      findings.atKey(operator, PolicyIssue.NULL_WITH_QUALIFIER);
    }
    Map<String, Place> first = new HashMap<>();
    for (Place key : operator.members()) {
      Place other = first.putIfAbsent(key.nameText().toLowerCase(Locale.ROOT), key);
      if (other != null && !other.nameText().equals(key.nameText())) {
        findings.add(
            PolicyIssue.DUPLICATE_KEYS_WITH_DIFFERENT_CASE,
            List.of(findings.source().key(other), findings.source().key(key)),
            "key",
            key.nameText());
      }
    }
  }

  private static void key(ConditionView condition, Findings findings) {
    String key = condition.key();
    if (Variables.isIn(key)) {
      findings.atKey(
          condition.place(), PolicyIssue.VARIABLE_UNSUPPORTED_IN_ELEMENT, "variable", key);
    }
    if (!PolicyGrammar.isConditionKey(key)) {
      findings.atKey(condition.place(), PolicyIssue.INVALID_CONDITION_KEY_FORMAT);
    } else if (GlobalConditionKeys.isGlobal(key)) {
      global(condition, key, findings);
    }
  }

  private static void global(ConditionView condition, String key, Findings findings) {
    if (key.equalsIgnoreCase("aws:ARN")) {
      findings.atKey(condition.place(), PolicyIssue.DEPRECATED_GLOBAL_CONDITION_KEY);
    } else if (GlobalConditionKeys.isTagKey(key)) {
      int slash = key.indexOf('/');
      if (slash < 0 || slash == key.length() - 1) {
        findings.atKey(
            condition.place(),
            PolicyIssue.MISSING_TAG_KEY_IN_CONDITION,
            "conditionKeyName",
            slash < 0 ? key + "/" : key);
      }
    } else if (GlobalConditionKeys.named(key) == null) {
      findings.atKey(condition.place(), PolicyIssue.INVALID_GLOBAL_CONDITION_KEY, "key", key);
    }
  }

  private static void values(
      ConditionView condition, OperatorExpression operator, boolean variables, Findings findings) {
    if (condition.place().isEmptyList()) {
      findings.at(condition.place(), emptyIssue(operator), "key", condition.key());
      return;
    }
    boolean texts = condition.values().stream().anyMatch(value -> value.text() != null);
    boolean others = condition.values().stream().anyMatch(value -> value.text() == null);
    if (texts && others) {
      findings.at(condition.place(), PolicyIssue.INVALID_CONDITION_DATA_TYPE);
    }
    boolean takesVariables = takesVariables(operator.operator());
    for (Place value : condition.values()) {
      String text = value.text();
      if (text != null && Variables.isIn(text)) {
        if (takesVariables) {
          Variables.check(value, text, variables, findings);
        } else if (operator.operator() != ConditionOperator.BOOL) {
          // The reference says both of Bool: that it takes variables and that it does not.
          findings.at(value, PolicyIssue.INVALID_VARIABLE_FOR_OPERATOR);
        }
      }
    }
    ConditionValueChecks.check(condition, operator, findings);
    ConditionKeyChecks.check(condition, operator, findings);
  }

  private static boolean takesVariables(ConditionOperator operator) {
    return operator.name().startsWith("STRING") || operator.name().startsWith("ARN");
  }

  private static PolicyIssue emptyIssue(OperatorExpression operator) {
    if (operator.ifExists()) {
      return PolicyIssue.EMPTY_ARRAY_CONDITION_IFEXISTS;
    }
    return switch (operator.quantifier()) {
      case ONE -> PolicyIssue.EMPTY_ARRAY_CONDITION;
      case FOR_ANY -> PolicyIssue.EMPTY_ARRAY_CONDITION_FORANYVALUE;
      case FOR_ALL -> PolicyIssue.EMPTY_ARRAY_CONDITION_FORALLVALUES;
    };
  }
}
