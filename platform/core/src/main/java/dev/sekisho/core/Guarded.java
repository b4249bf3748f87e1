package dev.sekisho.core;

import java.util.function.Function;

/**
 * An operation behind its gate: what must be allowed, and what happens then.
 *
 * <p>This is what every operation returns, so that none can run before the policies were asked.
 *
 * @param <O> the operation's output structure
 */
public record Guarded<O>(Access access, Function<Authorized, Outcome<O>> operation) {

  /** Runs when every check of the access is allowed. */
  public static <O> Guarded<O> by(Access access, Function<Authorized, Outcome<O>> operation) {
    return new Guarded<>(access, operation);
  }

  /** Runs when the one check is allowed. */
  public static <O> Guarded<O> by(AccessCheck check, Function<Authorized, Outcome<O>> operation) {
    return new Guarded<>(Access.of(check), operation);
  }
}
