package dev.sekisho.server.rotation;

import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Roles of PostgreSQL. */
record PostgreSqlLogins(Trust trust) implements LoginServer {

  private static final Set<String> ENGINES = Set.of("postgres", "aurora-postgresql");
  private static final int SECONDS = 10;
  private static final int PORT = 5432;

  @Override
  public boolean isCalled(String engine) {
    return ENGINES.contains(engine);
  }

  @Override
  public int usualPort() {
    return PORT;
  }

  private Connection connect(Login login) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {login.target().host()});
    source.setPortNumbers(new int[] {login.target().port()});
    source.setDatabaseName(Objects.requireNonNullElse(login.database(), "postgres"));
    source.setUser(login.user());
    source.setPassword(login.password().revealText());
    source.setApplicationName("sekisho");
    source.setConnectTimeout(SECONDS);
    source.setSocketTimeout(SECONDS);
    if (login.encrypted()) {
      source.setSslMode("verify-full");
      if (trust.authorities() == null) {
        source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
      } else {
        source.setSslRootCert(trust.authorities().toString());
      }
    } else {
      source.setSslMode("disable");
    }
    return source.getConnection();
  }

  @Override
  public boolean accepts(Login login) throws FailedException {
    return SqlFailures.accepts(login, this::connect);
  }

  @Override
  public void changePassword(Login by, Login of, Secret password) throws FailedException {
    try (Connection connection = connect(by)) {
      setPassword(connection, of.user(), password);
    } catch (SQLException failure) {
      throw SqlFailures.told(by.target(), failure);
    }
  }

  /** The server is sent what it verifies passwords by, not the password. */
  private static void setPassword(Connection connection, String user, Secret password)
      throws SQLException {
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(user, password.revealText().toCharArray(), "scram-sha-256");
  }

  @Override
  public void provide(Login by, String user, Secret password, String like) throws FailedException {
    try (Connection connection = connect(by)) {
      connection.setAutoCommit(false);
      if (!exists(connection, user)) {
        String name = quoted(connection, user);
        execute(connection, "create role " + name + " login");
        execute(connection, "grant " + quoted(connection, like) + " to " + name);
      }
      setPassword(connection, user, password);
      connection.commit();
    } catch (SQLException failure) {
      throw SqlFailures.told(by.target(), failure);
    }
  }

  private static boolean exists(Connection connection, String user) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
      query.setString(1, user);
      return query.executeQuery().next();
    }
  }

  private static String quoted(Connection connection, String name) throws SQLException {
    return connection.unwrap(PGConnection.class).escapeIdentifier(name);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
