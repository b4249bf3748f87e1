package dev.sekisho.cloudtrail;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.EventConsumer;
import dev.sekisho.events.Position;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** How far a trail is in the event log. */
final class TrailPosition {

  private final Database database;
  private final EventConsumer consumer;
  private final StoredTrail trail;

  TrailPosition(Database database, StoredTrail trail) {
    this.database = database;
    this.trail = trail;
    this.consumer = new EventConsumer(database, name(trail));
  }

  private static String name(StoredTrail trail) {
    return "cloudtrail/" + trail.id();
  }

  EventConsumer consumer() {
    return consumer;
  }

  /** A new trail begins behind all that has happened, and stopped. */
  static void begin(Transaction transaction, StoredTrail trail) {
    Pauses.open(transaction, trail.id());
    Handle handle = StoreTransaction.handle(transaction);
    EventConsumer.ends(handle)
        .forEach((node, last) ->
            handle.execute(
                "insert into event_consumer (consumer, node, sequence) values (?, ?, ?)",
                name(trail),
                node,
                last));
  }

  /**
   * Passes over pauses that were reached, which costs nothing however much happened in them.
   *
   * @return whether the trail has nothing more to take, because it is stopped and has all from
   *     before
   */
  boolean skip() {
    Map<Integer, Long> beyond = new HashMap<>();
    boolean done =
        database.read(handle -> {
          Map<Integer, Long> offsets = consumer.offsets(handle);
          Pauses pauses = Pauses.of(handle, trail);
          Map<Integer, Long> ends = EventConsumer.ends(handle);
          boolean reached = !trail.logging();
          for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            long at = offsets.getOrDefault(end.getKey(), 0L);
            long next = pauses.after(new Position(end.getKey(), at), end.getValue());
            if (next > at) {
              beyond.put(end.getKey(), next);
            }
            reached &= next >= end.getValue();
          }
          return reached;
        });
    if (!beyond.isEmpty()) {
      database.write(transaction -> {
        // The trail may have been started again meanwhile; then the next look has it.
        boolean same = isUnchanged(transaction);
        if (same) {
          consumer.pass(transaction, beyond);
          Pauses.drop(transaction, trail.id(), beyond);
        }
        return same;
      });
    }
    return done;
  }

  /** Whether nobody has changed the trail since it was read. */
  boolean isUnchanged(Transaction transaction) {
    return TrailStore.find(StoreTransaction.handle(transaction), trail.id())
        .filter(trail::equals)
        .isPresent();
  }

  void forget(Transaction transaction) {
    consumer.forget(transaction);
  }
}
