package dev.sekisho.policy;

/** What the policies say. There is no shortcut to a boolean: each outcome is dealt with by name. */
public sealed interface Decision {

  /** Yes. */
  record Allow() implements Decision {}

  /** A policy of the type says no. */
  record ExplicitDeny(PolicyType by) implements Decision {}

  /** No policy of the type says yes where one must. */
  record ImplicitDeny(PolicyType missing) implements Decision {}

  Decision ALLOW = new Allow();
}
