package dev.sekisho.s3;

/**
 * The CRC of two texts in a row, out of the CRC of each and the length of the second.
 *
 * <p>A CRC is linear: appending zeros to a text multiplies its remainder by a power of x, modulo
 * the polynomial. The power is found by squaring.
 */
final class CrcCombination {

  private final int width;
  private final long polynomial;
  private final long one;

  /**
   * @param width bits of the checksum: 32 or 64
   * @param polynomial without its highest power, lowest power in the highest bit of the width
   */
  CrcCombination(int width, long polynomial) {
    this.width = width;
    this.polynomial = polynomial;
    this.one = 1L << (width - 1);
  }

  /** The checksum of the first text followed by the second. */
  long combine(long first, long second, long secondLength) {
    return multiply(first, shift(secondLength)) ^ second;
  }

  /** x to the power of eight times the bytes. */
  private long shift(long bytes) {
    long result = one;
    long square = one >>> 8;
    for (long rest = bytes; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  private long multiply(long left, long right) {
    long product = 0;
    long factor = right;
    for (int bit = width - 1; bit >= 0; bit--) {
      if (((left >>> bit) & 1) != 0) {
        product ^= factor;
      }
      factor = (factor & 1) == 0 ? factor >>> 1 : (factor >>> 1) ^ polynomial;
    }
    return product;
  }
}
