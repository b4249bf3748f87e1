package dev.sekisho.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/**
 * Looks for damage in a SQLite file without reading more than a part of each large table.
 *
 * <p>SQLite's quick check reads every page: 0.5 ms a megabyte when they are in memory, far more
 * when not, and the event log grows without end. So each table gets a number of SQLite's steps (a
 * page is one, a row about twelve) that is enough for tables up to some ten thousand rows, about 15
 * ms; of a larger one the check sees the beginning. What it does not see is found when it is read,
 * and by {@code sqlite3 FILE 'pragma integrity_check'}.
 */
final class DamageCheck {

  private static final int STEPS_BETWEEN_CALLS = 1_000;
  private static final int CALLS_PER_TABLE = 200;
  private static final int SQLITE_INTERRUPT = 9;

  private DamageCheck() {}

  /**
   * Checks the tables.
   *
   * @return what is wrong; null when nothing was seen
   */
  static @Nullable String run(Connection connection) throws SQLException {
    for (String table : tables(connection)) {
      String found = check(connection, table);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select name from sqlite_schema where type = 'table'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static @Nullable String check(Connection connection, String table) throws SQLException {
    ProgressHandler.setHandler(connection, STEPS_BETWEEN_CALLS, new Budget());
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("pragma quick_check('" + table.replace("'", "''") + "')")) {
      String first = rows.next() ? rows.getString(1) : "ok";
      return "ok".equals(first) ? null : first;
    } catch (SQLException failed) {
      if ((failed.getErrorCode() & 0xff) == SQLITE_INTERRUPT) {
        return null;
      }
      throw failed;
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  /** Lets a statement go on for so long. */
  private static final class Budget extends ProgressHandler {
    private int calls;

    @Override
    protected int progress() {
      calls++;
      return calls > CALLS_PER_TABLE ? 1 : 0;
    }
  }
}
