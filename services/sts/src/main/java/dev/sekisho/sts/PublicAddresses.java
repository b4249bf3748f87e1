package dev.sekisho.sts;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses a server that a stranger named may have.
 *
 * @see <a
 *     href="https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml">Special
 *     addresses</a>
 */
final class PublicAddresses {

  private PublicAddresses() {}

  /** Whether the address is one of the open internet. */
  static boolean holds(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? isPublic(bytes[0] & 0xff, bytes[1] & 0xff, bytes[2] & 0xff)
        : isPublic(bytes);
  }

  private static boolean isPublic(int first, int second, int third) {
    return switch (first) {
      case 0 -> false;
      case 100 -> second < 64 || second > 127;
      case 192 -> !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
      case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
      case 203 -> !(second == 0 && third == 113);
      default -> first < 240;
    };
  }

  /** Only global unicast, without what leads on into IPv4. */
  private static boolean isPublic(byte[] bytes) {
    int first = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    int second = ((bytes[2] & 0xff) << 8) | (bytes[3] & 0xff);
    boolean global = first >= 0x2000 && first <= 0x3fff;
    boolean sixToFour = first == 0x2002;
    boolean special = first == 0x2001 && (second < 0x200 || second == 0xdb8);
    return global && !sixToFour && !special;
  }
}
