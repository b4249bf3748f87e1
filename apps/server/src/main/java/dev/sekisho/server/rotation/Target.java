package dev.sekisho.server.rotation;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.util.Locale;
import java.util.Set;

/**
 * A server that functions connect to.
 *
 * @param host a name or an address, in small letters
 * @param port 1 to 65535
 */
public record Target(String host, int port) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  /** Takes the name as everybody writes it. */
  public Target {
    host = host.toLowerCase(Locale.ROOT);
    if (host.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no server: " + host + ":" + port);
    }
  }

  /**
   * Reads {@code HOST:PORT}.
   *
   * @throws IllegalArgumentException with a message for the person
   */
  public static Target parse(String option, String value) {
    int colon = value.lastIndexOf(':');
    try {
      return new Target(
          value.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", ""),
          Integer.parseInt(value.substring(colon + 1)));
    } catch (IllegalArgumentException notOne) {
      throw new IllegalArgumentException(option + " takes HOST:PORT, not " + value, notOne);
    }
  }

  static Target of(SecretDocument secret, int usualPort) throws FailedException {
    String port = secret.textOrNull("port");
    try {
      return new Target(secret.text("host"), port == null ? usualPort : Integer.parseInt(port));
    } catch (IllegalArgumentException notOne) {
      throw new FailedException("the secret's host and port name no server");
    }
  }

  boolean isLoopback() {
    return LOOPBACK.contains(host);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
