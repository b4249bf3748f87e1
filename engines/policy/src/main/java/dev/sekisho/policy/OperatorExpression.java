package dev.sekisho.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A condition operator as written, for example {@code ForAnyValue:StringLikeIfExists}, in its
 * parts.
 *
 * @param ifExists whether it holds when the key is missing
 */
public record OperatorExpression(
    Quantifier quantifier, ConditionOperator operator, boolean ifExists) {

  /** How the values of a key with many are taken together. */
  public enum Quantifier {
    ONE,
    FOR_ANY,
    FOR_ALL
  }

  private static final String FOR_ANY = "foranyvalue:";
  private static final String FOR_ALL = "forallvalues:";
  private static final String IF_EXISTS = "ifexists";

  /** Reads it, ignoring case; null when there is no such operator. */
  public static @Nullable OperatorExpression parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
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
    return operator == null ? null : new OperatorExpression(quantifier, operator, ifExists);
  }

  /** Null asks itself whether the key is there, so it cannot also ask only if it is. */
  public boolean isNullIfExists() {
    return operator == ConditionOperator.NULL && ifExists;
  }
}
