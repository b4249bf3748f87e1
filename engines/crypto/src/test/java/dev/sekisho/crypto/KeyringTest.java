package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {

  private final Randomness randomness = Randomness.system();
  @TempDir private Path folder;

  @Test
  void opensOnlyForThePurposeItSealedFor() {
    Keyring keyring = keyring(1);
    byte[] sealed = keyring.seal("a/1", bytes("hello"));

    assertThat(keyring.open("a/1", sealed)).isEqualTo(bytes("hello"));
    assertThatThrownBy(() -> keyring.open("a/2", sealed)).isInstanceOf(CryptoException.class);
    assertThatThrownBy(() -> keyring.open("a/1", new byte[3])).isInstanceOf(CryptoException.class);
  }

  @Test
  void everyAlteredByteIsRefused() {
    Keyring keyring = keyring(1);
    byte[] sealed = keyring.seal("p", bytes("hello"));
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> keyring.open("p", altered)).isInstanceOf(CryptoException.class);
    }
  }

  @Test
  void anOlderKeyStillOpensWhatItSealed() {
    Secret first = Secret.of(randomness.bytes(32));
    byte[] sealed = new Keyring(Map.of(1, first), 1, randomness).seal("p", bytes("old"));
    Keyring rotated =
        new Keyring(Map.of(1, first, 2, Secret.of(randomness.bytes(32))), 2, randomness);

    assertThat(rotated.open("p", sealed)).isEqualTo(bytes("old"));
    assertThat(rotated.open("p", rotated.seal("p", bytes("new")))).isEqualTo(bytes("new"));
  }

  @Test
  void theFileIsMadeOnceReadableByItsOwnerOnlyAndKeepsItsKey() throws IOException {
    Path file = folder.resolve("keyring");
    byte[] sealed = FileKeyring.open(file, randomness).seal("p", bytes("x"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(FileKeyring.open(file, randomness).open("p", sealed)).isEqualTo(bytes("x"));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFileThatOthersMayReadOrThatIsDamagedStopsTheStart() throws IOException {
    Path file = folder.resolve("keyring");
    FileKeyring.open(file, randomness);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> FileKeyring.open(file, randomness))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chmod 600");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "1:AAAA\n");
    assertThatThrownBy(() -> FileKeyring.open(file, randomness))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("damaged")
        .hasMessageNotContaining("AAAA");
  }

  private Keyring keyring(int current) {
    return new Keyring(Map.of(current, Secret.of(randomness.bytes(32))), current, randomness);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
