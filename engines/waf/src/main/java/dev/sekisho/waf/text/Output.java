package dev.sekisho.waf.text;

import java.util.Arrays;

/** Bytes that become a transformed value. */
final class Output {

  private byte[] bytes;
  private int length;

  /**
   * @param expected how many bytes there will be, if all goes the usual way
   */
  Output(int expected) {
    bytes = new byte[Math.max(expected, 8)];
  }

  Output put(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) value;
    return this;
  }

  Output put(byte[] from, int begin, int end) {
    for (int i = begin; i < end; i++) {
      put(from[i]);
    }
    return this;
  }

  int length() {
    return length;
  }

  /** The last byte so far, or -1 when there is none. */
  int last() {
    return length == 0 ? -1 : bytes[length - 1] & 0xff;
  }

  byte byteAt(int index) {
    return bytes[index];
  }

  /** Takes back what came after so many bytes. */
  void cut(int to) {
    length = to;
  }

  byte[] done() {
    return Arrays.copyOf(bytes, length);
  }
}
