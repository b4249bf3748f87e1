package dev.sekisho.core;

/**
 * A policy attached to a resource.
 *
 * @param document the policy's JSON
 */
public record ResourcePolicy(Kind kind, String document) {

  /** How the policy weighs beside the caller's own policies. */
  public enum Kind {
    /** In the same account either this policy or the caller's may allow. */
    ORDINARY,
    /** A KMS key policy: nothing is allowed that it does not allow, directly or by account. */
    KEY_POLICY,
    /** A role's trust policy: nothing is allowed that it does not allow, directly or by account. */
    TRUST_POLICY
  }
}
