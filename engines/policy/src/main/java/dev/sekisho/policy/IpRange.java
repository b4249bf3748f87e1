package dev.sekisho.policy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of IPv4 or IPv6 addresses, compared as numbers; no name is ever looked up. */
public record IpRange(byte[] network, int prefix) {

  private static final int LONGEST = 45;

  /** Reads {@code 203.0.113.0/24}, {@code 2001:db8::/32} or a single address; null when neither. */
  public static @Nullable IpRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = address(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      return null;
    }
    int bits = network.length * 8;
    if (slash < 0) {
      return new IpRange(network, bits);
    }
    String length = text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
      return null;
    }
    return new IpRange(network, Integer.parseInt(length));
  }

  public boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefix / 8;
    int rest = prefix % 8;
    if (!Arrays.equals(network, 0, whole, address, 0, whole)) {
      return false;
    }
    int mask = rest == 0 ? 0 : 0xff << (8 - rest) & 0xff;
    return rest == 0 || (network[whole] & mask) == (address[whole] & mask);
  }

  /** The bytes of an address in its usual notation, or null when it is none. */
  static byte @Nullable [] address(String text) {
    if (text.length() > LONGEST || text.isEmpty()) {
      return null;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return null;
      }
    }
    try {
      return java.net.InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }
}
