package dev.sekisho.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sekisho.core.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Makes connections to PostgreSQL, each set up for what it is for. */
final class PostgresConnections {

  private static final int READERS = 8;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  // Without these a network that swallows packets would hold a thread for hours.
  private static final Map<String, String> USUAL =
      Map.of(
          "tcpKeepAlive", "true",
          "connectTimeout", "10",
          "socketTimeout", "60",
          "ApplicationName", "sekisho");

  private final PostgresAddress address;
  private final String url;

  PostgresConnections(PostgresAddress address) {
    this.address = address;
    StringBuilder complete = new StringBuilder(address.url());
    USUAL.forEach((name, value) -> {
      if (!address.url().contains(name + "=")) {
        complete.append(complete.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
        complete.append(value);
      }
    });
    this.url = complete.toString();
  }

  /**
   * One that writes: durably, each statement seeing what was committed before it, and never holding
   * a lock for long when this process hangs in the middle of its work.
   */
  Connection forWriting() throws SQLException {
    Connection connection = connect();
    try (Statement statement = connection.createStatement()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
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

  /** One on which each statement is a transaction of its own. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (address.user() != null) {
      properties.setProperty("user", address.user());
    }
    Secret password = address.password();
    if (password != null) {
      properties.setProperty("password", password.revealText());
    }
    return DriverManager.getConnection(url, properties);
  }

  /** Those that read, each transaction in one snapshot. */
  HikariDataSource forReading() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sekisho-readers");
    config.setJdbcUrl(url);
    config.setUsername(address.user());
    Secret password = address.password();
    config.setPassword(password == null ? null : password.revealText());
    config.setMaximumPoolSize(READERS);
    config.setConnectionTimeout(LONGEST_WAIT_MILLIS);
    config.setAutoCommit(false);
    config.setReadOnly(true);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return new HikariDataSource(config);
  }

  /** Refuses a database that cannot hold every text. */
  static void check(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_encoding")) {
      if (!row.next() || !"UTF8".equals(row.getString(1))) {
        throw new StoreOpenException(
            "the PostgreSQL database has another encoding than UTF8; make one with"
                + " create database NAME encoding 'UTF8' template template0");
      }
    }
  }
}
