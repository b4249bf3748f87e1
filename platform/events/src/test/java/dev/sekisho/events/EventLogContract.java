package dev.sekisho.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the event log does, whichever engine it is on and however many nodes write to it. */
abstract class EventLogContract {

  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05.123456Z");
  private static final String ACCOUNT = "111122223333";

  private record Writer(Database database, EventLog log) {}

  private final List<Writer> writers = new ArrayList<>();

  /** How many processes can write at the same time. */
  abstract int nodes();

  /** Opens the test's database, the same each time. */
  abstract Database open();

  @BeforeEach
  void openAll() {
    for (int i = 0; i < nodes(); i++) {
      Database database = open();
      writers.add(new Writer(database, new EventLog(database)));
    }
  }

  @AfterEach
  void closeAll() {
    writers.forEach(writer -> writer.database().close());
    writers.clear();
  }

  private Database database() {
    return writers.getFirst().database();
  }

  private EventLog log() {
    return writers.getFirst().log();
  }

  static Event event(String id, Instant time) {
    return new Event(
        id,
        time,
        ACCOUNT,
        "eu-west-1",
        "kms.amazonaws.com",
        id.startsWith("e") ? "Encrypt" : "Decrypt",
        id.length() % 2 == 0,
        id.endsWith("7") ? null : "alice",
        "AKIAIOSFODNN7EXAMPLE",
        List.of(new EventResource("arn:aws:kms:eu-west-1:1:key/" + id, ACCOUNT, "AWS::KMS::Key")),
        Blob.of(("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void givesBackWhatWasAppended() {
    Event event = event("e1", BEGIN);

    log().append(event);

    List<PositionedEvent> found = find(null, "", null, 10);
    assertThat(found).extracting(PositionedEvent::event).containsExactly(event);
    Position position = found.getFirst().position();
    assertThat(log().after(Position.start(position.node()), 10)).isEqualTo(found);
    assertThat(log().after(position, 10)).isEmpty();
  }

  @Test
  void findsOneCategoryOnly() {
    log().append(event("e1", BEGIN));
    log().append(data("e2", "arn:aws:s3:::bucket/a key\nof 100%0A", BEGIN));

    assertThat(find(null, "", null, 10))
        .extracting(each -> each.event().eventId())
        .containsExactly("e1");
    assertThat(find(EventQuery.Attribute.EVENT_ID, "e2", null, 10)).isEmpty();
  }

  @Test
  void keepsWhateverAnObjectIsCalled() {
    Event event = data("e1", "arn:aws:s3:::bucket/a key\nof 100%0A and 50%", BEGIN);

    log().append(event);

    assertThat(new EventConsumer(database(), "any").next(10).events())
        .extracting(PositionedEvent::event)
        .containsExactly(event);
  }

  private static Event data(String id, String arn, Instant time) {
    return new Event(
        id,
        time,
        ACCOUNT,
        "eu-west-1",
        EventCategory.DATA,
        "s3.amazonaws.com",
        "PutObject",
        false,
        "alice",
        "AKIAIOSFODNN7EXAMPLE",
        List.of(new EventResource(arn, "", "AWS::S3::Object")),
        Blob.of("{}".getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Whether sealed or not, by whatever it is looked up, page by page: the same as if one went
   * through all events that were appended.
   */
  @Test
  void sealingChangesNothingThatIsFound() {
    Random random = new Random(4_711);
    List<Event> appended = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      // Clocks differ and jump, so that segments overlap.
      Instant time = BEGIN.plusMillis(random.nextInt(100)).plusSeconds(random.nextInt(3) * 50L);
      Event event = any(random, i, time);
      writers.get(random.nextInt(writers.size())).log().append(event);
      appended.add(event);
    }
    List<List<String>> before = everything(appended);
    List<PositionedEvent> followed = new EventConsumer(database(), "any").next(1_000).events();

    new EventSealing(database()).run(BEGIN.plus(Duration.ofDays(2)));

    assertThat(unsealed()).isEqualTo(writers.size());
    assertThat(everything(appended)).isEqualTo(before);
    List<PositionedEvent> again = new EventConsumer(database(), "any").next(1_000).events();
    assertThat(again).containsExactlyInAnyOrderElementsOf(followed);
    for (int node = 0; node < 4; node++) {
      int number = node;
      assertThat(again.stream().filter(each -> each.position().node() == number))
          .containsExactlyElementsOf(
              followed.stream().filter(each -> each.position().node() == number).toList());
    }
    // What comes after goes on from the numbers that were given.
    log().append(event("last", BEGIN.plus(Duration.ofDays(3))));
    assertThat(find(null, "", null, 1).getFirst().event().eventId()).isEqualTo("last");
    assertThat(new EventConsumer(database(), "any").next(1_000).events()).hasSize(601);
  }

  @Test
  void batchesGoAcrossWhatIsSealedAndWhatIsNot() {
    for (int i = 0; i < 50; i++) {
      log().append(event("e" + i, BEGIN.plusSeconds(i)));
    }
    new EventSealing(database()).run(BEGIN.plus(Duration.ofDays(1)).plusSeconds(25));
    for (int i = 50; i < 60; i++) {
      log().append(event("e" + i, BEGIN.plusSeconds(i)));
    }

    EventConsumer consumer = new EventConsumer(database(), "any");
    List<String> seen = new ArrayList<>();
    consumer.drain(
        7,
        batch -> {
          batch.events().forEach(each -> seen.add(each.event().eventId()));
          database()
              .write(transaction -> {
                consumer.commit(transaction, batch);
                return seen;
              });
        });

    assertThat(unsealed()).isEqualTo(35);
    assertThat(seen).hasSize(60).doesNotHaveDuplicates();
    assertThat(EventFollower.from(database(), BEGIN.plusSeconds(10)).next(100)).hasSize(50);
  }

  private EventRetention retention(Duration kept, @Nullable Long ceiling) {
    return new EventRetention(database(), log(), Randomness.system(), kept, ceiling);
  }

  private void appendDays(int days) {
    for (int day = 0; day < days; day++) {
      for (int i = 0; i < 10; i++) {
        log().append(event("day-" + day + "-" + i, BEGIN.plus(Duration.ofDays(day))));
      }
      new EventSealing(database()).run(BEGIN.plus(Duration.ofDays(day + 2)));
    }
  }

  private List<String> names() {
    return ids(null, "", null, null).stream().filter(id -> id.startsWith("day-")).toList();
  }

  private List<Event> dropped() {
    return ids(EventQuery.Attribute.EVENT_NAME, "EventsDropped", null, null).stream()
        .map(id -> find(EventQuery.Attribute.EVENT_ID, id, null, 1).getFirst().event())
        .toList();
  }

  @Test
  void whatIsPastItsTimeGoesAndThatIsSaid() {
    appendDays(6);

    retention(Duration.ofDays(3), null).run(BEGIN.plus(Duration.ofDays(5)));

    int left = names().size();
    assertThat(left).isBetween(40, 45);
    assertThat(names()).noneMatch(id -> id.startsWith("day-0"));
    assertThat(ids(EventQuery.Attribute.EVENT_ID, "day-0-1", null, null)).isEmpty();
    assertThat(rows("event_lookup")).isPositive();
    assertThat(dropped()).isNotEmpty();
    String record = new String(dropped().getFirst().record().bytes(), StandardCharsets.UTF_8);
    assertThat(record).contains("\"reason\":\"age\"").contains("\"undelivered\":false");
    assertThat(dropped().stream().mapToLong(EventLogContract::count).sum()).isEqualTo(60 - left);

    retention(Duration.ofDays(3), null).run(BEGIN.plus(Duration.ofDays(5)));
    assertThat(dropped().stream().mapToLong(EventLogContract::count).sum()).isEqualTo(60 - left);
  }

  private static long count(Event dropped) {
    String record = new String(dropped.record().bytes(), StandardCharsets.UTF_8);
    return Long.parseLong(record.replaceAll(".*\"eventCount\":(\\d+).*", "$1"));
  }

  @Test
  void nothingLeavesNothingBehind() {
    appendDays(4);

    retention(Duration.ZERO, null).run(BEGIN.plus(Duration.ofDays(30)));

    assertThat(rows("event_segment")).isZero();
    assertThat(rows("event_lookup")).isZero();
  }

  private long rows(String table) {
    return database()
        .read(
            handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void whatSomebodyHasYetToTakeStaysUnlessThereIsNoRoom() {
    appendDays(6);
    EventConsumer slow = new EventConsumer(database(), "slow");
    EventConsumer.Batch first = slow.next(10);
    database()
        .write(transaction -> {
          slow.commit(transaction, first);
          return first;
        });

    retention(Duration.ofDays(1), null).run(BEGIN.plus(Duration.ofDays(30)));
    assertThat(names()).hasSizeGreaterThanOrEqualTo(50);
    assertThat(slow.next(100).events()).hasSizeGreaterThanOrEqualTo(50);

    retention(Duration.ofDays(90), 1L).run(BEGIN.plus(Duration.ofDays(30)));
    assertThat(names()).hasSizeLessThan(20);
    assertThat(dropped())
        .anyMatch(each -> {
          String record = new String(each.record().bytes(), StandardCharsets.UTF_8);
          return record.contains("\"reason\":\"space\"") && record.contains("\"undelivered\":true");
        });
  }

  private long unsealed() {
    return database()
        .read(handle -> handle.createQuery("select count(*) from event").mapTo(Long.class).one());
  }

  private static Event any(Random random, int number, Instant time) {
    String name = "name-" + random.nextInt(20);
    List<EventResource> resources =
        random.nextInt(4) == 0
            ? List.of()
            : List.of(
                new EventResource(
                    "arn:aws:iam::" + ACCOUNT + ":user/path/" + name, ACCOUNT, "AWS::IAM::User"));
    String id =
        switch (random.nextInt(4)) {
          case 0 -> "id-" + number;
          case 1 -> EventId.at(time.plusSeconds(1), random::nextBytes);
          default -> EventId.at(time, random::nextBytes);
        };
    return new Event(
        id,
        time,
        random.nextInt(10) == 0 ? "999999999999" : ACCOUNT,
        "eu-west-1",
        random.nextInt(5) == 0 ? EventCategory.DATA : EventCategory.MANAGEMENT,
        random.nextBoolean() ? "kms.amazonaws.com" : "iam.amazonaws.com",
        "Name" + random.nextInt(5),
        random.nextBoolean(),
        random.nextInt(3) == 0 ? null : name,
        random.nextInt(3) == 0 ? null : "AKIA" + random.nextInt(5),
        resources,
        Blob.of(("{\"number\":" + number + "}").getBytes(StandardCharsets.UTF_8)));
  }

  /** What every attribute of the events finds, and what time ranges find. */
  private List<List<String>> everything(List<Event> events) {
    List<List<String>> found = new ArrayList<>();
    found.add(ids(null, "", null, null));
    found.add(ids(null, "", BEGIN.plusMillis(20), BEGIN.plusMillis(60)));
    found.add(ids(null, "", BEGIN.plusSeconds(50), null));
    for (String value : List.of("true", "false")) {
      found.add(ids(EventQuery.Attribute.READ_ONLY, value, null, null));
    }
    for (int i = 0; i < 20; i++) {
      found.add(ids(EventQuery.Attribute.EVENT_ID, events.get(i * 7).eventId(), null, null));
      found.add(ids(EventQuery.Attribute.EVENT_NAME, "Name" + i, null, null));
      found.add(ids(EventQuery.Attribute.USERNAME, "name-" + i, null, BEGIN.plusSeconds(50)));
      found.add(ids(EventQuery.Attribute.ACCESS_KEY_ID, "AKIA" + i, BEGIN.plusMillis(9), null));
      found.add(ids(EventQuery.Attribute.RESOURCE_NAME, "name-" + i, null, null));
      found.add(ids(EventQuery.Attribute.RESOURCE_NAME, "path/name-" + i, null, null));
      found.add(
          ids(
              EventQuery.Attribute.RESOURCE_NAME,
              "arn:aws:iam::" + ACCOUNT + ":user/path/name-" + i,
              null,
              null));
    }
    found.add(ids(EventQuery.Attribute.EVENT_SOURCE, "kms.amazonaws.com", null, null));
    found.add(ids(EventQuery.Attribute.RESOURCE_TYPE, "AWS::IAM::User", null, null));
    found.add(ids(EventQuery.Attribute.RESOURCE_TYPE, "AWS::IAM", null, null));
    return found;
  }

  private List<String> ids(
      EventQuery.@Nullable Attribute attribute,
      String value,
      @Nullable Instant from,
      @Nullable Instant to) {
    List<String> ids = new ArrayList<>();
    EventQuery.Cursor before = null;
    List<PositionedEvent> page;
    do {
      page =
          log()
              .find(
                  new EventQuery(
                      ACCOUNT,
                      "eu-west-1",
                      EventCategory.MANAGEMENT,
                      from,
                      to,
                      attribute,
                      value,
                      before,
                      17));
      page.forEach(each -> ids.add(each.event().eventId()));
      before = page.isEmpty() ? null : EventQuery.Cursor.of(page.getLast());
    } while (page.size() == 17);
    return ids;
  }

  @Test
  void findsAllEventsOfAllNodesNewestFirstPageByPage() {
    Random random = new Random(23);
    List<String> expected = new ArrayList<>();
    Map<String, Instant> times = new HashMap<>();
    for (int i = 0; i < 300; i++) {
      // Few different times, so that the position must decide often.
      Instant time = BEGIN.plusNanos(1_000L * random.nextInt(40));
      String id = "e" + i;
      writers.get(random.nextInt(writers.size())).log().append(event(id, time));
      expected.add(id);
      times.put(id, time);
    }

    List<PositionedEvent> found = new ArrayList<>();
    EventQuery.Cursor before = null;
    List<PositionedEvent> page = find(null, "", before, 7);
    while (!page.isEmpty()) {
      found.addAll(page);
      before = EventQuery.Cursor.of(page.getLast());
      page = find(null, "", before, 7);
    }

    assertThat(found)
        .extracting(each -> each.event().eventId())
        .containsExactlyInAnyOrderElementsOf(expected);
    Comparator<PositionedEvent> order = Comparator.comparing(each -> each.event().time());
    order =
        order
            .thenComparing(each -> each.position().node())
            .thenComparing(each -> each.position().sequence());
    assertThat(found).isSortedAccordingTo(order.reversed());
    assertThat(found)
        .allSatisfy(
            each -> assertThat(each.event().time()).isEqualTo(times.get(each.event().eventId())));
  }

  private List<PositionedEvent> find(
      EventQuery.@Nullable Attribute attribute,
      String value,
      EventQuery.@Nullable Cursor before,
      int limit) {
    return log()
        .find(
            new EventQuery(
                ACCOUNT,
                "eu-west-1",
                EventCategory.MANAGEMENT,
                null,
                null,
                attribute,
                value,
                before,
                limit));
  }

  @Test
  void findsByEachAttribute() {
    log().append(event("e10", BEGIN));
    log().append(event("d7", BEGIN.plusSeconds(1)));

    assertThat(ids(EventQuery.Attribute.EVENT_ID, "e10")).containsExactly("e10");
    assertThat(ids(EventQuery.Attribute.EVENT_NAME, "Decrypt")).containsExactly("d7");
    assertThat(ids(EventQuery.Attribute.EVENT_NAME, "decrypt")).isEmpty();
    assertThat(ids(EventQuery.Attribute.EVENT_SOURCE, "kms.amazonaws.com"))
        .containsExactly("d7", "e10");
    assertThat(ids(EventQuery.Attribute.READ_ONLY, "true")).containsExactly("d7");
    assertThat(ids(EventQuery.Attribute.USERNAME, "alice")).containsExactly("e10");
    assertThat(ids(EventQuery.Attribute.ACCESS_KEY_ID, "AKIAIOSFODNN7EXAMPLE")).hasSize(2);
    assertThat(ids(EventQuery.Attribute.RESOURCE_NAME, "e10")).containsExactly("e10");
    assertThat(ids(EventQuery.Attribute.RESOURCE_NAME, "e1_")).isEmpty();
    assertThat(ids(EventQuery.Attribute.RESOURCE_TYPE, "AWS::KMS::Key")).hasSize(2);
    assertThat(ids(EventQuery.Attribute.RESOURCE_TYPE, "AWS::KMS")).isEmpty();
  }

  private List<String> ids(EventQuery.Attribute attribute, String value) {
    return find(attribute, value, null, 10).stream().map(each -> each.event().eventId()).toList();
  }

  @Test
  void appendsWithItsTransactionOrNotAtAll() {
    assertThatThrownBy(() ->
            database()
                .write(transaction -> {
                  log().append(transaction, event("e1", BEGIN));
                  throw new IllegalStateException("refused");
                }))
        .hasMessage("refused");
    assertThat(find(null, "", null, 10)).isEmpty();

    log().append(event("e2", BEGIN));
    assertThat(find(null, "", null, 10)).hasSize(1);
  }

  @Test
  void goesOnNumberingAfterARestart() {
    for (int round = 0; round < 3; round++) {
      writers.forEach(writer -> writer.log().append(event("e", BEGIN)));
      closeAll();
      openAll();
    }

    List<PositionedEvent> found = find(null, "", null, 100);
    assertThat(found).hasSize(3 * nodes());
    assertThat(found).extracting(PositionedEvent::position).doesNotHaveDuplicates();
    assertThat(found).extracting(each -> each.position().sequence()).containsOnly(1L, 2L, 3L);
  }

  @Test
  void aConsumerMissesNothingWhileAllNodesWrite() {
    int each = 400;
    Set<String> seen = new HashSet<>();
    Map<Integer, Long> last = new HashMap<>();
    EventConsumer consumer = new EventConsumer(database(), "detector");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int node = 0; node < writers.size(); node++) {
        int number = node;
        for (int i = 0; i < each; i++) {
          String id = "e" + node + "-" + i;
          threads.execute(() -> writers.get(number).log().append(event(id, BEGIN)));
        }
      }
      while (seen.size() < each * writers.size()) {
        EventConsumer.Batch batch = consumer.next(50);
        assertThat(batch.events()).hasSizeLessThanOrEqualTo(50);
        for (PositionedEvent event : batch.events()) {
          Long before = last.put(event.position().node(), event.position().sequence());
          assertThat(event.position().sequence()).isGreaterThan(before == null ? 0 : before);
          assertThat(seen.add(event.event().eventId())).isTrue();
        }
        commit(consumer, batch);
      }
    }
    assertThat(consumer.next(50).events()).isEmpty();
  }

  private void commit(EventConsumer consumer, EventConsumer.Batch batch) {
    database()
        .write(transaction -> {
          consumer.commit(transaction, batch);
          return true;
        });
  }

  @Test
  void aConsumerSeesAgainWhatItDidNotCommitAndNeverGoesBack() {
    for (int i = 0; i < 10; i++) {
      writers.get(i % nodes()).log().append(event("e" + i, BEGIN.plusSeconds(i)));
    }
    EventConsumer consumer = new EventConsumer(database(), "first");

    EventConsumer.Batch four = consumer.next(4);
    assertThat(consumer.next(4)).isEqualTo(four);
    EventConsumer.Batch all = consumer.next(10);
    assertThat(all.events())
        .extracting(each -> each.event().eventId())
        .containsExactly("e0", "e1", "e2", "e3", "e4", "e5", "e6", "e7", "e8", "e9");
    commit(consumer, all);
    commit(consumer, four);

    assertThat(consumer.next(10).events()).isEmpty();
    assertThat(new EventConsumer(database(), "second").next(10)).isEqualTo(all);
    closeAll();
    openAll();
    assertThat(new EventConsumer(database(), "first").next(10).events()).isEmpty();
  }

  @Test
  void drainHandsOverEverythingAndThenEnds() {
    for (int i = 0; i < 6; i++) {
      log().append(event("e" + i, BEGIN.plusSeconds(i)));
    }
    EventConsumer consumer = new EventConsumer(database(), "gatherer");
    List<String> seen = new ArrayList<>();

    for (int limit : new int[] {2, 4, 4}) {
      consumer.drain(
          limit,
          batch -> {
            assertThat(batch.events()).hasSizeBetween(1, limit);
            batch.events().forEach(each -> seen.add(each.event().eventId()));
            commit(consumer, batch);
          });
    }

    assertThat(seen).containsExactly("e0", "e1", "e2", "e3", "e4", "e5");
  }

  @Test
  void aBatchIsCommittedWithTheWorkOrNotAtAll() {
    log().append(event("e1", BEGIN));
    EventConsumer consumer = new EventConsumer(database(), "first");
    EventConsumer.Batch batch = consumer.next(10);

    assertThatThrownBy(() ->
            database()
                .write(transaction -> {
                  consumer.commit(transaction, batch);
                  StoreTransaction.handle(transaction)
                      .execute("insert into no_such_table values (1)");
                  return true;
                }))
        .isInstanceOf(RuntimeException.class);

    assertThat(consumer.next(10)).isEqualTo(batch);
  }
}
