package dev.sekisho.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A running Sekisho's database, opened beside it by a program that only looks. */
public final class ReadOnlyDatabase implements Snapshots, AutoCloseable {

  private final Snapshots snapshots;
  private final Runnable close;

  private ReadOnlyDatabase(Snapshots snapshots, Runnable close) {
    this.snapshots = snapshots;
    this.close = close;
  }

  /**
   * Opens a database file.
   *
   * @throws StoreOpenException when there is none
   */
  public static ReadOnlyDatabase open(Path path) {
    if (!Files.exists(path)) {
      throw new StoreOpenException("there is no database " + path);
    }
    SqliteReaders readers = new SqliteReaders(new SqliteFile(path));
    return new ReadOnlyDatabase(readers, readers::close);
  }

  /** Opens a PostgreSQL database. */
  public static ReadOnlyDatabase open(PostgresAddress address) {
    PostgresReaders readers = new PostgresReaders(address);
    return new ReadOnlyDatabase(readers, readers::close);
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return snapshots.read(work);
  }

  @Override
  public void close() {
    close.run();
  }
}
