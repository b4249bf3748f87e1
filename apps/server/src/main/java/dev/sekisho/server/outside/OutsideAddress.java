package dev.sekisho.server.outside;

import java.net.URI;
import java.util.Set;

/** Addresses that an administrator names. */
public final class OutsideAddress {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  private OutsideAddress() {}

  /**
   * Reads one. Whatever is sent is nobody else's business, so it goes by TLS or stays on the
   * machine.
   *
   * @param option what named it, for the refusal
   * @throws IllegalArgumentException with a message for the person
   */
  public static URI parse(String option, String value) {
    try {
      URI address = URI.create(value);
      String host = address.getHost();
      if (host != null
          && address.getRawUserInfo() == null
          && ("https".equals(address.getScheme())
              || ("http".equals(address.getScheme()) && LOOPBACK.contains(host)))) {
        return address;
      }
    } catch (IllegalArgumentException notOne) {
      // The same refusal as for one of another kind.
    }
    throw new IllegalArgumentException(
        option + " takes an https address, or an http one of this machine");
  }
}
