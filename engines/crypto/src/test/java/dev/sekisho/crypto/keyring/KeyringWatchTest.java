package dev.sekisho.crypto.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes on one file, one of them looking: neither is told the new root key. */
class KeyringWatchTest {

  private static final Instant START = Instant.parse("2026-11-25T00:00:00Z");

  private final Randomness randomness = Randomness.system();
  private final AtomicReference<Instant> time = new AtomicReference<>(START);
  private final RootAccess secrets = new StoredKeyringTest.KnownSecrets("a passphrase for tests");
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private StoredKeyring stored;

  @BeforeEach
  void create() {
    stored = new StoredKeyring(folder.resolve("keyring"), randomness);
    stored.create(RootKind.FILE, secrets, START);
  }

  private record Node(Keyring keyring, KeyringWatch watch) {}

  private Node node() {
    OpenKeyring opened = stored.open(secrets);
    Keyring keyring = opened.inUse(randomness, time.get());
    return new Node(keyring, new KeyringWatch(stored, opened, keyring, time::get));
  }

  private void rotate(Instant sealsFrom) {
    stored.replace(
        stored.open(secrets).withNewKey(randomness, sealsFrom), RootKind.PASSPHRASE, secrets);
  }

  @Test
  void aNewKeyIsTakenOverAndSealsFromItsTimeOn() {
    Node node = node();
    rotate(START.plusSeconds(600));
    node.watch().look();
    assertThat(node.keyring().numbers()).containsExactlyInAnyOrder(1, 2);
    assertThat(node.keyring().current()).isEqualTo(1);

    time.set(START.plusSeconds(600));
    node.watch().look();
    assertThat(node.keyring().current()).isEqualTo(2);
    assertThat(node().keyring().open("p", node.keyring().seal("p", new byte[3])))
        .isEqualTo(new byte[3]);
  }

  @Test
  void whatAnotherNodeSealedOpensBeforeTheNextLook() {
    Node slow = node();
    Node quick = node();
    rotate(START);
    rotate(START);
    quick.watch().look();
    assertThat(quick.keyring().current()).isEqualTo(3);

    assertThat(slow.keyring().open("p", quick.keyring().seal("p", new byte[3])))
        .isEqualTo(new byte[3]);
  }

  @Test
  void aNodeThatKnowsTheFirstFormatTakesTheNextOver() throws IOException {
    byte[] sealed = node().keyring().seal("p", new byte[3]);
    OpenKeyring opened = stored.open(secrets);
    Files.delete(stored.file().path());
    stored
        .file()
        .create(
            "1:"
                + Base64.getEncoder()
                    .encodeToString(opened.keys().firstEntry().getValue().key().reveal())
                + "\n");
    Node node = node();
    assertThat(node.keyring().open("p", sealed)).isEqualTo(new byte[3]);

    rotate(START);
    node.watch().look();
    assertThat(node.keyring().current()).isEqualTo(2);
  }

  @Test
  void aForgedDamagedOrForeignFileChangesNothing() throws IOException {
    Node node = node();
    String good = Files.readString(stored.file().path());
    rotate(START);
    String next = Files.readString(stored.file().path());
    StoredKeyring foreign = new StoredKeyring(folder.resolve("foreign"), randomness);
    foreign.create(RootKind.FILE, secrets, START);
    foreign.replace(foreign.open(secrets).withNewKey(randomness, START), RootKind.FILE, secrets);
    String other = Files.readString(folder.resolve("foreign"));
    String bridge = line(other, "bridge: ");

    for (String bad :
        new String[] {
          "",
          "not a keyring\n",
          other,
          next.replace(line(next, "bridge: "), bridge),
          next.replace(line(next, "bridge: ") + "\n", "")
        }) {
      Files.writeString(stored.file().path(), bad);
      node.watch().look();
      assertThat(node.keyring().numbers()).containsExactly(1);
      assertThat(node.keyring().current()).isEqualTo(1);
    }
    Files.delete(stored.file().path());
    node.watch().look();
    Files.writeString(stored.file().path(), good);
    node.watch().look();
    assertThat(node.keyring().numbers()).containsExactly(1);
  }

  private static String line(String text, String name) {
    return text.lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
  }

  @Test
  void aRetiredKeyOpensNoMoreForWhoeverStartsAfterwards() {
    byte[] old = node().keyring().seal("p", new byte[3]);
    rotate(START);
    Node running = node();
    stored.replace(stored.open(secrets).without(Set.of(1)), secrets);

    running.watch().look();
    assertThat(running.keyring().open("p", old)).isEqualTo(new byte[3]);
    Keyring fresh = node().keyring();
    assertThatThrownBy(() -> fresh.open("p", old)).isInstanceOf(CryptoException.class);
    assertThat(fresh.open("p", running.keyring().seal("p", new byte[3]))).isEqualTo(new byte[3]);
  }
}
