package dev.sekisho.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Blob;
import dev.sekisho.store.SqliteDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to look up events among many, or among very many: {@code
 * -Dsekisho.events=1000000}.
 */
class EventSearchScaleTest {

  private static final String ACCOUNT = "111122223333";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofMillis(100);

  @TempDir Path folder;

  @Test
  void everyLookupIsFastAmongMany() {
    int count = Integer.getInteger("sekisho.events", 20_000);
    try (SqliteDatabase database =
        SqliteDatabase.open(folder.resolve("events.db"), List.of(EventLog.SCHEMA))) {
      EventLog log = new EventLog(database);
      fill(database, log, count);
      Instant middle = BEGIN.plusMillis(10L * count / 2);

      measure(log, "newest", null, "", null);
      measure(log, "from the middle back", null, "", middle);
      measure(log, "a name that is everywhere", EventQuery.Attribute.EVENT_NAME, "Name1", null);
      measure(log, "a name that is rare", EventQuery.Attribute.EVENT_NAME, "Rare", null);
      measure(log, "a name that is nowhere", EventQuery.Attribute.EVENT_NAME, "Nothing", null);
      measure(log, "an id", EventQuery.Attribute.EVENT_ID, id(count / 3), null);
      measure(log, "a user", EventQuery.Attribute.USERNAME, "user-777", null);
      measure(log, "a user, further back", EventQuery.Attribute.USERNAME, "user-777", middle);
      measure(log, "a key", EventQuery.Attribute.ACCESS_KEY_ID, "AKIA5", null);
      measure(log, "a resource", EventQuery.Attribute.RESOURCE_NAME, "resource-4242", null);
      measure(log, "a type", EventQuery.Attribute.RESOURCE_TYPE, "AWS::KMS::Key", null);
      measure(log, "reads", EventQuery.Attribute.READ_ONLY, "true", middle);
    }
  }

  private static void fill(SqliteDatabase database, EventLog log, int count) {
    Random random = new Random(5);
    EventSealing sealing = new EventSealing(database);
    for (int begin = 0; begin < count; begin += 10_000) {
      int from = begin;
      database.write(transaction -> {
        for (int i = from; i < Math.min(count, from + 10_000); i++) {
          log.append(transaction, event(random, i));
        }
        return from;
      });
      sealing.run(BEGIN);
    }
  }

  private static Instant time(int number) {
    return BEGIN.plusMillis(10L * number);
  }

  private static String id(int number) {
    return EventId.at(time(number), bytes -> new Random(number).nextBytes(bytes));
  }

  private static Event event(Random random, int number) {
    StringBuilder filler = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      filler.append("\"field").append(i).append("\":\"").append(random.nextInt()).append("\",");
    }
    return new Event(
        id(number),
        time(number),
        ACCOUNT,
        "us-east-1",
        EventCategory.MANAGEMENT,
        "service" + random.nextInt(5) + ".amazonaws.com",
        random.nextInt(20_000) == 0 ? "Rare" : "Name" + random.nextInt(50),
        random.nextBoolean(),
        "user-" + random.nextInt(1_000),
        "AKIA" + random.nextInt(1_000),
        List.of(
            new EventResource(
                "arn:aws:kms:us-east-1:1:key/resource-" + random.nextInt(20_000),
                ACCOUNT,
                "AWS::KMS::Key")),
        Blob.of(
            ("{" + filler + "\"eventVersion\":\"1.11\",\"number\":" + number + "}")
                .getBytes(StandardCharsets.UTF_8)));
  }

  private static void measure(
      EventLog log,
      String what,
      EventQuery.@Nullable Attribute attribute,
      String value,
      @Nullable Instant to) {
    EventQuery query =
        new EventQuery(
            ACCOUNT, "us-east-1", EventCategory.MANAGEMENT, null, to, attribute, value, null, 50);
    long best = Long.MAX_VALUE;
    int found = 0;
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      found = log.find(query).size();
      best = Math.min(best, System.nanoTime() - begin);
    }
    System.out.printf(Locale.ROOT, "%-28s %3d found, %6.1f ms%n", what, found, best / 1e6);
    assertThat(Duration.ofNanos(best)).as(what).isLessThan(LONGEST);
  }
}
