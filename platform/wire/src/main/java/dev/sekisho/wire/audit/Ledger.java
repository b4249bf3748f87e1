package dev.sekisho.wire.audit;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import java.util.List;
import java.util.function.Function;

/**
 * Where calls leave their trace. An event is on disk before a method of this returns; a change and
 * its event are kept together or not at all.
 */
public interface Ledger {

  /** Keeps the events of a call that changed nothing: one for each account it concerns. */
  void record(List<Event> events);

  /**
   * Runs the change and keeps its events with it.
   *
   * @param work may throw; then nothing is kept and the exception goes on to the caller
   * @param events makes the events from the change's result
   */
  <O> O change(Function<Transaction, O> work, Function<O, List<Event>> events);
}
