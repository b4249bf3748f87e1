package dev.sekisho.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a policy as written.
 *
 * @param principal what {@code Principal} or {@code NotPrincipal} holds, if either is there
 * @param actions what {@code Action} or {@code NotAction} holds; null when neither is there
 * @param resources what {@code Resource} or {@code NotResource} holds; null when neither is there
 * @param line where the statement begins, from 1
 * @param column where the statement begins, from 1
 * @param endLine the line of its closing brace, from 1
 * @param endColumn the column of its closing brace, from 1
 */
public record Statement(
    @Nullable String sid,
    @Nullable Effect effect,
    @Nullable Selection<PrincipalElement> principal,
    @Nullable Selection<String> actions,
    @Nullable Selection<String> resources,
    List<Condition> conditions,
    int line,
    int column,
    int endLine,
    int endColumn) {

  public Statement {
    conditions = List.copyOf(conditions);
  }

  /**
   * A list that selects what is in it, or all but what is in it.
   *
   * @param negated whether the element's name begins with Not
   */
  public record Selection<T>(boolean negated, List<T> values) {
    public Selection {
      values = List.copyOf(values);
    }
  }

  /**
   * One value of a principal element.
   *
   * @param type {@code AWS}, {@code Service}, {@code Federated} or {@code CanonicalUser}
   */
  public record PrincipalElement(String type, String value) {}

  /**
   * One operator applied to one key.
   *
   * @param operator as written, for example {@code ForAnyValue:StringLikeIfExists}
   */
  public record Condition(String operator, String key, List<String> values) {
    public Condition {
      values = List.copyOf(values);
    }
  }
}
