package dev.sekisho.policy.check;

import dev.sekisho.policy.OperatorExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a statement that could be read, for the checks that ask what they mean together.
 *
 * @param effect {@code Allow} or {@code Deny}; null when it says neither
 */
record StatementView(
    Place place,
    @Nullable String effect,
    @Nullable Listed actions,
    @Nullable Listed resources,
    @Nullable Principals principals,
    List<ConditionView> conditions) {

  StatementView {
    conditions = List.copyOf(conditions);
  }

  boolean allows() {
    return "Allow".equals(effect);
  }

  boolean denies() {
    return "Deny".equals(effect);
  }

  /** The texts of an element. */
  record Listed(Place element, boolean negated, List<Place> values) {
    Listed {
      values = List.copyOf(values);
    }

    boolean has(String text) {
      return values.stream().anyMatch(value -> text.equals(value.text()));
    }
  }

  /**
   * Who a statement names.
   *
   * @param everyone whether the element is a bare star
   */
  record Principals(Place element, boolean negated, boolean everyone, List<PrincipalValue> values) {
    Principals {
      values = List.copyOf(values);
    }

    List<PrincipalValue> ofType(String type) {
      return values.stream().filter(value -> value.type().equals(type)).toList();
    }
  }

  /** One principal of a type. */
  record PrincipalValue(String type, Place place, String text) {}

  /**
   * One key under one operator.
   *
   * @param operator null when there is no such operator
   */
  record ConditionView(
      Place operatorPlace,
      @Nullable OperatorExpression operator,
      Place place,
      String key,
      List<Place> values) {
    ConditionView {
      values = List.copyOf(values);
    }

    String foldedKey() {
      return key.toLowerCase(Locale.ROOT);
    }

    boolean isKey(String wanted) {
      return key.equalsIgnoreCase(wanted);
    }

    boolean isNull() {
      return operator != null && operator.operator() == dev.sekisho.policy.ConditionOperator.NULL;
    }
  }

  /** Whether any condition asks for the key. */
  boolean hasCondition(String key) {
    return conditions.stream().anyMatch(condition -> condition.isKey(key));
  }

  List<Place> actionTexts() {
    return actions == null ? List.of() : actions.values();
  }

  List<PrincipalValue> principals(String type) {
    return principals == null ? List.of() : new ArrayList<>(principals.ofType(type));
  }
}
