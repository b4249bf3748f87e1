package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Digests;
import dev.sekisho.crypto.Keyring;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A keyring whose keys are opened, to be used, changed, and sealed again under the same or another
 * root key. Immutable.
 *
 * @param keys by number
 * @param bridges which new key may be had by which older one
 */
public record OpenKeyring(
    String id, NavigableMap<Integer, DatedKey> keys, Map<Integer, Integer> bridges) {

  /** A key and when it begins to seal. */
  public record DatedKey(Instant sealsFrom, Secret key) {}

  private static final int LENGTH = 32;
  private static final byte[] KNOWN = "sekisho".getBytes(StandardCharsets.UTF_8);

  /** A keyring with one new key. */
  public static OpenKeyring fresh(Randomness randomness, Instant now) {
    return new OpenKeyring(
        randomness.uuid().toString(), new TreeMap<>(Map.of(1, newKey(randomness, now))), Map.of());
  }

  private static DatedKey newKey(Randomness randomness, Instant from) {
    return new DatedKey(from.truncatedTo(ChronoUnit.SECONDS), Secret.of(randomness.bytes(LENGTH)));
  }

  /**
   * Opens the file's keys.
   *
   * @throws UnsealException when the root key is not the one, or the file was altered
   */
  public static OpenKeyring open(KeyringFile file, RootKey root) {
    checkRoot(file, root);
    try {
      root.open(purposeOfSeal(file), file.seal().bytes());
      NavigableMap<Integer, DatedKey> keys = new TreeMap<>();
      for (KeyringFile.SealedKey key : file.keys()) {
        byte[] opened =
            root.open(file.purpose(key.number(), key.sealsFrom()), key.sealed().bytes());
        keys.put(key.number(), new DatedKey(key.sealsFrom(), Secret.of(opened)));
        Arrays.fill(opened, (byte) 0);
      }
      Map<Integer, Integer> bridges = new HashMap<>();
      file.bridges().forEach(bridge -> bridges.put(bridge.number(), bridge.by()));
      return new OpenKeyring(file.id(), keys, Map.copyOf(bridges));
    } catch (CryptoException altered) {
      throw new UnsealException(
          "the keyring was altered since it was written; restore it from a backup");
    }
  }

  private static void checkRoot(KeyringFile file, RootKey root) {
    try {
      root.open(file.purposeOfCheck(), file.check().bytes());
    } catch (CryptoException other) {
      throw new UnsealException(
          switch (file.root().kind()) {
            case FILE -> "the keyring was altered since it was written; restore it from a backup";
            case PASSPHRASE -> "the passphrase is wrong, or the keyring's header was altered";
            case HSM -> "the HSM's key is not the one that sealed the keyring";
          });
    }
  }

  /** The file that holds these keys under that root key. */
  public KeyringFile sealedBy(RootKey root, Randomness randomness) {
    KeyringFile empty =
        new KeyringFile(id, root.form(), Blob.of(KNOWN), List.of(), List.of(), Blob.of(KNOWN));
    List<KeyringFile.SealedKey> sealed = new ArrayList<>();
    List<KeyringFile.Bridge> ways = new ArrayList<>();
    keys.forEach((number, key) -> {
      byte[] revealed = key.key().reveal();
      sealed.add(
          new KeyringFile.SealedKey(
              number,
              key.sealsFrom(),
              Blob.of(root.seal(empty.purpose(number, key.sealsFrom()), revealed))));
      Integer by = bridges.get(number);
      DatedKey older = by == null ? null : keys.get(by);
      if (by != null && older != null) {
        Keyring bridge = new Keyring(Map.of(by, older.key()), by, randomness);
        String purpose = KeyringFile.purposeOfBridge(id, number, key.sealsFrom());
        ways.add(new KeyringFile.Bridge(number, by, Blob.of(bridge.seal(purpose, revealed))));
      }
      Arrays.fill(revealed, (byte) 0);
    });
    KeyringFile unsealed =
        new KeyringFile(
            id,
            root.form(),
            Blob.of(root.seal(empty.purposeOfCheck(), KNOWN)),
            sealed,
            ways,
            Blob.of(KNOWN));
    return unsealed.withSeal(Blob.of(root.seal(purposeOfSeal(unsealed), KNOWN)));
  }

  private static String purposeOfSeal(KeyringFile file) {
    return "keyring/"
        + file.id()
        + "/seal/"
        + HexFormat.of()
            .formatHex(Digests.sha256(file.sealedText().getBytes(StandardCharsets.UTF_8)));
  }

  /** The same with one more key, which seals from then on and which running nodes take over. */
  public OpenKeyring withNewKey(Randomness randomness, Instant sealsFrom) {
    int last = keys.lastKey();
    NavigableMap<Integer, DatedKey> more = new TreeMap<>(keys);
    more.put(last + 1, newKey(randomness, sealsFrom));
    Map<Integer, Integer> ways = new HashMap<>(bridges);
    ways.put(last + 1, last);
    return new OpenKeyring(id, more, Map.copyOf(ways));
  }

  /** The same without those keys, and without any way from an older key to a newer one. */
  public OpenKeyring without(Set<Integer> retired) {
    NavigableMap<Integer, DatedKey> fewer = new TreeMap<>(keys);
    retired.forEach(fewer::remove);
    return new OpenKeyring(id, fewer, Map.of());
  }

  /** The number of the key that seals at that time. */
  public int current(Instant now) {
    return current(keys, now);
  }

  static int current(NavigableMap<Integer, DatedKey> keys, Instant now) {
    for (int number : keys.descendingKeySet()) {
      DatedKey key = keys.get(number);
      if (key != null && !key.sealsFrom().isAfter(now)) {
        return number;
      }
    }
    return keys.firstKey();
  }

  /** The keys as they are used. */
  public Keyring inUse(Randomness randomness, Instant now) {
    Map<Integer, Secret> bare = new HashMap<>();
    keys.forEach((number, key) -> bare.put(number, key.key()));
    return new Keyring(bare, current(now), randomness);
  }
}
