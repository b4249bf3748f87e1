package dev.sekisho.core;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An operation behind its gate: what must be allowed, and what happens then.
 *
 * <p>This is what every operation returns, so that none can run before the policies were asked.
 *
 * @param caller who calls, when the operation found that out of an unsigned call's input
 * @param <O> the operation's output structure
 */
public record Guarded<O>(
    Access access, Function<Authorized, Outcome<O>> operation, @Nullable Principal caller) {

  /** Runs when every check of the access is allowed. */
  public static <O> Guarded<O> by(Access access, Function<Authorized, Outcome<O>> operation) {
    return new Guarded<>(access, operation, null);
  }

  /** Runs when the one check is allowed. */
  public static <O> Guarded<O> by(AccessCheck check, Function<Authorized, Outcome<O>> operation) {
    return new Guarded<>(Access.of(check), operation, null);
  }

  /** The same for whom an identity provider vouches for. */
  public Guarded<O> by(Principal vouchedFor) {
    return new Guarded<>(access, operation, vouchedFor);
  }
}
