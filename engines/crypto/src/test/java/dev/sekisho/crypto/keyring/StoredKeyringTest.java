package dev.sekisho.crypto.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredKeyringTest {

  private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-26T00:00:00Z");

  private final Randomness randomness = Randomness.system();
  private final KnownSecrets secrets = new KnownSecrets("a passphrase for tests");
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path path;

  @SuppressWarnings("NullAway.Init")
  private StoredKeyring stored;

  @BeforeEach
  void name() {
    path = folder.resolve("keyring");
    stored = new StoredKeyring(path, randomness);
  }

  @Test
  void isMadeOnceReadableByItsOwnerOnly() throws IOException {
    stored.create(RootKind.FILE, secrets, NOW);
    String text = Files.readString(path);
    stored.create(RootKind.FILE, secrets, NOW);

    assertThat(Files.readString(path)).isEqualTo(text);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
    assertThat(stored.open(secrets).keys()).containsOnlyKeys(1);
  }

  @Test
  void keepsItsKeysFromOneRootKeyToTheNext() throws IOException {
    stored.create(RootKind.FILE, secrets, NOW);
    OpenKeyring first = stored.open(secrets);
    OpenKeyring second = first.withNewKey(randomness, LATER);
    stored.replace(second, RootKind.PASSPHRASE, secrets);
    assertThat(stored.open(secrets)).isEqualTo(second);
    String passphrase = Files.readString(path);

    stored.replace(second, secrets);
    assertThat(stored.open(secrets)).isEqualTo(second);
    assertThat(root(Files.readString(path))).isEqualTo(root(passphrase));
    stored.replace(second, RootKind.PASSPHRASE, secrets);
    assertThat(root(Files.readString(path))).as("a new salt").isNotEqualTo(root(passphrase));

    stored.replace(second.without(Set.of(1)), RootKind.FILE, secrets);
    OpenKeyring last = stored.open(secrets);
    assertThat(last.id()).isEqualTo(first.id());
    assertThat(last.keys()).containsOnlyKeys(2);
    assertThat(last.bridges()).isEmpty();
    assertThat(last.keys().get(2)).isEqualTo(second.keys().get(2));
  }

  private static String root(String text) {
    return text.lines().filter(line -> line.startsWith("root: ")).findFirst().orElseThrow();
  }

  @Test
  void holdsNoKeyInTheClearButTheRootKeyOfItsOwnKind() throws IOException {
    stored.create(RootKind.PASSPHRASE, secrets, NOW);
    OpenKeyring opened = stored.open(secrets).withNewKey(randomness, NOW);
    stored.replace(opened, secrets);
    String text = Files.readString(path);

    assertThat(text).doesNotContain("a passphrase for tests").doesNotContain("root: file");
    opened
        .keys()
        .values()
        .forEach(key ->
            assertThat(text)
                .doesNotContain(
                    Base64.getEncoder().withoutPadding().encodeToString(key.key().reveal())));
  }

  @Test
  void aWrongPassphraseIsSaidAndChangesNothing() throws IOException {
    stored.create(RootKind.PASSPHRASE, secrets, NOW);
    String text = Files.readString(path);

    KnownSecrets wrong = new KnownSecrets("another passphrase");
    assertThatThrownBy(() -> stored.open(wrong))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("passphrase is wrong")
        .hasMessageNotContaining("another");
    assertThat(Files.readString(path)).isEqualTo(text);
  }

  @Test
  void aPassphraseIsTheSameHoweverItsLettersAreComposed() {
    KnownSecrets composed =
        new KnownSecrets(Normalizer.normalize("Schlüsselbrett für viele", Normalizer.Form.NFC));
    KnownSecrets apart =
        new KnownSecrets(Normalizer.normalize("Schlüsselbrett für viele", Normalizer.Form.NFD));
    assertThat(composed.passphrase()).isNotEqualTo(apart.passphrase());
    stored.create(RootKind.PASSPHRASE, composed, NOW);

    assertThat(stored.open(apart).keys()).containsOnlyKeys(1);
  }

  @Test
  void everyAlteredByteIsRefused() throws IOException {
    stored.create(RootKind.FILE, secrets, NOW);
    stored.replace(stored.open(secrets).withNewKey(randomness, LATER), RootKind.FILE, secrets);
    byte[] text = Files.readAllBytes(path);
    for (int i = 0; i < text.length; i++) {
      byte[] altered = text.clone();
      altered[i] ^= 1;
      Files.write(path, altered);
      assertThatThrownBy(() -> stored.open(secrets))
          .as("byte %d", i)
          .isInstanceOf(UnsealException.class);
    }
  }

  @Test
  void linesThatAreMissingMovedOrOfAnEarlierStateAreRefused() throws IOException {
    stored.create(RootKind.FILE, secrets, NOW);
    OpenKeyring two = stored.open(secrets).withNewKey(randomness, LATER);
    try (RootKey root = secrets.find(stored.header().orElseThrow().root(), randomness)) {
      String now = two.sealedBy(root, randomness).text();
      List<String> all = new ArrayList<>(now.lines().toList());
      all.addAll(two.without(Set.of(1)).sealedBy(root, randomness).text().lines().toList());
      Random random = new Random(20_261_125);
      for (int i = 0; i < 3_000; i++) {
        List<String> lines = new ArrayList<>(now.lines().toList());
        switch (random.nextInt(3)) {
          case 0 -> lines.remove(random.nextInt(lines.size()));
          case 1 ->
              Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
          default -> lines.set(random.nextInt(lines.size()), all.get(random.nextInt(all.size())));
        }
        String altered = String.join("\n", lines) + "\n";
        if (!altered.equals(now)) {
          Files.writeString(path, altered);
          assertThatThrownBy(() -> stored.open(secrets)).isInstanceOf(UnsealException.class);
        }
      }
      Files.writeString(path, now);
      assertThat(stored.open(secrets)).isEqualTo(two);
    }
  }

  @Test
  void aFileThatOthersMayReadOrThatIsNoneStopsTheStart() throws IOException {
    assertThatThrownBy(() -> stored.open(secrets)).isInstanceOf(UnsealException.class);
    stored.create(RootKind.FILE, secrets, NOW);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> stored.open(secrets))
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    for (String text : List.of("", "1:AAAA\n", "-1:AAAA\n", "x", "x".repeat((1 << 20) + 1))) {
      Files.writeString(path, text);
      assertThatThrownBy(() -> stored.open(secrets))
          .isInstanceOf(UnsealException.class)
          .hasMessageContaining("damaged")
          .hasMessageNotContaining("AAAA");
    }
  }

  @Test
  void theFirstFormatIsReadAndBroughtUpToDateByTheNextChange() throws IOException {
    String old = "# Sekisho root keys.\n1:" + base64(1) + "\n2:" + base64(2) + "\n";
    stored.file().create(old);

    OpenKeyring opened = stored.open(secrets);
    assertThat(opened.keys()).containsOnlyKeys(1, 2);
    assertThat(opened.current(NOW)).isEqualTo(2);
    assertThat(stored.header()).isEmpty();
    stored.replace(opened.withNewKey(randomness, NOW), RootKind.FILE, secrets);
    assertThat(stored.open(secrets).keys()).containsOnlyKeys(1, 2, 3);
    assertThat(stored.header()).isPresent();
  }

  private static String base64(int fill) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  @Test
  void oneChangeAtATime() {
    stored.create(RootKind.FILE, secrets, NOW);
    try (KeyringPath.Change _ = stored.file().change()) {
      assertThatThrownBy(() -> stored.file().change())
          .isInstanceOf(UnsealException.class)
          .hasMessageContaining("another command");
    }
    stored.file().change().close();
  }

  @Test
  void aKeySealsFromItsTimeOn() {
    OpenKeyring two = OpenKeyring.fresh(randomness, NOW).withNewKey(randomness, LATER);
    assertThat(two.current(NOW)).isEqualTo(1);
    assertThat(two.current(LATER.minusMillis(1))).isEqualTo(1);
    assertThat(two.current(LATER)).isEqualTo(2);
    assertThat(two.current(NOW.minusSeconds(60))).as("a clock that lags").isEqualTo(1);
  }

  /** Secrets that a test knows, in place of a person. */
  record KnownSecrets(String words) implements RootAccess {

    @Override
    public Secret passphrase() {
      return Secret.of(words);
    }

    @Override
    public Secret newPassphrase() {
      return Secret.of(words);
    }

    @Override
    public HsmToken token() {
      throw new UnsealException("no token in this test");
    }
  }
}
