package dev.sekisho.server.rotation;

import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Users of Redis's access control lists. A user there may have several passwords: the one before
 * stays good until the next rotation.
 */
record RedisLogins(Trust trust) implements LoginServer {

  private static final int MILLISECONDS = 10_000;
  private static final int PORT = 6379;

  @Override
  public boolean isCalled(String engine) {
    return engine.equals("redis");
  }

  @Override
  public int usualPort() {
    return PORT;
  }

  private Jedis connect(Login login) {
    Jedis connection =
        new Jedis(
            new RedisSocket(login.target(), login.encrypted(), trust, MILLISECONDS),
            DefaultJedisClientConfig.builder()
                .user(login.user())
                .password(login.password().revealText())
                .socketTimeoutMillis(MILLISECONDS)
                .build());
    try {
      connection.connect();
      return connection;
    } catch (JedisException refused) {
      connection.close();
      throw refused;
    }
  }

  @Override
  public boolean accepts(Login login) throws FailedException {
    try (Jedis _ = connect(login)) {
      return true;
    } catch (JedisAccessControlException refused) {
      return false;
    } catch (JedisException failure) {
      throw told(login, failure);
    }
  }

  @Override
  public void changePassword(Login by, Login of, Secret password) throws FailedException {
    try (Jedis connection = connect(by)) {
      connection.aclSetUser(
          of.user(), "resetpass", ">" + of.password().revealText(), ">" + password.revealText());
      keep(connection);
    } catch (JedisException failure) {
      throw told(by, failure);
    }
  }

  @Override
  public void provide(Login by, String user, Secret password, String like) throws FailedException {
    try (Jedis connection = connect(by)) {
      AclUser model =
          connection.aclList().stream()
              .map(AclUser::parse)
              .filter(each -> each.name().equals(like))
              .findFirst()
              .orElseThrow(
                  () -> new FailedException("the server has no user of the current value's name"));
      List<String> rules = new ArrayList<>();
      rules.add("reset");
      rules.addAll(model.rights());
      rules.add("on");
      rules.add(">" + password.revealText());
      connection.aclSetUser(user, rules.toArray(String[]::new));
      keep(connection);
    } catch (JedisException failure) {
      throw told(by, failure);
    }
  }

  /** Where users are kept: in a file of their own, with the settings, or not at all. */
  private static void keep(Jedis connection) {
    try {
      connection.aclSave();
    } catch (JedisDataException noFile) {
      if (!has(noFile, "not configured to use an ACL file")) {
        throw noFile;
      }
      try {
        connection.configRewrite();
      } catch (JedisDataException noSettings) {
        if (!has(noSettings, "without a config file")) {
          throw noSettings;
        }
      }
    }
  }

  private static boolean has(JedisDataException failure, String text) {
    return String.valueOf(failure.getMessage()).contains(text);
  }

  private static FailedException told(Login by, JedisException failure) {
    return new FailedException(by.target() + ": " + failure.getMessage());
  }
}
