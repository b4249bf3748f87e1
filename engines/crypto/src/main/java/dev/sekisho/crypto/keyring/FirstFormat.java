package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keyring's first format, still read: one key a line as {@code number:base64}, bare, the last
 * one current. It is written in today's format when it is changed the next time.
 */
final class FirstFormat {

  private FirstFormat() {}

  /** Whether the text begins as one. */
  static boolean isOne(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .findFirst()
        .filter(line -> Character.isDigit(line.charAt(0)))
        .isPresent();
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when it is none; the message quotes nothing of it
   */
  static OpenKeyring parse(String text, Randomness randomness) {
    NavigableMap<Integer, OpenKeyring.DatedKey> keys = new TreeMap<>();
    try {
      for (String line : text.lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int colon = line.indexOf(':');
          int number = Integer.parseInt(line.substring(0, colon));
          byte[] key = Base64.getDecoder().decode(line.substring(colon + 1));
          if (number < 1 || key.length != 32 || (!keys.isEmpty() && number <= keys.lastKey())) {
            throw new IllegalArgumentException("not such a line");
          }
          keys.put(number, new OpenKeyring.DatedKey(Instant.EPOCH, Secret.of(key)));
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException notOne) {
      throw new IllegalArgumentException("not a keyring");
    }
    return new OpenKeyring(randomness.uuid().toString(), keys, Map.of());
  }
}
