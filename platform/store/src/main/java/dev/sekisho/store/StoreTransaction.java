package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** A unit of work on the writer's connection. */
public final class StoreTransaction implements Transaction {

  private final Handle handle;
  private final Node node;
  private final List<Runnable> afterCommit = new ArrayList<>(0);
  private @Nullable SQLException failed;

  StoreTransaction(Handle handle, Node node) {
    this.handle = handle;
    this.node = node;
    handle
        .getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logException(StatementContext context, SQLException exception) {
                failed = exception;
              }
            });
  }

  /** The SQL side of a transaction; good only while its unit of work runs. */
  public static Handle handle(Transaction transaction) {
    return of(transaction).handle;
  }

  /** The number this process writes under. */
  public static Node node(Transaction transaction) {
    return of(transaction).node;
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

  /** PostgreSQL undoes a unit whose statement failed, SQLite would keep it: neither may have it. */
  void check() {
    if (failed != null) {
      throw new IllegalStateException("the work went on after a statement had failed", failed);
    }
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
