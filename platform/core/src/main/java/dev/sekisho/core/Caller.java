package dev.sekisho.core;

import org.jspecify.annotations.Nullable;

/**
 * A principal together with the credentials it came with.
 *
 * @param accessKeyId none for the anonymous
 * @param session none for long-term credentials
 */
public record Caller(Principal principal, @Nullable String accessKeyId, @Nullable Session session) {

  /** Whoever sends an unsigned request. */
  public static final Caller ANONYMOUS = new Caller(new Principal.Anonymous(), null, null);

  /**
   * Whether this is a session that {@code AssumeRoot} opened.
   *
   * <p>INVARIANT: nothing else narrows a session of a root user by a policy.
   */
  public boolean hasAssumedRoot() {
    return principal instanceof Principal.Root
        && session != null
        && !session.policyArns().isEmpty();
  }
}
