package dev.sekisho.policy;

import dev.sekisho.policy.OperatorExpression.Quantifier;
import dev.sekisho.policy.Statement.Condition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One operator applied to one key, ready to be asked. */
final class CompiledCondition {

  private final ConditionOperator operator;
  private final Quantifier quantifier;
  private final boolean ifExists;
  private final String key;
  private final List<Comparison.Test> tests;

  private CompiledCondition(
      ConditionOperator operator,
      Quantifier quantifier,
      boolean ifExists,
      String key,
      List<Comparison.Test> tests) {
    this.operator = operator;
    this.quantifier = quantifier;
    this.ifExists = ifExists;
    this.key = key;
    this.tests = tests;
  }

  /** Compiles the condition, or null when there is no such operator. */
  static @Nullable CompiledCondition of(Condition condition, boolean variables) {
    OperatorExpression expression = OperatorExpression.parse(condition.operator());
    if (expression == null || expression.isNullIfExists()) {
      return null;
    }
    ConditionOperator operator = expression.operator();
    return new CompiledCondition(
        operator,
        expression.quantifier(),
        expression.ifExists(),
        condition.key().toLowerCase(Locale.ROOT),
        condition.values().stream()
            .map(value -> operator.comparison().compile(value, variables))
            .toList());
  }

  String key() {
    return key;
  }

  boolean holds(ContextKeys context) {
    List<String> given = context.values(key);
    if (operator == ConditionOperator.NULL) {
      String absent = given == null ? "true" : "false";
      return tests.stream().anyMatch(test -> test.passes(absent, context));
    }
    if (given == null) {
      return ifExists
          || quantifier == Quantifier.FOR_ALL
          || (quantifier == Quantifier.ONE && operator.negated());
    }
    return switch (quantifier) {
      case ONE -> given.size() == 1 && passes(given.getFirst(), context);
      case FOR_ANY -> given.stream().anyMatch(value -> passes(value, context));
      case FOR_ALL -> given.stream().allMatch(value -> passes(value, context));
    };
  }

  /** A negated operator wants a value that matches none of the policy's. */
  private boolean passes(String value, ContextKeys context) {
    for (Comparison.Test test : tests) {
      if (test.passes(value, context)) {
        return !operator.negated();
      }
    }
    return operator.negated();
  }
}
