package dev.sekisho.waf.ip;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address of IPv4 or IPv6.
 *
 * <p>INVARIANT: an IPv4 address that is written as an IPv6 one ({@code ::ffff:192.0.2.1}) is the
 * IPv4 address, so that nobody gets past a rule by writing it so.
 *
 * @param high the first 64 bits; 0 in IPv4
 * @param low the last 64 bits; in IPv4 the last 32 of them
 */
public record Address(boolean six, long high, long low) {

  /** The longest text of an address: IPv6 with an IPv4 address at its end. */
  static final int LONGEST = 45;

  private static final Pattern FOUR =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final long FOUR_WITHIN_SIX = 0xffffL;

  /**
   * Reads what stands for an address and for nothing else: IPv4 in four decimal numbers without
   * leading zeros, IPv6 as RFC 4291 has it without a zone.
   */
  public static Optional<Address> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      if (FOUR.matcher(text).matches()) {
        return Optional.of(of(Inet4Address.ofLiteral(text).getAddress()));
      }
      return SIX.matcher(text).matches()
          ? Optional.of(of(Inet6Address.ofLiteral(text).getAddress()))
          : Optional.empty();
    } catch (IllegalArgumentException isNone) {
      return Optional.empty();
    }
  }

  /**
   * The address of these bytes, the first of them first.
   *
   * @throws IllegalArgumentException when there are neither 4 nor 16
   */
  public static Address of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> new Address(false, 0, number(bytes, 0, 4));
      case 16 -> {
        long high = number(bytes, 0, 8);
        long low = number(bytes, 8, 16);
        yield high == 0 && low >>> 32 == FOUR_WITHIN_SIX
            ? new Address(false, 0, low & 0xffff_ffffL)
            : new Address(true, high, low);
      }
      default -> throw new IllegalArgumentException("no address has " + bytes.length + " bytes");
    };
  }

  private static long number(byte[] bytes, int begin, int end) {
    long number = 0;
    for (int i = begin; i < end; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }
}
