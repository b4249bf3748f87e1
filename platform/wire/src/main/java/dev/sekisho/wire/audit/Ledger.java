package dev.sekisho.wire.audit;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import java.util.function.Function;

/**
 * Where calls leave their trace. An event is on disk before a method of this returns; a change and
 * its event are kept together or not at all.
 */
public interface Ledger {

  /** Keeps the event of a call that changed nothing. */
  void record(Event event);

  /**
   * Runs the change and keeps its event with it.
   *
   * @param work may throw; then nothing is kept and the exception goes on to the caller
   * @param event makes the event from the change's result
   */
  <O> O change(Function<Transaction, O> work, Function<O, Event> event);
}
