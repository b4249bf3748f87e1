package dev.sekisho.bench;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventId;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventResource;
import dev.sekisho.store.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Events of 1 KB appended to a log on SQLite by many callers, each on disk before the next. */
final class EventAppends {

  private static final int[] CALLERS = {64, 512};
  private static final String ACCOUNT = "111122223333";
  private static final Blob RECORD =
      Blob.of(("{\"filler\":\"" + "x".repeat(1_000) + "\"}").getBytes(StandardCharsets.UTF_8));

  private final Duration time;
  private final Randomness randomness = Randomness.system();

  EventAppends(Duration time) {
    this.time = time;
  }

  void run() throws IOException {
    System.out.println("| events appended | CPU µs each | a second |");
    System.out.println("|---|---|---|");
    Path folder = Files.createTempDirectory("sekisho-events");
    try (SqliteDatabase database =
        SqliteDatabase.open(folder.resolve("events.db"), List.of(EventLog.SCHEMA))) {
      EventLog log = new EventLog(database);
      append(log, CALLERS[0]);
      for (int callers : CALLERS) {
        long cpu = cpuNanos();
        double count = append(log, callers);
        System.out.printf(
            Locale.ROOT,
            "| by %d callers at once | %.1f | %,.0f |%n",
            callers,
            (cpuNanos() - cpu) / 1e3 / count,
            count / time.toMillis() * 1e3);
      }
    }
    System.out.println();
  }

  private long append(EventLog log, int callers) {
    LongAdder count = new LongAdder();
    long end = System.nanoTime() + time.toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        threads.execute(() -> {
          while (System.nanoTime() < end) {
            log.append(event(Instant.now()));
            count.increment();
          }
        });
      }
    }
    return count.sum();
  }

  private Event event(Instant now) {
    return new Event(
        EventId.at(now, randomness),
        now,
        ACCOUNT,
        "us-east-1",
        "kms.amazonaws.com",
        "Encrypt",
        true,
        "alice",
        "AKIAIOSFODNN7EXAMPLE",
        List.of(
            new EventResource(
                "arn:aws:kms:us-east-1:" + ACCOUNT + ":key/measured", ACCOUNT, "AWS::KMS::Key")),
        RECORD);
  }

  private static long cpuNanos() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("the system does not tell processor time"))
        .toNanos();
  }
}
