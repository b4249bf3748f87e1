package dev.sekisho.store;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * One PostgreSQL database that several Sekisho processes share, each a node of it.
 *
 * <p>The same single writer as on SQLite, one in each node; a lock row makes their changes serial.
 */
public final class PostgresDatabase implements Database {

  private final GroupCommit writer;
  private final PostgresReaders readers;
  private final ChangeStamps stamps;

  private PostgresDatabase(PostgresWriter writer, PostgresReaders readers) {
    this.writer = new GroupCommit(writer);
    this.readers = readers;
    this.stamps = new PostgresStamps(readers);
  }

  /**
   * Opens the database and brings its tables up to date.
   *
   * @param time what the leases of node numbers go by
   * @throws StoreOpenException when it cannot be reached, or is newer than this Sekisho
   */
  public static PostgresDatabase open(
      PostgresAddress address, List<Schema> schemas, InstantSource time, Randomness randomness) {
    try (Connection connection = address.connectForWriting();
        Handle handle = Jdbi.open(connection)) {
      check(connection);
      Migrations.apply(handle, Dialect.POSTGRESQL, schemas);
    } catch (SQLException | JdbiException failed) {
      throw refusal(address, failed);
    }
    String holder = HexFormat.of().formatHex(randomness.bytes(16));
    return new PostgresDatabase(
        new PostgresWriter(address, new NodeLease(holder, time)), new PostgresReaders(address));
  }

  /** Refuses a database that cannot hold every text. */
  private static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_encoding")) {
      if (!row.next() || !"UTF8".equals(row.getString(1))) {
        throw new StoreOpenException(
            "the PostgreSQL database has another encoding than UTF8; make one with"
                + " create database NAME encoding 'UTF8' template template0");
      }
    }
  }

  private static StoreOpenException refusal(PostgresAddress address, Throwable failed) {
    return new StoreOpenException(
        "the database "
            + address.shown()
            + " cannot be opened: "
            + failed.getMessage()
            + "; see that it runs and that the URL, its user and the password are right",
        failed);
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return readers.read(work);
  }

  @Override
  public <T> T write(Function<Transaction, T> work) {
    return writer.submit(work, false);
  }

  @Override
  public void append(Consumer<Transaction> work) {
    writer.submit(
        transaction -> {
          work.accept(transaction);
          return Boolean.TRUE;
        },
        true);
  }

  /** Leaves it to PostgreSQL, which takes dead rows away when it vacuums by itself. */
  @Override
  public void scrub() {}

  @Override
  public ChangeStamps stamps() {
    return stamps;
  }

  /** Finishes what is under way and gives the node's number back. */
  @Override
  public void close() {
    writer.close();
    readers.close();
  }
}
