package dev.sekisho.policy;

import java.util.List;

/**
 * Why a request is allowed or not.
 *
 * @param matched every statement that applies to the request, in the order the policies are asked
 * @param missingKeys condition keys, in lower case, that statements about this action and resource
 *     ask for and the request does not have
 */
public record Explanation(Decision decision, List<Match> matched, List<String> missingKeys) {

  public Explanation {
    matched = List.copyOf(matched);
    missingKeys = List.copyOf(missingKeys);
  }

  /**
   * A statement that applies.
   *
   * @param policyId what the policy was compiled under
   * @param grant how closely a resource policy names the caller; {@code EVERYONE} where a policy
   *     names nobody because it is the caller's own
   */
  public record Match(PolicyType type, String policyId, Statement statement, Grant grant) {

    public Effect effect() {
      Effect effect = statement.effect();
      return effect == null ? Effect.DENY : effect;
    }
  }
}
