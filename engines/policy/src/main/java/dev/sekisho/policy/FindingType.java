package dev.sekisho.policy;

/** How grave a finding is, by the names of Access Analyzer's API; the gravest first. */
public enum FindingType {
  /** A part of the policy does not work. */
  ERROR,
  /** The policy allows more than is wise. */
  SECURITY_WARNING,
  /** The policy may not do what its author meant. */
  WARNING,
  /** The policy can be written better; what it allows stays the same. */
  SUGGESTION;

  /** Whether this is as grave as the other, or graver. */
  public boolean isAtLeast(FindingType other) {
    return compareTo(other) <= 0;
  }
}
