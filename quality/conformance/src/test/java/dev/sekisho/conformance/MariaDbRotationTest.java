package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.server.RotationOptions;
import dev.sekisho.server.rotation.Target;
import dev.sekisho.server.rotation.Trust;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The built-in functions against a real MariaDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MariaDbRotationTest {

  private static final String SINGLE = "SecretsManagerRDSMariaDBRotationSingleUser";
  private static final String MULTI = "SecretsManagerRDSMariaDBRotationMultiUser";

  /** Nothing in a name may be taken for SQL. */
  private static final String HOSTILE = "o'bri`en\\\"; drop";

  private int port;
  private Path files;
  private DatabaseProcess server;
  private RotatingSekisho sekisho;
  private String master;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        DatabaseProcess.isInstalled("mariadbd"), "mariadb-server is not installed here");
    port = DatabaseProcess.freePort();
    files = Folders.make("sekisho-mariadb");
    ServerCertificate certificate = ServerCertificate.in(files);
    DatabaseProcess.run(
        files,
        "mariadb-install-db",
        "--no-defaults",
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        "--skip-name-resolve",
        "--datadir=" + files.resolve("data"));
    server =
        DatabaseProcess.start(
            files,
            () -> connect("root", "").close(),
            "mariadbd",
            "--no-defaults",
            "--skip-name-resolve",
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--ssl-cert=" + certificate.certificate(),
            "--ssl-key=" + certificate.key(),
            "--socket=" + files.resolve("socket"),
            "--pid-file=" + files.resolve("pid"),
            "--innodb-flush-log-at-trx-commit=0",
            "--datadir=" + files.resolve("data"));
    execute("create database shop");
    execute("create table shop.kept (id int)");
    sekisho =
        new RotatingSekisho(
            folder,
            RotationOptions.NONE
                .with(Target.parse("test", "127.0.0.1:" + port))
                .with(Target.parse("test", "localhost:" + port))
                .with(new Trust(certificate.certificate())));
    execute("create user admin@'%' identified by 'only-for-tests'");
    execute("grant all on *.* to admin@'%' with grant option");
    master = sekisho.keep("mariadb/master", secret("admin", "only-for-tests"));
  }

  @AfterAll
  void stop() throws Exception {
    if (sekisho != null) {
      sekisho.close();
    }
    if (server != null) {
      server.close();
      Folders.delete(files);
    }
  }

  private Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", user, password);
  }

  private void execute(String sql, String... values) throws SQLException {
    try (Connection root = connect("root", "");
        PreparedStatement statement = root.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  private Map<String, String> secret(String user, String password) {
    return RotatingSekisho.login("mariadb", port, user, password, master);
  }

  private void user(String name, String password) throws SQLException {
    execute("create user ?@'127.0.0.1' identified by ?", name, password);
    execute("grant select, insert on shop.* to ?@'127.0.0.1' with grant option", name);
  }

  private void logIn(JsonNode secret) throws SQLException {
    try (Connection connection =
            connect(secret.get("username").asText(), secret.get("password").asText());
        Statement statement = connection.createStatement()) {
      statement.execute("select count(*) from shop.kept");
    }
  }

  @Test
  void aSingleUserChangesItsOwnPassword() throws Exception {
    user(HOSTILE, "first");
    Map<String, String> own = secret(HOSTILE, "first");
    own.remove("masterarn");
    sekisho.keep("mariadb/single", own);
    JsonNode before = sekisho.value("mariadb/single");

    sekisho.rotate("mariadb/single", SINGLE);

    logIn(sekisho.value("mariadb/single"));
    assertThatThrownBy(() -> logIn(before)).hasMessageContaining("Access denied");
  }

  @Test
  void whatIsEncryptedGoesToTheServerOfThatNameOnly() throws Exception {
    execute("create user tls@'%' identified by 'first' require ssl");
    Map<String, String> own = secret("tls", "first");
    own.remove("masterarn");
    own.put("ssl", "true");
    sekisho.keep("mariadb/tls", own);

    sekisho.rotate("mariadb/tls", SINGLE);

    assertThat(sekisho.value("mariadb/tls").get("password").asText()).hasSize(32);
    own.put("host", "localhost");
    sekisho.keep("mariadb/tls-of-another", own);
    assertThat(sekisho.failure("mariadb/tls-of-another", SINGLE)).contains("localhost");
  }

  @Test
  void theUserOfMasterarnChangesAPassword() throws Exception {
    user("changed", "first");
    sekisho.keep("mariadb/changed", secret("changed", "first"));
    JsonNode before = sekisho.value("mariadb/changed");

    sekisho.rotate("mariadb/changed", SINGLE);

    logIn(sekisho.value("mariadb/changed"));
    assertThatThrownBy(() -> logIn(before)).hasMessageContaining("Access denied");
  }

  @Test
  void alternatingUsersRotateUnderLoadWithNoFailedLogin() throws Exception {
    user(HOSTILE + "2", "first");
    sekisho.keep("mariadb/shop", secret(HOSTILE + "2", "first"));

    assertThat(sekisho.rotateUnderLoad("mariadb/shop", MULTI, 3, this::logIn)).isEmpty();

    assertThat(sekisho.value("mariadb/shop").get("username").asText()).endsWith("2_clone");
  }
}
