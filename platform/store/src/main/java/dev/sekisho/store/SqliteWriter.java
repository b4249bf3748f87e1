package dev.sekisho.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** The one connection that writes to the file. No other process has it, so no lock is needed. */
final class SqliteWriter implements WriterConnection {

  private final SqliteFile file;
  private @Nullable Handle handle;

  SqliteWriter(SqliteFile file, Handle handle) {
    this.file = file;
    this.handle = handle;
  }

  @Override
  public Handle begin(boolean changes) {
    Handle open = handle;
    if (open == null) {
      try {
        open = file.forWriting();
      } catch (StoreOpenException failed) {
        throw new StoreUnavailableException("the database cannot be opened again", failed);
      }
      handle = open;
    }
    open.begin();
    return open;
  }

  @Override
  public Node node() {
    return Node.ONLY;
  }

  @Override
  public void discard() {
    Handle open = handle;
    handle = null;
    if (open != null) {
      try {
        // SQLite rolls back what is open. JDBI would first insist on doing so itself.
        open.getConnection().close();
      } catch (java.sql.SQLException | JdbiException useless) {
        // It is given up either way.
      }
    }
  }

  @Override
  public void close() {
    discard();
  }
}
