package dev.sekisho.store;

import dev.sekisho.core.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is and how to get in.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE?user=NAME}, with whatever else the driver
 *     takes, such as {@code sslmode=verify-full}
 * @param password null where the server asks for none
 */
public record PostgresAddress(String url, @Nullable Secret password) {

  /** What every address of this kind begins with. */
  public static final String PREFIX = "jdbc:postgresql:";

  private static final String SECONDS_TO_CONNECT = "5";
  // Longer than a change waits for the other nodes' changes, shorter than a dead network lasts.
  private static final String SECONDS_TO_ANSWER = "60";

  public PostgresAddress {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException("the database's URL must begin with " + PREFIX);
    }
    if (url.contains("password=")) {
      throw new IllegalArgumentException("the database's URL must not hold the password");
    }
  }

  /** What the driver is told; what the URL says goes first. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "sekisho");
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT);
    properties.setProperty("socketTimeout", SECONDS_TO_ANSWER);
    properties.setProperty("tcpKeepAlive", "true");
    if (password != null) {
      properties.setProperty("password", password.revealText());
    }
    return properties;
  }

  /** A connection whose transaction ends by itself when this process hangs in the middle of it. */
  Connection connectForWriting() throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties());
    try (Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      // An administrator may have made commits lazy for other programs; ours are answered for.
      statement.execute(
          "select set_config('synchronous_commit', 'on', false)"
              + " where current_setting('synchronous_commit') = 'off'");
      statement.execute("set idle_in_transaction_session_timeout = '30s'");
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  /** The URL without its parameters, for messages. */
  String shown() {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }

  @Override
  public String toString() {
    return "PostgresAddress[" + shown() + "]";
  }
}
