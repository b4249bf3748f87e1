package dev.sekisho.policy;

import dev.sekisho.policy.Statement.Condition;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One operator applied to one key, ready to be asked. */
final class CompiledCondition {

  /** How the values of a key with many are taken together. */
  private enum Quantifier {
    ONE,
    FOR_ANY,
    FOR_ALL
  }

  private static final String FOR_ANY = "foranyvalue:";
  private static final String FOR_ALL = "forallvalues:";
  private static final String IF_EXISTS = "ifexists";

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
    String name = condition.operator().toLowerCase(Locale.ROOT);
    Quantifier quantifier =
        name.startsWith(FOR_ANY)
            ? Quantifier.FOR_ANY
            : name.startsWith(FOR_ALL) ? Quantifier.FOR_ALL : Quantifier.ONE;
    if (quantifier != Quantifier.ONE) {
      name = name.substring(name.indexOf(':') + 1);
    }
    boolean ifExists = name.endsWith(IF_EXISTS);
    if (ifExists) {
      name = name.substring(0, name.length() - IF_EXISTS.length());
    }
    ConditionOperator operator = ConditionOperator.named(name);
    if (operator == null || (operator == ConditionOperator.NULL && ifExists)) {
      return null;
    }
    return new CompiledCondition(
        operator,
        quantifier,
        ifExists,
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
