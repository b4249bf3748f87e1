package dev.sekisho.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * This process's one connection that writes to PostgreSQL, beside those of other nodes.
 *
 * <p>INVARIANT: who changes holds the one row of {@code writer_lock} from before its first
 * statement until its commit, so changes are serial over all nodes. At PostgreSQL's usual isolation
 * each statement sees all that was committed before it began, hence all earlier changes.
 */
final class PostgresWriter implements WriterConnection {

  private static final String LOCK = "select id from writer_lock where id = 1 for update";

  private final PostgresAddress address;
  private final NodeLease lease;
  private @Nullable Handle handle;

  PostgresWriter(PostgresAddress address, NodeLease lease) {
    this.address = address;
    this.lease = lease;
  }

  @Override
  public Handle begin(boolean changes) {
    Handle open = handle;
    if (open == null) {
      open = connect();
      handle = open;
    }
    open.begin();
    if (changes) {
      lock(open);
    }
    if (!lease.hold(open)) {
      open.rollback();
      open.begin();
      lock(open);
      lease.take(open);
      if (!changes) {
        // An append must not keep others from changing while it commits; the number is ours now.
        open.commit();
        open.begin();
      }
    }
    return open;
  }

  static void lock(Handle handle) {
    handle.createQuery(LOCK).mapTo(Long.class).one();
  }

  private Handle connect() {
    try {
      Connection connection = address.connectForWriting();
      return Jdbi.create(() -> connection).open();
    } catch (SQLException failed) {
      throw new StoreUnavailableException(
          "the database " + address.shown() + " cannot be reached; nothing was changed", failed);
    }
  }

  @Override
  public Node node() {
    return lease.node();
  }

  @Override
  public void discard() {
    Handle open = handle;
    handle = null;
    if (open != null) {
      try {
        // PostgreSQL rolls back what is open. JDBI would first insist on doing so itself.
        open.getConnection().close();
      } catch (SQLException useless) {
        // It is given up either way.
      }
    }
  }

  @Override
  public void close() {
    Handle open = handle;
    if (open != null) {
      try {
        open.useTransaction(lease::end);
      } catch (RuntimeException unreachable) {
        // Then the lease ends with its time.
        System.getLogger(PostgresWriter.class.getName())
            .log(System.Logger.Level.DEBUG, "the node's lease was not given back", unreachable);
      }
    }
    discard();
  }
}
