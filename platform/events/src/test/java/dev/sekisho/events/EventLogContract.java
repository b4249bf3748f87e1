package dev.sekisho.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Blob;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.nio.charset.StandardCharsets;
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
