package dev.sekisho.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** A look at a store from beside it, which changes nothing, whether a Sekisho runs on it or not. */
public final class StoreInspection {

  private StoreInspection() {}

  /**
   * Reads from a file.
   *
   * @return nothing when there is no store in it yet
   * @throws StoreOpenException when it cannot be read
   */
  public static <T> Optional<T> file(Path path, Function<Handle, T> work) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    SqliteFile file = new SqliteFile(path);
    try (Handle handle = file.forReading()) {
      return look(handle, Dialect.SQLITE, work);
    } catch (JdbiException failed) {
      throw file.refusal(failed);
    }
  }

  /**
   * Reads from a PostgreSQL database.
   *
   * @return nothing when there is no store in it yet
   * @throws StoreOpenException when it cannot be read
   */
  public static <T> Optional<T> postgres(PostgresAddress address, Function<Handle, T> work) {
    try (Connection connection = DriverManager.getConnection(address.url(), address.properties());
        Handle handle = Jdbi.create(() -> connection).open()) {
      return look(handle, Dialect.POSTGRESQL, work);
    } catch (SQLException | JdbiException failed) {
      throw new StoreOpenException(
          "the database " + address.shown() + " cannot be read: " + failed.getMessage(), failed);
    }
  }

  private static <T> Optional<T> look(Handle handle, Dialect dialect, Function<Handle, T> work) {
    String tables =
        dialect == Dialect.SQLITE
            ? "select count(*) from sqlite_master where name = 'store_value'"
            : "select count(*) from information_schema.tables where table_name = 'store_value'"
                + " and table_schema = current_schema()";
    return handle.createQuery(tables).mapTo(Integer.class).one() == 0
        ? Optional.empty()
        : Optional.of(work.apply(handle));
  }
}
