package dev.sekisho.server.rotation;

import dev.sekisho.core.Secret;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import org.jspecify.annotations.Nullable;

/**
 * Who logs in where.
 *
 * @param database null for the usual one
 * @param encrypted whether by TLS, with the server's certificate verified
 */
record Login(
    Target target, String user, Secret password, @Nullable String database, boolean encrypted) {

  /**
   * As a secret says it. Without {@code ssl} what leaves this machine is encrypted, and what does
   * not is not.
   */
  static Login of(SecretDocument secret, int usualPort) throws FailedException {
    Target target = Target.of(secret, usualPort);
    String ssl = secret.textOrNull("ssl");
    return new Login(
        target,
        secret.text("username"),
        Secret.of(secret.text("password")),
        secret.textOrNull("dbname"),
        ssl == null ? !target.isLoopback() : Boolean.parseBoolean(ssl));
  }
}
