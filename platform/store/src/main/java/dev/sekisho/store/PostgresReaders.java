package dev.sekisho.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The pool of connections that read from PostgreSQL, each transaction in one snapshot. */
final class PostgresReaders implements Snapshots, AutoCloseable {

  private static final int COUNT = 8;
  private static final long MILLIS_TO_CONNECT = 3_000;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  PostgresReaders(PostgresAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store-readers");
    config.setJdbcUrl(address.url());
    config.setDataSourceProperties(address.properties());
    config.setMaximumPoolSize(COUNT);
    config.setMinimumIdle(1);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setConnectionTimeout(MILLIS_TO_CONNECT);
    // Whether the database is there was found out by opening the writer's connection.
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
    this.jdbi = Jdbi.create(pool);
  }

  /** Reads, once more when the connection turns out to be dead: reading twice harms nobody. */
  @Override
  public <T> T read(Function<Handle, T> work) {
    if (pool.isClosed()) {
      throw new IllegalStateException("the store is closed");
    }
    try {
      return jdbi.inTransaction(work::apply);
    } catch (RuntimeException failed) {
      if (Trouble.of(failed) != Trouble.LOST) {
        throw translated(failed);
      }
    }
    // Its neighbours are dead too, most likely.
    pool.getHikariPoolMXBean().softEvictConnections();
    try {
      return jdbi.inTransaction(work::apply);
    } catch (RuntimeException failed) {
      throw translated(failed);
    }
  }

  private static RuntimeException translated(RuntimeException failed) {
    return switch (Trouble.of(failed)) {
      case LOST, UNAVAILABLE, CONFLICT ->
          failed instanceof StoreUnavailableException known
              ? known
              : new StoreUnavailableException("the database cannot be read at present", failed);
      case WORK, FULL -> failed;
    };
  }

  @Override
  public void close() {
    pool.close();
  }
}
