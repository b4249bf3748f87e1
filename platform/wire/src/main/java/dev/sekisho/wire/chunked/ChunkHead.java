package dev.sekisho.wire.chunked;

/**
 * The line before a chunk: its size and, when chunks are signed, its signature.
 *
 * @param signature empty when chunks are not signed
 */
record ChunkHead(long size, String signature) {

  /** A size of 16 digits, the extension's name and a signature fit. */
  static final int LONGEST = 128;

  private static final String SIGNATURE = ";chunk-signature=";
  private static final int MOST_DIGITS = 12;

  /**
   * Reads {@code 10000;chunk-signature=…}, or {@code 10000} when chunks are not signed.
   *
   * @throws ChunkedBodyException when it is neither
   */
  static ChunkHead parse(String line, boolean signed) throws ChunkedBodyException {
    int end = line.indexOf(';');
    String digits = end < 0 ? line : line.substring(0, end);
    boolean fits = signed ? end >= 0 && line.startsWith(SIGNATURE, end) : end < 0;
    if (!fits) {
      throw Lines.malformed();
    }
    return new ChunkHead(size(digits), signed ? line.substring(end + SIGNATURE.length()) : "");
  }

  private static long size(String digits) throws ChunkedBodyException {
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      throw Lines.malformed();
    }
    long size = 0;
    for (int i = 0; i < digits.length(); i++) {
      // No sign, no 0x, no digit of another script: Character.digit alone would take the last.
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw Lines.malformed();
      }
      size = size << 4 | digit;
    }
    return size;
  }
}
