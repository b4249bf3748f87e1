package dev.sekisho.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fixture that other tests stand on. */
class PostgresServerTest {

  @BeforeEach
  void installed() {
    assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed");
  }

  @Test
  void databasesAreApart() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    PostgresServer.Database one = server.newDatabase();
    PostgresServer.Database other = server.newDatabase();
    execute(one, "create table apart (id integer)");

    assertThatThrownBy(() -> execute(other, "select * from apart")).hasMessageContaining("apart");
  }

  @Test
  void aWrongPasswordIsRefused() {
    PostgresServer.Database database = PostgresServer.shared().newDatabase();

    assertThatThrownBy(
            () -> DriverManager.getConnection(database.url(), PostgresServer.USER, "wrong").close())
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void itComesBackWithItsData() throws SQLException {
    try (PostgresServer server = PostgresServer.start()) {
      PostgresServer.Database database = server.newDatabase();
      execute(database, "create table kept as select 7 as id");
      server.stop();
      assertThatThrownBy(() -> database.connect().close()).isInstanceOf(SQLException.class);

      server.resume();

      try (Connection connection = database.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select id from kept")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(7);
      }
    }
  }

  @Test
  void connectionsCanBeEnded() throws SQLException {
    PostgresServer server = PostgresServer.shared();
    PostgresServer.Database database = server.newDatabase();
    try (Connection connection = database.connect()) {
      server.disconnect(database);

      assertThatThrownBy(() -> connection.createStatement().execute("select 1"))
          .isInstanceOf(SQLException.class);
    }
    execute(database, "select 1");
  }

  private static void execute(PostgresServer.Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
