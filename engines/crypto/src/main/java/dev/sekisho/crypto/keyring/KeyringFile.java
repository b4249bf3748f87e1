package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Blob;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The text of a keyring's file, line by line; nothing in it is opened here.
 *
 * @param id stays the same for all the keyring's life
 * @param check a known value, sealed by the root key: whether it is the right one
 * @param keys by growing number
 * @param bridges new keys sealed by older ones, for nodes that run
 * @param seal the root key's word that no line is altered, missing or added
 */
public record KeyringFile(
    String id, RootForm root, Blob check, List<SealedKey> keys, List<Bridge> bridges, Blob seal) {

  /**
   * A key of the keyring, sealed by the root key.
   *
   * @param sealsFrom when it begins to seal; it opens at once
   */
  public record SealedKey(int number, Instant sealsFrom, Blob sealed) {

    @Override
    public String toString() {
      return number + " " + sealsFrom + " " + sealed.base64();
    }
  }

  /**
   * A key of the keyring, sealed by an older one, so that whoever has that one opened takes this
   * one over without the root key.
   */
  public record Bridge(int number, int by, Blob sealed) {

    @Override
    public String toString() {
      return number + " " + by + " " + sealed.base64();
    }
  }

  private static final String COMMENT =
      "# Sekisho keyring. Keep it secret and backed up: without it the data cannot be opened.\n";
  private static final int LONGEST = 1 << 20;
  private static final Pattern SPACE = Pattern.compile(" ");

  public KeyringFile {
    keys = List.copyOf(keys);
    bridges = List.copyOf(bridges);
  }

  /**
   * Reads the text: there is one way to write a keyring, and any other is refused.
   *
   * @throws IllegalArgumentException when it is not a keyring; the message quotes nothing of it
   */
  public static KeyringFile parse(String text) {
    try {
      if (text.length() <= LONGEST) {
        KeyringFile read = read(text.lines().toList());
        if (read.text().equals(text)) {
          return read;
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException not) {
      // The cause could quote a key, so it does not travel.
    }
    throw new IllegalArgumentException("not a keyring");
  }

  private static KeyringFile read(List<String> lines) {
    List<SealedKey> keys = new ArrayList<>();
    List<Bridge> bridges = new ArrayList<>();
    int at = 5;
    for (; lines.get(at).startsWith("key: "); at++) {
      String[] words = SPACE.split(lines.get(at), -1);
      int number = Integer.parseInt(words[1]);
      if (number < 1 || (!keys.isEmpty() && number <= keys.getLast().number())) {
        throw new IllegalArgumentException("keys out of order");
      }
      keys.add(new SealedKey(number, Instant.parse(words[2]), blob(words[3])));
    }
    for (; lines.get(at).startsWith("bridge: "); at++) {
      String[] words = SPACE.split(lines.get(at), -1);
      bridges.add(
          new Bridge(Integer.parseInt(words[1]), Integer.parseInt(words[2]), blob(words[3])));
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no keys");
    }
    return new KeyringFile(
        UUID.fromString(value(lines.get(2), "id: ")).toString(),
        RootForm.parse(value(lines.get(3), "root: ")),
        blob(value(lines.get(4), "check: ")),
        keys,
        bridges,
        blob(value(lines.get(at), "seal: ")));
  }

  private static String value(String line, String name) {
    if (!line.startsWith(name)) {
      throw new IllegalArgumentException("not that line");
    }
    return line.substring(name.length());
  }

  private static Blob blob(String base64) {
    return Blob.of(Base64.getDecoder().decode(base64));
  }

  /** The whole text. */
  public String text() {
    return sealedText() + "seal: " + seal.base64() + "\n";
  }

  /** What the seal is on. */
  String sealedText() {
    StringBuilder text = new StringBuilder(COMMENT).append("format: 2\n");
    text.append("id: ").append(id).append("\nroot: ").append(root.text());
    text.append("\ncheck: ").append(check.base64()).append('\n');
    keys.forEach(key -> text.append("key: ").append(key).append('\n'));
    bridges.forEach(bridge -> text.append("bridge: ").append(bridge).append('\n'));
    return text.toString();
  }

  KeyringFile withSeal(Blob another) {
    return new KeyringFile(id, root, check, keys, bridges, another);
  }

  /** What a key is sealed for, by the root key. */
  String purpose(int number, Instant sealsFrom) {
    return "keyring/%s/key/%d/%s/%s".formatted(id, number, sealsFrom, root.shown());
  }

  /** What the check is sealed for. */
  String purposeOfCheck() {
    return "keyring/%s/check/%s".formatted(id, root.shown());
  }

  /** What a key is sealed for, by an older one. */
  static String purposeOfBridge(String id, int number, Instant sealsFrom) {
    return "keyring/%s/bridge/%d/%s".formatted(id, number, sealsFrom);
  }
}
