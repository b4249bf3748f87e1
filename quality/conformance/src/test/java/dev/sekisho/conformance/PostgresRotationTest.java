package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.server.RotationOptions;
import dev.sekisho.server.rotation.Target;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The built-in functions against a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresRotationTest {

  private static final String SINGLE = "SecretsManagerRDSPostgreSQLRotationSingleUser";
  private static final String MULTI = "SecretsManagerRDSPostgreSQLRotationMultiUser";

  /** Nothing in a name or a password may be taken for SQL. */
  private static final String HOSTILE = "o\"brien'; drop table kept; --";

  private PostgresServer.Database database;
  private int port;
  private RotatingSekisho sekisho;
  private String master;

  @BeforeAll
  void start(@TempDir Path folder) throws SQLException {
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "postgresql is not installed here");
    database = PostgresServer.shared().newDatabase();
    port = URI.create(database.url().substring("jdbc:".length())).getPort();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (id int)");
    }
    sekisho =
        new RotatingSekisho(
            folder, RotationOptions.NONE.with(Target.parse("test", "127.0.0.1:" + port)));
    master = sekisho.keep("postgres/master", secret(PostgresServer.USER, PostgresServer.PASSWORD));
  }

  @AfterAll
  void stop() {
    if (sekisho != null) {
      sekisho.close();
    }
  }

  private Map<String, String> secret(String user, String password) {
    Map<String, String> members = RotatingSekisho.login("postgres", port, user, password, master);
    members.put("dbname", database.url().substring(database.url().lastIndexOf('/') + 1));
    return members;
  }

  private void user(String name, String password) throws SQLException {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + quoted + " login password '" + password + "'");
      statement.execute("grant select, insert on kept to " + quoted);
    }
  }

  private void logIn(JsonNode secret) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                database.url(), secret.get("username").asText(), secret.get("password").asText());
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from kept");
    }
  }

  @Test
  void aSingleUserChangesItsOwnPassword() throws Exception {
    user(HOSTILE, "first");
    Map<String, String> own = secret(HOSTILE, "first");
    own.remove("masterarn");
    own.put("note", "is kept");
    sekisho.keep("postgres/single", own);
    JsonNode before = sekisho.value("postgres/single");

    sekisho.rotate("postgres/single", SINGLE);

    JsonNode after = sekisho.value("postgres/single");
    logIn(after);
    assertThat(after.get("note").asText()).isEqualTo("is kept");
    assertThat(after.get("password").asText()).hasSize(32);
    assertThatThrownBy(() -> logIn(before)).hasMessageContaining("password authentication failed");
  }

  @Test
  void alternatingUsersRotateUnderLoadWithNoFailedLogin() throws Exception {
    user("shop", "first");
    sekisho.keep("postgres/shop", secret("shop", "first"));

    assertThat(sekisho.rotateUnderLoad("postgres/shop", MULTI, 3, this::logIn)).isEmpty();

    assertThat(sekisho.value("postgres/shop").get("username").asText()).isEqualTo("shop_clone");
  }

  @Test
  void aValueThatNobodyCanLogInByIsLeftAlone() throws Exception {
    user("lost", "first");
    sekisho.keep("postgres/lost", secret("lost", "another"));

    assertThat(sekisho.failure("postgres/lost", SINGLE)).contains("cannot log in at 127.0.0.1");

    assertThat(sekisho.value("postgres/lost").get("password").asText()).isEqualTo("another");
  }

  @Test
  void onlyServersThatTheAdministratorNamesAreConnectedTo() {
    Map<String, String> elsewhere = secret("any", "first");
    elsewhere.put("port", "1");
    sekisho.keep("postgres/elsewhere", elsewhere);

    assertThat(sekisho.failure("postgres/elsewhere", SINGLE))
        .contains("127.0.0.1:1 is not a server that functions may connect to");
  }

  @Test
  void aServerThatDoesNotEncryptIsNotSentAPassword() {
    Map<String, String> encrypted = secret(PostgresServer.USER, "any");
    encrypted.put("ssl", "true");
    sekisho.keep("postgres/encrypted", encrypted);

    assertThat(sekisho.failure("postgres/encrypted", SINGLE)).contains("does not support SSL");
  }

  @Test
  void aFunctionIsForItsOwnEngine() {
    Map<String, String> other = secret("any", "first");
    other.put("engine", "mysql");
    sekisho.keep("postgres/other", other);

    assertThat(sekisho.failure("postgres/other", SINGLE)).contains("not for the engine");
  }
}
