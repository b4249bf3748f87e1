package dev.sekisho.wire.probe;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import dev.sekisho.wire.audit.Ledger;
import dev.sekisho.wire.audit.LedgerUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A ledger that keeps events in memory, and can be full. */
public final class MemoryLedger implements Ledger {

  private final List<Event> events = new ArrayList<>();
  private boolean full;

  @Override
  public synchronized void record(List<Event> made) {
    if (full) {
      throw new LedgerUnavailable(new IllegalStateException("no space left"));
    }
    events.addAll(made);
  }

  @Override
  public synchronized <O> O change(Function<Transaction, O> work, Function<O, List<Event>> made) {
    if (full) {
      throw new LedgerUnavailable(new IllegalStateException("no space left"));
    }
    O output = work.apply(new Transaction() {});
    events.addAll(made.apply(output));
    return output;
  }

  public synchronized void fill() {
    full = true;
  }

  public synchronized List<Event> events() {
    return List.copyOf(events);
  }
}
