package dev.sekisho.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.postgres.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several nodes on one PostgreSQL, and what becomes of them when it goes away. */
class PostgresNodesTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
  private final InstantSource time = now::get;

  @SuppressWarnings("NullAway.Init")
  private PostgresServer.Database server;

  @BeforeAll
  static void needPostgres() {
    Nodes.assumeInstalled();
  }

  @BeforeEach
  void provide() {
    server = PostgresServer.shared().newDatabase();
  }

  @Test
  void changesAreSerialOverAllNodes() {
    try (Database first = Nodes.open(server, time);
        Database second = Nodes.open(server, time)) {
      Callers.run(
          400,
          number ->
              (number % 2 == 0 ? first : second)
                  .write(transaction -> {
                    Sample.add(transaction, "counter");
                    return true;
                  }));

      assertThat(Sample.number(first, "counter")).isEqualTo(400);
      assertThat(Sample.number(second, "counter")).isEqualTo(400);
    }
  }

  @Test
  void aStampBumpedOnOneNodeIsAnotherOnAllOnceTheCallIsAnswered() {
    try (Database first = Nodes.open(server, time);
        Database second = Nodes.open(server, time)) {
      Callers.run(
          100,
          number -> {
            String topic = "topic" + number % 10;
            long before = second.stamps().current(topic);
            first.write(transaction -> {
              first.stamps().bump(transaction, topic);
              return true;
            });
            assertThat(second.stamps().current(topic)).isGreaterThan(before);
          });
    }
  }

  @Test
  void eachNodeHasANumberOfItsOwnAndGivesItBack() {
    try (Database first = Nodes.open(server, time)) {
      try (Database second = Nodes.open(server, time)) {
        assertThat(node(first)).isEqualTo(new Node(0, 1));
        assertThat(node(second)).isEqualTo(new Node(1, 1));
      }
      try (Database third = Nodes.open(server, time)) {
        assertThat(node(third)).isEqualTo(new Node(1, 2));
        assertThat(node(first)).isEqualTo(new Node(0, 1));
      }
    }
  }

  @Test
  void aNumberWhoseLeaseEndedIsTakenOverAndItsHolderTakesAnother() {
    try (Database silent = Nodes.open(server, time);
        Database other = Nodes.open(server, time)) {
      assertThat(node(silent)).isEqualTo(new Node(0, 1));
      now.updateAndGet(instant -> instant.plus(NodeLease.DURATION).plusMillis(1));

      assertThat(node(other)).isEqualTo(new Node(0, 2));

      assertThat(node(silent)).isEqualTo(new Node(1, 1));
      assertThat(node(other)).isEqualTo(new Node(0, 2));
    }
  }

  @Test
  void aNodeThatWritesKeepsItsNumber() {
    try (Database writing = Nodes.open(server, time)) {
      for (int i = 0; i < 20; i++) {
        assertThat(node(writing)).isEqualTo(new Node(0, 1));
        now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(20)));
      }
      try (Database other = Nodes.open(server, time)) {
        assertThat(node(other)).isEqualTo(new Node(1, 1));
      }
    }
  }

  private static Node node(Database database) {
    return database.write(StoreTransaction::node);
  }

  @Test
  void aLostConnectionLosesNothingThatWasAcknowledged() {
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    Set<String> unchanged = new ConcurrentSkipListSet<>();
    try (Database database = Nodes.open(server, time)) {
      // Each caller goes on after its failures, so that a cut meets only the calls under way.
      Callers.run(
          20,
          caller -> {
            for (int i = 0; i < 30; i++) {
              if (caller == 0 && i % 6 == 3) {
                PostgresServer.shared().disconnect(server);
              }
              String name = "row" + caller + "-" + i;
              try {
                database.write(transaction -> {
                  Sample.insert(transaction, name, 1);
                  return true;
                });
                acknowledged.add(name);
              } catch (StoreUnavailableException lost) {
                if (String.valueOf(lost.getMessage()).contains("nothing was changed")) {
                  unchanged.add(name);
                } else {
                  assertThat(lost).hasMessageContaining("is not known");
                }
              }
            }
          });

      List<String> kept = Sample.names(database);
      assertThat(kept).containsAll(acknowledged);
      assertThat(unchanged).doesNotContainAnyElementsOf(kept);
      assertThat(acknowledged).hasSizeGreaterThan(300);
      PostgresServer.shared().disconnect(server);
      database.write(transaction -> {
        Sample.insert(transaction, "after", 1);
        return true;
      });
      assertThat(Sample.names(database)).contains("after");
    }
  }

  @Test
  void callsFailWhileTheServerIsAwayAndGoOnAfterwards() {
    try (PostgresServer own = PostgresServer.start()) {
      try (Database database = Nodes.open(own.newDatabase(), time)) {
        database.append(transaction -> Sample.insert(transaction, "before", 1));
        own.stop();

        assertThatThrownBy(
                () -> database.append(transaction -> Sample.insert(transaction, "during", 1)))
            .isInstanceOf(StoreUnavailableException.class)
            .hasMessageContaining("nothing was changed");
        assertThatThrownBy(() -> Sample.names(database))
            .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> database.stamps().current("topic"))
            .isInstanceOf(StoreUnavailableException.class);

        own.resume();
        database.append(transaction -> Sample.insert(transaction, "after", 1));
        assertThat(Sample.names(database)).containsExactly("after", "before");
      }
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidAtTheStart() {
    PostgresServer.Database wrong =
        new PostgresServer.Database(server.url(), server.user(), "not-the-password");

    assertThatThrownBy(() -> Nodes.open(wrong, time).close())
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageNotContaining("not-the-password");
  }
}
