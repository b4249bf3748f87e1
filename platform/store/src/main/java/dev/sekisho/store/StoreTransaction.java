package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A unit of work on the writer's connection. */
public final class StoreTransaction implements Transaction {

  private final Handle handle;
  private final List<Runnable> afterCommit = new ArrayList<>(2);

  StoreTransaction(Handle handle) {
    this.handle = handle;
  }

  /** The SQL side of a transaction; good only while its unit of work runs. */
  public static Handle handle(Transaction transaction) {
    return of(transaction).handle;
  }

  /**
   * Runs the action once the transaction is on disk and before its caller goes on; never when it is
   * rolled back.
   */
  public static void afterCommit(Transaction transaction, Runnable action) {
    of(transaction).afterCommit.add(action);
  }

  private static StoreTransaction of(Transaction transaction) {
    if (transaction instanceof StoreTransaction store) {
      return store;
    }
    throw new IllegalArgumentException("not a transaction of this store");
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
