package dev.sekisho.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store does, whichever engine it is on. */
abstract class StoreContract {

  @SuppressWarnings("NullAway.Init")
  private Database database;

  /** Opens the test's database, the same each time. */
  abstract Database open();

  @BeforeEach
  void openFirst() {
    database = open();
  }

  @AfterEach
  void closeLast() {
    database.close();
  }

  @Test
  void keepsWhatWasWritten() {
    String answer =
        database.write(transaction -> {
          Sample.insert(transaction, "a", 1);
          return "done";
        });

    assertThat(answer).isEqualTo("done");
    assertThat(Sample.names(database)).containsExactly("a");
    database.close();
    database = open();
    assertThat(Sample.names(database)).containsExactly("a");
  }

  @Test
  void undoesWhatARefusedUnitDid() {
    assertThatThrownBy(() ->
            database.write(transaction -> {
              Sample.insert(transaction, "a", 1);
              throw new IllegalArgumentException("refused");
            }))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("refused");

    assertThat(Sample.names(database)).isEmpty();
  }

  @Test
  void failsABrokenConstraintToItsCallerOnly() {
    database.write(transaction -> {
      Sample.insert(transaction, "taken", 1);
      return true;
    });
    AtomicInteger refused = new AtomicInteger();

    Callers.run(
        200,
        number -> {
          try {
            database.write(transaction -> {
              Sample.insert(transaction, "row" + number, number);
              Sample.insert(transaction, number % 3 == 0 ? "taken" : "other" + number, number);
              return true;
            });
          } catch (JdbiException broken) {
            refused.incrementAndGet();
          }
        });

    assertThat(refused).hasValue(67);
    Set<String> expected =
        IntStream.range(0, 200)
            .filter(number -> number % 3 != 0)
            .boxed()
            .flatMap(number -> List.of("row" + number, "other" + number).stream())
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add("taken");
    assertThat(Sample.names(database)).containsExactlyElementsOf(expected);
  }

  @Test
  void keepsTheNeighboursOfWhatFailsInAnyMixture() {
    Random random = new Random(5);
    int[] kinds = random.ints(2_000, 0, 5).toArray();
    Set<String> kept = new ConcurrentSkipListSet<>();

    Callers.run(
        kinds.length,
        number -> {
          String name = "row" + number;
          try {
            switch (kinds[number]) {
              case 0 -> {
                database.append(transaction -> Sample.insert(transaction, name, number));
                kept.add(name);
              }
              case 1 ->
                  database.append(transaction -> {
                    Sample.insert(transaction, name, number);
                    throw new IllegalStateException("an append that fails");
                  });
              case 2 ->
                  database.write(transaction -> {
                    Sample.insert(transaction, name, number);
                    throw new IllegalStateException("a change that fails");
                  });
              case 3 ->
                  database.write(transaction -> {
                    Sample.insert(transaction, name, number);
                    Sample.insert(transaction, name, number);
                    return true;
                  });
              default -> {
                database.write(transaction -> {
                  Sample.insert(transaction, name, number);
                  return true;
                });
                kept.add(name);
              }
            }
          } catch (IllegalStateException | JdbiException expected) {
            assertThat(kinds[number]).isBetween(1, 3);
          }
        });

    assertThat(Sample.names(database)).containsExactlyElementsOf(kept);
    assertThat(kept).hasSizeGreaterThan(600);
  }

