package dev.sekisho.core;

import java.util.List;

/**
 * What a caller must be allowed before an operation runs: every check in the list.
 *
 * <p>An operation that AWS lets anyone call says so by {@link Open} with the reason, so that a
 * missing check can never be mistaken for one that is not needed.
 */
public sealed interface Access {

  /** All checks must be allowed. */
  record Checked(List<AccessCheck> checks) implements Access {

    /**
     * @throws IllegalArgumentException when there is no check
     */
    public Checked {
      if (checks.isEmpty()) {
        throw new IllegalArgumentException("an operation without a check must say why it is open");
      }
      checks = List.copyOf(checks);
    }
  }

  /**
   * No policy is asked.
   *
   * @param reason AWS's rule that makes it so, for those who read the code
   */
  record Open(String reason) implements Access {}

  static Access of(AccessCheck... checks) {
    return new Checked(List.of(checks));
  }
}
