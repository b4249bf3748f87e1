package dev.sekisho.s3;

import org.jspecify.annotations.Nullable;

/**
 * The part of an object that a {@code Range} header asks for.
 *
 * @param from the first byte, from 0
 * @param length how many; at least 1
 */
record ByteRange(long from, long length) {

  private static final String UNIT = "bytes=";

  /**
   * Reads the header. What is not one range of bytes asks for nothing in particular, and then the
   * whole object is the answer, as RFC 9110 wants it.
   *
   * @return null for the whole object
   * @throws dev.sekisho.core.ServiceException InvalidRange when the object has no byte of it
   */
  static @Nullable ByteRange parse(@Nullable String header, long size) {
    if (header == null || !header.startsWith(UNIT)) {
      return null;
    }
    String range = header.substring(UNIT.length()).strip();
    int dash = range.indexOf('-');
    if (dash < 0 || range.indexOf(',') >= 0) {
      return null;
    }
    long first = number(range.substring(0, dash).strip());
    long last = number(range.substring(dash + 1).strip());
    if (first == MALFORMED || last == MALFORMED || (first == ABSENT && last == ABSENT)) {
      return null;
    }
    if (first == ABSENT) {
      if (last == 0 || size == 0) {
        throw S3Errors.invalidRange(header, size);
      }
      long length = Math.min(last, size);
      return new ByteRange(size - length, length);
    }
    if (last != ABSENT && last < first) {
      return null;
    }
    if (first >= size) {
      throw S3Errors.invalidRange(header, size);
    }
    long end = last == ABSENT ? size - 1 : Math.min(last, size - 1);
    return new ByteRange(first, end - first + 1);
  }

  private static final long ABSENT = -1;
  private static final long MALFORMED = -2;
  private static final int DIGITS = 18;

  private static long number(String text) {
    if (text.isEmpty()) {
      return ABSENT;
    }
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return MALFORMED;
    }
    // Larger than any object: the end is cut to the object's, a beginning lies beyond it.
    return text.length() > DIGITS ? Long.MAX_VALUE : Long.parseLong(text);
  }

  /** What {@code Content-Range} says of it. */
  String contentRange(long size) {
    return "bytes " + from + '-' + (from + length - 1) + '/' + size;
  }
}
