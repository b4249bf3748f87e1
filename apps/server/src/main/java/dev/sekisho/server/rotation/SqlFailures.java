package dev.sekisho.server.rotation;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a database's refusal means, and what of it may be told. */
final class SqlFailures {

  /** Invalid authorization, whatever is wrong with it. */
  private static final String NOT_AUTHORIZED = "28";

  private SqlFailures() {}

  /** Opens a connection. */
  interface Connector {
    Connection connect(Login login) throws SQLException;
  }

  /** Whether the user may log in and ask for something. */
  static boolean accepts(Login login, Connector server) throws FailedException {
    try (Connection connection = server.connect(login);
        Statement statement = connection.createStatement()) {
      statement.execute("select 1");
      return true;
    } catch (SQLException failure) {
      if (isRefusedLogin(failure)) {
        return false;
      }
      throw told(login.target(), failure);
    }
  }

  /** Whether it is the name or the password that was not taken. */
  private static boolean isRefusedLogin(SQLException failure) {
    return failure.getSQLState() != null && failure.getSQLState().startsWith(NOT_AUTHORIZED);
  }

  static FailedException told(Target target, SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    String line = message.lines().findFirst().orElse("");
    // From here on a server quotes the statement, and passwords stand in statements.
    int quoted = line.indexOf(" near ");
    return new FailedException(target + ": " + (quoted < 0 ? line : line.substring(0, quoted)));
  }
}
