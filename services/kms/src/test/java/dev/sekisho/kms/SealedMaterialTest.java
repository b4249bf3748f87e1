package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that was drawn as a key is ever found in the data folder as it is. */
class SealedMaterialTest {

  private static final int KEY = 32;

  @TempDir private Path folder;

  @Test
  void noKeyIsInAnyFile() throws IOException {
    try (KmsFixture fixture = new KmsFixture(folder)) {
      for (int i = 0; i < 20; i++) {
        fixture.create();
      }
      List<String> drawn =
          fixture.drawn().stream()
              .filter(bytes -> bytes.length == KEY)
              .map(HexFormat.of()::formatHex)
              .toList();
      // The root key, and for each key its material and its material's id.
      assertThat(drawn).hasSize(1 + 20 * 2);
      String written = everyFileInHexadecimal();
      assertThat(written).isNotEmpty();
      assertThat(drawn).noneMatch(written::contains);
    }
  }

  private String everyFileInHexadecimal() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return all.toString();
  }
}
