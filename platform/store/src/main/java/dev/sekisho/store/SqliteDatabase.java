package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One file, written ahead, synchronised at every commit: what was answered survives the loss of
 * power.
 */
public final class SqliteDatabase implements Database {

  private final SqliteFile file;
  private final GroupCommit writer;
  private final SqliteReaders readers;
  private final ChangeStamps stamps = new MemoryStamps();

  private SqliteDatabase(SqliteFile file, WriterConnection writing, SqliteReaders readers) {
    this.file = file;
    this.writer = new GroupCommit(writing);
    this.readers = readers;
  }

  /**
   * Opens the file, making it when there is none, and brings its tables up to date.
   *
   * @throws StoreOpenException when it is damaged, or newer than this Sekisho, or cannot be used
   */
  public static SqliteDatabase open(Path path, List<Schema> schemas) {
    SqliteFile file = new SqliteFile(path);
    file.provide();
    Handle writing = file.forWriting();
    try {
      String damage = DamageCheck.run(writing.getConnection());
      if (damage != null) {
        throw file.damaged(new SQLException(damage));
      }
      Migrations.apply(writing, Dialect.SQLITE, schemas);
      return new SqliteDatabase(file, new SqliteWriter(file, writing), new SqliteReaders(file));
    } catch (SQLException | JdbiException failed) {
      writing.close();
      throw file.refusal(failed);
    } catch (StoreOpenException refused) {
      writing.close();
      throw refused;
    }
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

  @Override
  public void scrub() {
    file.truncateLog();
  }

  @Override
  public ChangeStamps stamps() {
    return stamps;
  }

  /** Finishes what is under way. The writer goes last, so that it leaves one file behind. */
  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
