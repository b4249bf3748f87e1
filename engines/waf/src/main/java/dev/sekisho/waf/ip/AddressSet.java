package dev.sekisho.waf.ip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A set of blocks of addresses, for millions of them: sorted ranges that do not touch, in arrays.
 *
 * <p>A look takes as many steps as the number of blocks has bits; a block of IPv4 takes 16 bytes,
 * one of IPv6 32. Immutable.
 */
public final class AddressSet {

  private static final Comparator<Address> ORDER =
      Comparator.comparing(Address::high, Long::compareUnsigned)
          .thenComparing(Address::low, Long::compareUnsigned);

  private final Ranges four;
  private final Ranges six;

  private AddressSet(Ranges four, Ranges six) {
    this.four = four;
    this.six = six;
  }

  public static AddressSet of(Collection<Cidr> blocks) {
    return new AddressSet(Ranges.of(blocks, false), Ranges.of(blocks, true));
  }

  public boolean contains(Address address) {
    return (address.six() ? six : four).contains(address);
  }

  /** How many ranges are left once blocks that overlap or touch are one. */
  int ranges() {
    return four.firstLow.length + six.firstLow.length;
  }

  /** Ranges of one kind of address; IPv4 has no high halves. */
  private record Ranges(long[] firstHigh, long[] firstLow, long[] lastHigh, long[] lastLow) {

    static Ranges of(Collection<Cidr> blocks, boolean six) {
      List<Cidr> merged = new ArrayList<>();
      blocks.stream()
          .filter(block -> block.first().six() == six)
          .sorted(Comparator.comparing(Cidr::first, ORDER))
          .forEach(block -> {
            Cidr before = merged.isEmpty() ? null : merged.getLast();
            if (before != null && ORDER.compare(block.first(), next(before.last())) <= 0) {
              if (ORDER.compare(block.last(), before.last()) > 0) {
                merged.set(merged.size() - 1, new Cidr(before.first(), block.last()));
              }
            } else {
              merged.add(block);
            }
          });
      return new Ranges(
          six ? merged.stream().mapToLong(each -> each.first().high()).toArray() : new long[0],
          merged.stream().mapToLong(each -> each.first().low()).toArray(),
          six ? merged.stream().mapToLong(each -> each.last().high()).toArray() : new long[0],
          merged.stream().mapToLong(each -> each.last().low()).toArray());
    }

    /** The address after it; the last one of all is followed by itself. */
    private static Address next(Address address) {
      long low = address.low() + 1;
      if (low != 0) {
        return new Address(address.six(), address.high(), low);
      }
      return address.high() == -1 ? address : new Address(address.six(), address.high() + 1, 0);
    }

    boolean contains(Address address) {
      int low = 0;
      int high = firstLow.length - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (compare(firstHigh, firstLow, middle, address) > 0) {
          high = middle - 1;
        } else if (compare(lastHigh, lastLow, middle, address) < 0) {
          low = middle + 1;
        } else {
          return true;
        }
      }
      return false;
    }

    private static int compare(long[] highs, long[] lows, int at, Address address) {
      int high = highs.length == 0 ? 0 : Long.compareUnsigned(highs[at], address.high());
      return high != 0 ? high : Long.compareUnsigned(lows[at], address.low());
    }
  }
}
