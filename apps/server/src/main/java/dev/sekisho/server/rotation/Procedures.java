package dev.sekisho.server.rotation;

import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.core.PrincipalResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What each built-in function does, by its name: AWS's own names where it has such a function.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html">Rotation
 *     function templates</a>
 */
public final class Procedures {

  private Procedures() {}

  /**
   * All of them.
   *
   * @param allowed the servers that may be connected to
   */
  public static Map<String, RotationProcedure> all(
      Set<Target> allowed, Trust trust, IamApi iam, PrincipalResolver principals) {
    Map<String, RotationProcedure> all = new HashMap<>();
    both(all, "SecretsManagerRDSPostgreSQLRotation", new PostgreSqlLogins(trust), allowed);
    both(all, "SecretsManagerRDSMySQLRotation", new MySqlLogins(MySqlLogins.MYSQL, trust), allowed);
    both(
        all,
        "SecretsManagerRDSMariaDBRotation",
        new MySqlLogins(MySqlLogins.MARIADB, trust),
        allowed);
    both(all, "SekishoRedisRotation", new RedisLogins(trust), allowed);
    all.put("SekishoAccessKeyRotation", new AccessKeyRotation(iam, principals));
    return all;
  }

  private static void both(
      Map<String, RotationProcedure> all, String name, LoginServer server, Set<Target> allowed) {
    all.put(name + "SingleUser", new PasswordRotation(server, false, allowed));
    all.put(name + "MultiUser", new PasswordRotation(server, true, allowed));
  }
}
