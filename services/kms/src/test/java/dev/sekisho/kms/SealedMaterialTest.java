package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.kms.KeyMetadata;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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

  @Test
  void afterDeletionTheSealedMaterialIsInNoFileEither() throws IOException {
    try (KmsFixture fixture = new KmsFixture(folder)) {
      KeyMetadata stays = fixture.create();
      List<String> goes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        goes.add(fixture.create().keyId());
      }
      String kept = sealed(fixture, stays.keyId());
      List<String> sealed = goes.stream().map(key -> sealed(fixture, key)).toList();
      assertThat(sealed).allMatch(everyFileInHexadecimal()::contains);

      goes.forEach(key ->
          fixture.run(
              fixture.kms()::scheduleKeyDeletion,
              ScheduleKeyDeletionRequest.builder().keyId(key).pendingWindowInDays(7).build()));
      fixture.advance(Duration.ofDays(8));
      fixture.kms().sweep(fixture.now());

      String written = everyFileInHexadecimal();
      assertThat(written).contains(kept);
      assertThat(sealed).noneMatch(written::contains);
    }
  }

  private static String sealed(KmsFixture fixture, String key) {
    return fixture
        .database()
        .read(handle ->
            HexFormat.of()
                .formatHex(
                    handle
                        .createQuery("select sealed from kms_material where key_id = ?")
                        .bind(0, key)
                        .mapTo(byte[].class)
                        .one()));
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
