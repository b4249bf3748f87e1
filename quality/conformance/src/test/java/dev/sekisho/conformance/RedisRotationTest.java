package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sekisho.server.RotationOptions;
import dev.sekisho.server.rotation.Target;
import dev.sekisho.server.rotation.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** The built-in functions against a real Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisRotationTest {

  private static final String SINGLE = "SekishoRedisRotationSingleUser";
  private static final String MULTI = "SekishoRedisRotationMultiUser";

  private int port;
  private int tlsPort;
  private Path files;
  private DatabaseProcess server;
  private RotatingSekisho sekisho;
  private String master;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(
        DatabaseProcess.isInstalled("redis-server"), "redis-server is not installed here");
    port = DatabaseProcess.freePort();
    files = Folders.make("sekisho-redis");
    ServerCertificate certificate = ServerCertificate.in(files);
    tlsPort = DatabaseProcess.freePort();
    Path users =
        Files.writeString(
            files.resolve("users.acl"),
            "user default off\n" + "user admin on >only-for-tests ~* &* +@all\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-rw-rw-"));
    server =
        DatabaseProcess.start(
            files,
            () -> connect("admin", "only-for-tests").close(),
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--tls-port",
            Integer.toString(tlsPort),
            "--tls-cert-file",
            certificate.certificate().toString(),
            "--tls-key-file",
            certificate.key().toString(),
            "--tls-auth-clients",
            "no",
            "--save",
            "",
            "--aclfile",
            users.toString());
    sekisho =
        new RotatingSekisho(
            folder,
            RotationOptions.NONE
                .with(Target.parse("test", "127.0.0.1:" + port))
                .with(Target.parse("test", "127.0.0.1:" + tlsPort))
                .with(Target.parse("test", "localhost:" + tlsPort))
                .with(new Trust(certificate.certificate())));
    master = sekisho.keep("redis/master", secret("admin", "only-for-tests"));
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

  private Jedis connect(String user, String password) {
    Jedis connection = new Jedis("127.0.0.1", port);
    try {
      connection.auth(user, password);
      return connection;
    } catch (RuntimeException refused) {
      connection.close();
      throw refused;
    }
  }

  private Map<String, String> secret(String user, String password) {
    return RotatingSekisho.login("redis", port, user, password, master);
  }

  private void user(String name, String... rules) {
    try (Jedis admin = connect("admin", "only-for-tests")) {
      admin.aclSetUser(name, rules);
    }
  }

  private void logIn(JsonNode secret) {
    try (Jedis connection =
        connect(secret.get("username").asText(), secret.get("password").asText())) {
      connection.set("shop:kept", "1");
    }
  }

  @Test
  void aUserRotatesUnderLoadWithNoFailedLogin() throws Exception {
    user("shop", "on", ">first", "~shop:*", "+@all", "-@dangerous");
    sekisho.keep("redis/shop", secret("shop", "first"));
    JsonNode first = sekisho.value("redis/shop");

    assertThat(sekisho.rotateUnderLoad("redis/shop", SINGLE, 3, this::logIn)).isEmpty();

    assertThatThrownBy(() -> logIn(first)).hasMessageContaining("WRONGPASS");
    assertThat(Files.readAllLines(files.resolve("users.acl")))
        .anyMatch(line -> line.startsWith("user shop on ") && line.contains("~shop:*"));
  }

  @Test
  void aUserThatMayDoSoChangesItsOwnPassword() {
    user("own", "on", ">first", "~shop:*", "+@all");
    Map<String, String> own = secret("own", "first");
    own.remove("masterarn");
    sekisho.keep("redis/own", own);

    sekisho.rotate("redis/own", SINGLE);

    logIn(sekisho.value("redis/own"));
  }

  @Test
  void whatIsEncryptedGoesToTheServerOfThatNameOnly() {
    user("tls", "on", ">first", "~*", "+@all");
    Map<String, String> own = secret("tls", "first");
    own.remove("masterarn");
    own.put("port", Integer.toString(tlsPort));
    own.put("ssl", "true");
    sekisho.keep("redis/tls", own);

    sekisho.rotate("redis/tls", SINGLE);

    logIn(sekisho.value("redis/tls"));
    own.put("host", "localhost");
    sekisho.keep("redis/tls-of-another", own);
    assertThat(sekisho.failure("redis/tls-of-another", SINGLE)).contains("localhost found");
  }

  @Test
  void aUserThatMayNotDoSoIsToldWhy() {
    user("weak", "on", ">first", "~shop:*", "+@all", "-@dangerous");
    Map<String, String> own = secret("weak", "first");
    own.remove("masterarn");
    sekisho.keep("redis/weak", own);

    assertThat(sekisho.failure("redis/weak", SINGLE)).contains("NOPERM").doesNotContain("first");
  }

  @Test
  void alternatingUsersHaveTheSameRightsUnderLoad() throws Exception {
    user("pair", "on", "nopass", ">first", "~shop:*", "&news:*", "+@all", "-@admin", "(+@read ~a)");
    sekisho.keep("redis/pair", secret("pair", "first"));

    assertThat(sekisho.rotateUnderLoad("redis/pair", MULTI, 3, this::logIn)).isEmpty();

    try (Jedis admin = connect("admin", "only-for-tests")) {
      List<String> users = admin.aclList();
      String pair = rights(users, "user pair ");
      assertThat(rights(users, "user pair_clone ")).isEqualTo(pair);
      assertThat(pair).contains("~shop:*", "&news:*", "(");
      assertThat(users).noneMatch(line -> line.startsWith("user pair_clone on nopass"));
    }
  }

  private static String rights(List<String> users, String prefix) {
    String line = users.stream().filter(each -> each.startsWith(prefix)).findFirst().orElseThrow();
    return line.substring(prefix.length()).replaceAll("(on|nopass|#[0-9a-f]+) ", "");
  }
}
