package dev.sekisho.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk stops writes, not reads, and nothing needs a restart once there is room again. */
class SqliteFullTest {

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void goesOnReadingWhenThePagesRunOutAndWritingAfterwards() {
    try (Database database =
        SqliteDatabase.open(folder.resolve("store.db"), List.of(Sample.SCHEMA))) {
      database.append(transaction -> Sample.insert(transaction, "first", 1));
      database.write(transaction ->
          StoreTransaction.handle(transaction)
              .createQuery("pragma max_page_count = 1")
              .mapTo(Long.class)
              .one());

      assertThatThrownBy(() -> append(database, "large")).isInstanceOf(StoreFullException.class);

      assertThat(Sample.names(database)).containsExactly("first");
      database.write(transaction ->
          StoreTransaction.handle(transaction)
              .createQuery("pragma max_page_count = 100000")
              .mapTo(Long.class)
              .one());
      append(database, "large");
      assertThat(Sample.names(database)).containsExactly("first", "large");
    }
  }

  @Test
  void goesOnWhenARealDiskHasRoomAgain() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0,
        "only root can mount a small disk");
    try (Database database =
        SqliteDatabase.open(disk.resolve("store.db"), List.of(Sample.SCHEMA))) {
      Path ballast = Files.write(disk.resolve("ballast"), new byte[2 << 20]);
      int[] kept = {0};

      assertThatThrownBy(
              () -> {
                while (kept[0] < 1_000) {
                  append(database, "row" + kept[0]);
                  kept[0]++;
                }
              })
          .isInstanceOf(StoreFullException.class);

      assertThat(Sample.names(database)).hasSize(kept[0]);
      Files.delete(ballast);
      append(database, "after");
      assertThat(Sample.names(database)).hasSize(kept[0] + 1).contains("after");
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static void append(Database database, String name) {
    database.append(transaction ->
        StoreTransaction.handle(transaction)
            .execute(
                "insert into sample (name, number, content) values (?, 1, ?)",
                name,
                new byte[50_000]));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
