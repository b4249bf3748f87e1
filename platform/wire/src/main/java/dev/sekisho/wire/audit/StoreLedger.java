package dev.sekisho.wire.audit;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreUnavailableException;
import java.util.List;
import java.util.function.Function;

/** The ledger in the store: a change and its event in one transaction. */
public final class StoreLedger implements Ledger {

  private final Database database;
  private final EventLog events;

  public StoreLedger(Database database, EventLog events) {
    this.database = database;
    this.events = events;
  }

  @Override
  public void record(List<Event> made) {
    try {
      events.append(made);
    } catch (StoreUnavailableException unavailable) {
      throw new LedgerUnavailable(unavailable);
    }
  }

  @Override
  public <O> O change(Function<Transaction, O> work, Function<O, List<Event>> made) {
    try {
      return database.write(transaction -> {
        O output = work.apply(transaction);
        made.apply(output).forEach(event -> events.append(transaction, event));
        return output;
      });
    } catch (StoreUnavailableException unavailable) {
      throw new LedgerUnavailable(unavailable);
    }
  }
}
