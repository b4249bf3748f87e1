package dev.sekisho.core;

import java.util.function.Function;

/**
 * What an operation does once it is allowed: answer from what is known, or change something.
 *
 * @param <O> the operation's output structure
 */
public sealed interface Outcome<O> {

  /** Nothing changes. */
  record Answer<O>(O output) implements Outcome<O> {}

  /**
   * The change runs in one transaction together with the call's audit event: both are kept, or
   * neither. It may run more than once when the store asks for a retry, so it touches nothing but
   * the transaction, and it is short: whatever is slow (key generation, hashing) is done before.
   */
  record Change<O>(Function<Transaction, O> work) implements Outcome<O> {}

  static <O> Outcome<O> answer(O output) {
    return new Answer<>(output);
  }

  static <O> Outcome<O> change(Function<Transaction, O> work) {
    return new Change<>(work);
  }
}