  @Test
  void refusesWorkThatGoesOnAfterAFailedStatement() {
    assertThatThrownBy(() ->
            database.write(transaction -> {
              Sample.insert(transaction, "a", 1);
              try {
                Sample.insert(transaction, "a", 2);
              } catch (JdbiException swallowed) {
                return false;
              }
              return true;
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(Sample.names(database)).isEmpty();
  }

  @Test
  void changesOneAfterTheOther() {
    Callers.run(
        500,
        _ ->
            database.write(transaction -> {
              Sample.add(transaction, "counter");
              return true;
            }));

    assertThat(Sample.number(database, "counter")).isEqualTo(500);
  }

  @Test
  void readsInOneSnapshotBesideTheWriter() throws InterruptedException {
    database.write(transaction -> {
      Sample.add(transaction, "counter");
      return true;
    });
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    List<Long> values = new ArrayList<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() ->
                database.read(handle -> {
                  for (int i = 0; i < 2; i++) {
                    values.add(
                        handle.createQuery("select number from sample").mapTo(Long.class).one());
                    seen.countDown();
                    await(changed);
                  }
                  return true;
                }));

    seen.await();
    database.write(transaction -> {
      Sample.add(transaction, "counter");
      return true;
    });
    changed.countDown();
    reader.join();

    assertThat(values).containsExactly(1L, 1L);
    assertThat(Sample.number(database, "counter")).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void readersCannotWrite() {
    assertThatThrownBy(() ->
            database.read(
                handle -> handle.execute("insert into sample (name, number) values ('x', 1)")))
        .isInstanceOf(JdbiException.class);
    assertThat(Sample.names(database)).isEmpty();
  }

  @Test
  void refusesAWriteInsideAWriteInsteadOfWaitingForItself() {
    assertThatThrownBy(() ->
            database.write(_ ->
                database.write(transaction -> {
                  Sample.insert(transaction, "a", 1);
                  return true;
                })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("hand the transaction on");
  }

  @Test
  void finishesWhatWaitsWhenItIsClosed() throws InterruptedException {
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    CountDownLatch begun = new CountDownLatch(50);
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String name = "row" + i;
      callers.add(
          Thread.ofVirtual()
              .start(() -> {
                begun.countDown();
                try {
                  database.append(transaction -> Sample.insert(transaction, name, 0));
                  acknowledged.add(name);
                } catch (IllegalStateException closed) {
                  assertThat(closed).hasMessage("the store is closed");
                }
              }));
    }

    begun.await();
    database.close();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThatThrownBy(() -> database.write(_ -> true)).hasMessage("the store is closed");
    assertThatThrownBy(() -> database.read(_ -> true)).hasMessage("the store is closed");
    database = open();
    assertThat(Sample.names(database)).containsExactlyElementsOf(acknowledged);
  }

  @Test
  void runsAfterCommitActionsOnlyForWhatWasKept() {
    AtomicInteger kept = new AtomicInteger();
    AtomicInteger undone = new AtomicInteger();

    database.write(transaction -> {
      StoreTransaction.afterCommit(transaction, kept::incrementAndGet);
      return true;
    });
    assertThatThrownBy(() ->
            database.write(transaction -> {
              StoreTransaction.afterCommit(transaction, undone::incrementAndGet);
              throw new IllegalStateException("refused");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(kept).hasValue(1);
    assertThat(undone).hasValue(0);
  }

  @Test
  void changesAStampWithItsChangeAndNotWithoutIt() {
    long before = database.stamps().current("topic");
    long other = database.stamps().current("other");

    database.write(transaction -> {
      database.stamps().bump(transaction, "topic");
      return true;
    });
    long after = database.stamps().current("topic");
    assertThatThrownBy(() ->
            database.write(transaction -> {
              database.stamps().bump(transaction, "topic");
              throw new IllegalStateException("refused");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(after).isNotEqualTo(before);
    assertThat(database.stamps().current("topic")).isEqualTo(after);
    assertThat(database.stamps().current("other")).isEqualTo(other);
  }

  @Test
  void neverAnswersFromACacheWhatAnAnsweredCallChanged() {
    StampedCache<String, Long> cache = new StampedCache<>(database.stamps(), "counter", 10);
    AtomicLong answered = new AtomicLong();

    Callers.run(
        400,
        number -> {
          if (number % 4 == 0) {
            long value =
                database.write(transaction -> {
                  Sample.add(transaction, "counter");
                  database.stamps().bump(transaction, "counter");
                  return StoreTransaction.handle(transaction)
                      .createQuery("select number from sample")
                      .mapTo(Long.class)
                      .one();
                });
            answered.accumulateAndGet(value, Math::max);
          } else {
            long atLeast = answered.get();
            long seen = cache.get("counter", name -> count(name));
            assertThat(seen).isGreaterThanOrEqualTo(atLeast);
          }
        });

    assertThat(cache.get("counter", this::count)).isEqualTo(100);
  }

  private long count(String name) {
    return database.read(handle ->
        handle
            .createQuery("select number from sample where name = ?")
            .bind(0, name)
            .mapTo(Long.class)
            .findOne()
            .orElse(0L));
  }

  @Test
  void comparesAndSortsTextByItsBytes() {
    List<String> names = List.of("a_b", "B", "a", "Z", "a%b", "é", "a-b", "aB", "ab", "日本");
    database.write(transaction -> {
      names.forEach(name -> Sample.insert(transaction, name, 1));
      return true;
    });

    assertThat(Sample.names(database))
        .containsExactly("B", "Z", "a", "a%b", "a-b", "aB", "a_b", "ab", "é", "日本");
    List<String> found =
        database.read(handle ->
            handle
                .createQuery("select name from sample where name like :p escape '\\'")
                .bind("p", "a\\_B%")
                .mapTo(String.class)
                .list());
    assertThat(found).isEmpty();
  }

  @Test
  void keepsNumbersOfSixtyFourBitsAndBytes() {
    byte[] bytes = {0, -1, 127, -128, 10};
    database.write(transaction ->
        StoreTransaction.handle(transaction)
            .execute(
                "insert into sample (name, number, content) values (?, ?, ?)",
                "a",
                Long.MIN_VALUE,
                bytes));

    assertThat(Sample.number(database, "a")).isEqualTo(Long.MIN_VALUE);
    byte[] read =
        database.read(
            handle -> handle.createQuery("select content from sample").mapTo(byte[].class).one());
    assertThat(read).isEqualTo(bytes);
  }

  @Test
  void keepsValuesOfTheWholeStore() {
    assertThat(value("check")).isEmpty();

    for (byte value = 1; value <= 2; value++) {
      byte[] content = {value};
      database.write(transaction -> {
        StoreValues.put(transaction, "check", content);
        return true;
      });
    }

    assertThat(value("check").orElseThrow()).containsExactly(2);
  }

  private Optional<byte[]> value(String name) {
    return database.read(handle -> StoreValues.find(handle, name));
  }

  @Test
  void sealsOlderValuesAnewInBatchesAndLeavesTheRest() {
    SealedColumn column =
        new SealedColumn("sealed_sample", "content", List.of("name"), "p/", "name");
    database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      for (int i = 0; i < 500; i++) {
        insertSealed(handle, "older-%03d".formatted(i), i % 7 == 0 ? -1 : 1);
      }
      insertSealed(handle, "current", 2);
      insertSealed(handle, "newer", 300);
      handle.execute("insert into sealed_sample (name, content) values ('none', null)");
      return Boolean.TRUE;
    });
    List<String> purposes = new ArrayList<>();
    List<String> last = List.of();
    int sealed = 0;
    int unopened = 0;
    int batches = 0;
    do {
      List<String> after = last;
      SealedColumn.Batch batch =
          database.write(transaction ->
              column.reseal(
                  transaction,
                  after,
                  head(2),
                  (purpose, old) -> {
                    purposes.add(purpose);
                    return old[5] == -1 ? null : sealed(2, old[5]);
                  }));
      last = batch.last();
      sealed += batch.sealed();
      unopened += batch.unopened();
      batches++;
    } while (!last.isEmpty());

    assertThat(batches).isEqualTo(4);
    assertThat(unopened).isEqualTo(72);
    assertThat(sealed).isEqualTo(428);
    assertThat(purposes).contains("p/older-000", "p/older-499").doesNotHaveDuplicates();
    assertThat(database.read(column::count)).isEqualTo(Map.of(1, 72L, 2, 429L, 300, 1L));
  }

  private static void insertSealed(Handle handle, String name, int marker) {
    int key = marker == -1 ? 1 : marker;
    handle.execute(
        "insert into sealed_sample (name, content) values (?, ?)",
        name,
        sealed(key, (byte) marker));
  }

  private static byte[] head(int key) {
    return ByteBuffer.allocate(5).put((byte) 1).putInt(key).array();
  }

  private static byte[] sealed(int key, byte marker) {
    return ByteBuffer.allocate(6).put(head(key)).put(marker).array();
  }
}
