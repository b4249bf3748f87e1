package dev.sekisho.crypto.keyring;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets a running node take over what changed in the keyring's file: a new key by the bridge from an
 * older one, without the root key, and its turn to seal. A file that is no good changes nothing.
 */
public final class KeyringWatch {

  private static final System.Logger LOG = System.getLogger(KeyringWatch.class.getName());

  private final StoredKeyring stored;
  private final Keyring keyring;
  private final InstantSource clock;
  private final NavigableMap<Integer, OpenKeyring.DatedKey> keys;
  private final String id;
  private @Nullable String seen;

  public KeyringWatch(
      StoredKeyring stored, OpenKeyring opened, Keyring keyring, InstantSource clock) {
    this.stored = stored;
    this.keyring = keyring;
    this.clock = clock;
    this.keys = new TreeMap<>(opened.keys());
    this.id = stored.header().isEmpty() ? "" : opened.id();
    keyring.whenUnknown(this::look);
  }

  /** Looks at the file, which costs little when it is as it was. */
  public synchronized void look() {
    try {
      String mark = mark();
      if (!mark.equals(seen)) {
        seen = mark;
        stored.header().ifPresent(this::take);
      }
    } catch (IOException | UnsealException | IllegalStateException noGood) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the keyring was changed but is not taken over: " + noGood.getMessage());
    }
    int due = OpenKeyring.current(keys, clock.instant());
    // Never back: what a newer key has sealed need not open with an older keyring.
    if (due > keyring.current()) {
      keyring.sealWith(due);
      LOG.log(System.Logger.Level.INFO, "the keyring's key " + due + " seals from now on");
    }
  }

  private void take(KeyringFile file) {
    if (!id.isEmpty() && !id.equals(file.id())) {
      throw new UnsealException("it is another keyring");
    }
    for (KeyringFile.Bridge bridge : file.bridges()) {
      if (keyring.numbers().contains(bridge.by())) {
        file.keys().stream()
            .filter(key -> key.number() == bridge.number())
            .findFirst()
            .ifPresent(key -> cross(file.id(), bridge, key.sealsFrom()));
      }
    }
    int last = file.keys().getLast().number();
    if (last > keys.lastKey()) {
      throw new UnsealException(
          "there is no way to its key " + last + " from the keys of this node; start it again");
    }
  }

  private void cross(String of, KeyringFile.Bridge bridge, Instant sealsFrom) {
    byte[] opened;
    try {
      opened =
          keyring.open(
              KeyringFile.purposeOfBridge(of, bridge.number(), sealsFrom), bridge.sealed().bytes());
    } catch (CryptoException forged) {
      throw new UnsealException("its key " + bridge.number() + " does not open");
    }
    Secret key = Secret.of(opened);
    Arrays.fill(opened, (byte) 0);
    keyring.add(bridge.number(), key);
    keys.putIfAbsent(bridge.number(), new OpenKeyring.DatedKey(sealsFrom, key));
  }

  private String mark() throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(stored.file().path(), BasicFileAttributes.class);
    return attributes.fileKey() + "/" + attributes.size() + "/" + attributes.lastModifiedTime();
  }
}
