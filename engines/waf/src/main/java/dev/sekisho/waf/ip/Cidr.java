package dev.sekisho.waf.ip;

import java.util.Optional;

/**
 * A block of addresses, such as {@code 192.0.2.0/24}.
 *
 * @param first the lowest address
 * @param last the highest one, of the same kind
 */
public record Cidr(Address first, Address last) {

  private static final int FOUR = 32;
  private static final int SIX = 128;

  /**
   * Reads a block. As in WAF's IP sets the prefix must be there and at least 1; bits behind it do
   * not count. A block of IPv4 must be written as one.
   */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String prefix = text.substring(slash + 1);
    if (!prefix.matches("[1-9]\\d{0,2}")) {
      return Optional.empty();
    }
    int length = Integer.parseInt(prefix);
    return Address.parse(text.substring(0, slash))
        .filter(address -> address.six() == (text.indexOf(':') >= 0))
        .filter(address -> length <= (address.six() ? SIX : FOUR))
        .map(address -> of(address, length));
  }

  private static Cidr of(Address address, int length) {
    if (!address.six()) {
      long host = 0xffff_ffffL >>> length;
      return new Cidr(
          new Address(false, 0, address.low() & ~host),
          new Address(false, 0, address.low() | host));
    }
    long high = length >= 64 ? 0 : -1L >>> length;
    long low = length == SIX ? 0 : length <= 64 ? -1L : -1L >>> (length - 64);
    return new Cidr(
        new Address(true, address.high() & ~high, address.low() & ~low),
        new Address(true, address.high() | high, address.low() | low));
  }
}
