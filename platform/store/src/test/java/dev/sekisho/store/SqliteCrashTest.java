package dev.sekisho.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed at any moment has kept all that it acknowledged and nothing by halves. */
class SqliteCrashTest {

  private static final int CRASHES = 20;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void keepsWhatWasAcknowledgedAndNothingByHalves() throws IOException {
    Path file = folder.resolve("store.db");
    Random random = new Random(17);
    Set<String> acknowledged = new HashSet<>();
    for (int crash = 0; crash < CRASHES; crash++) {
      int before = acknowledged.size();
      runAndKill(file, "run" + crash, 1 + random.nextInt(400), acknowledged);
      assertThat(acknowledged).hasSizeGreaterThan(before);

      try (Database database = SqliteDatabase.open(file, List.of(Sample.SCHEMA))) {
        Set<String> kept = new HashSet<>(Sample.names(database));
        assertThat(kept.containsAll(acknowledged)).as("all that was acknowledged").isTrue();
        assertThat(kept)
            .allSatisfy(name ->
                assertThat(kept)
                    .contains(name.endsWith("-half") ? name.replace("-half", "") : name + "-half"));
      }
    }
  }

  /** Kills it after so many acknowledgements, wherever it then is in its next writes. */
  private static void runAndKill(Path file, String prefix, int lines, Set<String> acknowledged)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path", ""),
                CrashingWriter.class.getName(),
                file.toString(),
                prefix)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      int read = 0;
      // What it said before it died counts, so this goes on to the end of its output.
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(prefix + "-")) {
          acknowledged.add(line);
        }
        read++;
        if (read == lines) {
          // Through its handle, because the process itself would close its output with it.
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.onExit().join();
  }
}
