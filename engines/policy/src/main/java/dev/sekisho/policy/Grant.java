package dev.sekisho.policy;

/**
 * How closely a principal element names a caller; the closer, the more of its own limits it lifts.
 */
public enum Grant {
  /** Not at all. */
  NONE,
  /** The caller's account: its own policies must allow as well. */
  ACCOUNT,
  /** The role of the caller's session. */
  ROLE,
  /** The user; for a federated session, the user who made it. */
  USER,
  /** The very session. */
  SESSION,
  /** Everyone. */
  EVERYONE
}
