package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;

/**
 * One file, written ahead, synchronised at every commit: what was answered survives the loss of
 * power.
 */
public final class SqliteDatabase implements Database {

  private static final int READERS = 8;

  private final GroupCommit writer;
  private final Handle writing;
  private final BlockingQueue<Handle> readers = new ArrayBlockingQueue<>(READERS);

  private SqliteDatabase(Handle writing, List<Handle> reading) {
    this.writing = writing;
    this.writer = new GroupCommit(writing);
    this.readers.addAll(reading);
  }

  /**
   * Opens the file, making it when there is none, and brings its tables up to date.
   *
   * @throws StoreOpenException when it is damaged or newer than this Sekisho
   */
  public static SqliteDatabase open(Path file, List<Schema> schemas) {
    try {
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      Handle writing = connect(file, false);
      String check = writing.createQuery("pragma quick_check(1)").mapTo(String.class).one();
      if (!check.equals("ok")) {
        throw new StoreOpenException(damaged(file) + " (" + check + ")");
      }
      Migrations.apply(writing, schemas);
      List<Handle> reading =
          java.util.stream.IntStream.range(0, READERS).mapToObj(_ -> reader(file)).toList();
      return new SqliteDatabase(writing, reading);
    } catch (SQLException | JdbiException failed) {
      throw new StoreOpenException(damaged(file), failed);
    } catch (java.io.IOException failed) {
      throw new StoreOpenException("the database " + file + " cannot be made", failed);
    }
  }

  private static String damaged(Path file) {
    return "the database "
        + file
        + " cannot be opened: it is damaged or not Sekisho's; restore it from a backup";
  }

  private static Handle reader(Path file) {
    try {
      return connect(file, true);
    } catch (SQLException failed) {
      throw new StoreOpenException(damaged(file), failed);
    }
  }

  private static Handle connect(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(10_000);
    config.setReadOnly(readOnly);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    return Jdbi.create(connection).open();
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    Handle handle;
    try {
      handle = readers.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to read", interrupted);
    }
    try {
      return handle.inTransaction(work::apply);
    } finally {
      readers.add(handle);
    }
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

  @Override
  public void close() {
    writer.close();
    for (Handle reader = readers.poll(); reader != null; reader = readers.poll()) {
      reader.close();
    }
    writing.close();
  }
}
