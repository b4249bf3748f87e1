package dev.sekisho.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Prepared statements of one SQLite connection, kept for their next use: to prepare a small query
 * costs as much as to run it. (PostgreSQL's driver keeps them by itself.)
 *
 * <p>INVARIANT: a statement that is in use is not here, so that the same SQL within its own results
 * gets another one. Only the thread that has the connection uses this.
 */
final class KeptStatements implements StatementBuilder {

  /** More than the queries of any usual call; the ones used longest ago are let go. */
  static final int MOST = 256;

  private final StatementBuilder maker = new DefaultStatementBuilder();
  private final LinkedHashMap<String, PreparedStatement> idle =
      new LinkedHashMap<>(MOST, 0.75f, true);

  /** What each was prepared from; JDBI names at the end what stood there before it named values. */
  private final IdentityHashMap<Statement, String> inUse = new IdentityHashMap<>();

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return maker.create(connection, context);
  }

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement statement = kept != null ? kept : maker.create(connection, sql, context);
    inUse.put(statement, sql);
    return statement;
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return maker.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String preparedFrom = inUse.remove(statement);
    if (preparedFrom != null && statement instanceof PreparedStatement prepared) {
      // Nothing that was looked for or written stays with it.
      prepared.clearParameters();
      PreparedStatement same = idle.put(preparedFrom, prepared);
      if (same != null) {
        same.close();
      }
      letGo();
    } else {
      maker.close(connection, sql, statement);
    }
  }

  private void letGo() throws SQLException {
    if (idle.size() > MOST) {
      Map.Entry<String, PreparedStatement> oldest = idle.pollFirstEntry();
      oldest.getValue().close();
    }
  }

  @Override
  public void close(Connection connection) {
    for (PreparedStatement each : idle.values()) {
      try {
        each.close();
      } catch (SQLException useless) {
        // The connection goes, and all that it has made with it.
        break;
      }
    }
    idle.clear();
  }
}
