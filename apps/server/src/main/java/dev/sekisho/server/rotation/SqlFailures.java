package dev.sekisho.server.rotation;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.sql.SQLException;

/** What may be told of a database's refusal. */
final class SqlFailures {

  /** Invalid authorization, whatever is wrong with it. */
  private static final String NOT_AUTHORIZED = "28";

  private SqlFailures() {}

  /** Whether it is the name or the password that was not taken. */
  static boolean isRefusedLogin(SQLException failure) {
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
