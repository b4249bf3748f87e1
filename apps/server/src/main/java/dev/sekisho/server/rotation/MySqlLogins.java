package dev.sekisho.server.rotation;

import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.mariadb.jdbc.Driver;

/**
 * Users of MySQL and MariaDB. A name may have several accounts there, one for each pattern of hosts
 * that it logs in from; they get the same password.
 *
 * @param engines what such a server is called in secrets
 */
record MySqlLogins(Set<String> engines, Trust trust) implements LoginServer {

  static final Set<String> MYSQL = Set.of("mysql", "aurora-mysql");
  static final Set<String> MARIADB = Set.of("mariadb");

  private static final String MILLISECONDS = "10000";
  private static final int PORT = 3306;

  @Override
  public boolean isCalled(String engine) {
    return engines.contains(engine);
  }

  @Override
  public int usualPort() {
    return PORT;
  }

  private Connection connect(Login login) throws SQLException {
    Properties options = new Properties();
    options.setProperty("user", login.user());
    options.setProperty("password", login.password().revealText());
    options.setProperty("connectTimeout", MILLISECONDS);
    options.setProperty("socketTimeout", MILLISECONDS);
    // A server must not ask for files of this machine.
    options.setProperty("allowLocalInfile", "false");
    options.setProperty("sslMode", login.encrypted() ? "verify-full" : "disable");
    if (login.encrypted() && trust.authorities() != null) {
      options.setProperty("serverSslCert", trust.authorities().toString());
    }
    // Of what stands in the address the administrator has named everything.
    Connection connection = new Driver().connect("jdbc:mariadb://" + login.target() + "/", options);
    if (login.database() != null) {
      connection.setCatalog(login.database());
    }
    return connection;
  }

  @Override
  public boolean accepts(Login login) throws FailedException {
    return SqlFailures.accepts(login, this::connect);
  }

  @Override
  public void changePassword(Login by, Login of, Secret password) throws FailedException {
    try (Connection connection = connect(by)) {
      if (by.user().equals(of.user())) {
        // Who changes its own password needs no right to do so.
        execute(
            connection,
            isMariaDb(connection)
                ? "set password = password(?)"
                : "alter user user() identified by ?",
            password.revealText());
      } else {
        for (String host : hosts(connection, of.user())) {
          setPassword(connection, of.user(), host, password);
        }
      }
    } catch (SQLException failure) {
      throw SqlFailures.told(by.target(), failure);
    }
  }

  private static boolean isMariaDb(Connection connection) throws SQLException {
    return connection.getMetaData().getDatabaseProductName().equals("MariaDB");
  }

  private static void setPassword(Connection connection, String user, String host, Secret password)
      throws SQLException {
    execute(
        connection,
        "alter user ?@? identified by ? account unlock",
        user,
        host,
        password.revealText());
  }

  @Override
  public void provide(Login by, String user, Secret password, String like) throws FailedException {
    try (Connection connection = connect(by)) {
      for (String host : hosts(connection, like)) {
        // Nothing here can be undone; until it has its rights, nobody logs in.
        execute(
            connection,
            "create user if not exists ?@? identified by ? account lock",
            user,
            host,
            password.revealText());
        for (String grant : column(connection, "show grants for ?@?", like, host)) {
          execute(connection, GrantStatement.to(grant, like, user, host));
        }
        setPassword(connection, user, host, password);
      }
    } catch (SQLException failure) {
      throw SqlFailures.told(by.target(), failure);
    }
  }

  private static List<String> hosts(Connection connection, String user)
      throws SQLException, FailedException {
    List<String> hosts =
        column(connection, "select host from mysql.user where user = ? order by host", user);
    if (hosts.isEmpty()) {
      throw new FailedException("the server has no user of the current value's name");
    }
    return hosts;
  }

  /** The driver puts the values into the statement, quoted. */
  private static List<String> column(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement query = prepared(connection, sql, values);
        ResultSet rows = query.executeQuery()) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(rows.getString(1));
      }
      return column;
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, String... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setString(i + 1, values[i]);
    }
    return statement;
  }

  private static void execute(Connection connection, String sql, String... values)
      throws SQLException {
    if (values.length == 0) {
      // What the server has written itself is no pattern.
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return;
    }
    try (PreparedStatement statement = prepared(connection, sql, values)) {
      statement.execute();
    }
  }
}
