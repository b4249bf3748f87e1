package dev.sekisho.waf.text;

/** ASCII's letters in one case; bytes beyond ASCII stay, for they may be half of a character. */
final class LetterCase {

  private LetterCase() {}

  static byte[] lower(byte[] value) {
    return shifted(value, 'A', 'Z', 'a' - 'A');
  }

  static byte[] upper(byte[] value) {
    return shifted(value, 'a', 'z', 'A' - 'a');
  }

  private static byte[] shifted(byte[] value, char first, char last, int by) {
    byte[] shifted = value.clone();
    for (int i = 0; i < shifted.length; i++) {
      if (shifted[i] >= first && shifted[i] <= last) {
        shifted[i] = (byte) (shifted[i] + by);
      }
    }
    return shifted;
  }
}
