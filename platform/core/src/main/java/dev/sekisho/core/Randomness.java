package dev.sekisho.core;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Where unpredictable bytes come from. Everything that needs them takes this by its constructor;
 * only {@link #system} touches the system's generator.
 */
@FunctionalInterface
public interface Randomness {

  /** Fills the array with unpredictable bytes. */
  void fill(byte[] bytes);

  default byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    fill(bytes);
    return bytes;
  }

  /** A random UUID (version 4), as AWS uses for request ids, event ids and key ids. */
  default UUID uuid() {
    byte[] bytes = bytes(16);
    long high = 0;
    long low = 0;
    for (int i = 0; i < 8; i++) {
      high = (high << 8) | (bytes[i] & 0xff);
      low = (low << 8) | (bytes[i + 8] & 0xff);
    }
    high = (high & ~0xf000L) | 0x4000L;
    low = (low & ~(0xc0L << 56)) | (0x80L << 56);
    return new UUID(high, low);
  }

  /**
   * A text of {@code length} characters drawn evenly from the alphabet.
   *
   * @param alphabet 2 to 256 characters
   */
  default String text(String alphabet, int length) {
    RandomGenerator generator =
        () -> {
          byte[] bytes = bytes(8);
          long value = 0;
          for (byte each : bytes) {
            value = (value << 8) | (each & 0xff);
          }
          return value;
        };
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(generator.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** The operating system's generator. */
  static Randomness system() {
    return new SecureRandom()::nextBytes;
  }
}
