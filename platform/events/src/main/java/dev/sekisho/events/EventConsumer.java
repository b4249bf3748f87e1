package dev.sekisho.events;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Follows the events of all nodes under a name, from where it was left.
 *
 * <p>INVARIANT: an event is passed over only when a batch with it or a later one of its node was
 * committed. So each is seen at least once; one that was seen but not committed is seen again.
 */
public final class EventConsumer {

  /**
   * Events and how far a consumer is once it has dealt with them.
   *
   * @param from the last number of each node that had been passed over before
   * @param events oldest first; those of one node in their order
   */
  public record Batch(Map<Integer, Long> from, List<PositionedEvent> events) {

    public Batch {
      from = Map.copyOf(from);
      events = List.copyOf(events);
    }

    private Map<Integer, Long> offsets() {
      Map<Integer, Long> offsets = new HashMap<>();
      events.forEach(each -> offsets.put(each.position().node(), each.position().sequence()));
      return offsets;
    }
  }

  private final Database database;
  private final String name;

  public EventConsumer(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  /**
   * The next events that were not committed; none when there are none.
   *
   * @param limit how many at most
   */
  public Batch next(int limit) {
    return database.read(handle -> {
      Map<Integer, Long> from = offsets(handle);
      return new Batch(from, EventsOfNodes.after(handle, from, limit));
    });
  }

  /** The last number of each node that was passed over. */
  public Map<Integer, Long> offsets(Handle handle) {
    Map<Integer, Long> offsets = new HashMap<>();
    handle
        .createQuery("select node, sequence from event_consumer where consumer = ?")
        .bind(0, name)
        .map((row, _) -> new Position(row.getInt(1), row.getLong(2)))
        .forEach(position -> offsets.put(position.node(), position.sequence()));
    return offsets;
  }

  /**
   * Hands over everything that had come when this was called, batch by batch.
   *
   * @param limit how many events a batch has at most
   * @param take deals with a batch and commits it
   */
  public void drain(int limit, Consumer<Batch> take) {
    Batch batch;
    do {
      batch = next(limit);
      if (!batch.events().isEmpty()) {
        take.accept(batch);
      }
      // A batch that is not full holds the last event there was. To look until there is none would
      // chase those who write.
    } while (batch.events().size() == limit);
  }

  /** Passes over the batch's events, together with whatever else the transaction does. */
  public void commit(Transaction transaction, Batch batch) {
    pass(transaction, batch.offsets());
  }

  /** Passes over everything up to these numbers. */
  public void pass(Transaction transaction, Map<Integer, Long> offsets) {
    Handle handle = StoreTransaction.handle(transaction);
    offsets.forEach((node, sequence) ->
        handle.execute(
            "insert into event_consumer (consumer, node, sequence) values (?, ?, ?)"
                + " on conflict (consumer, node) do update set sequence = excluded.sequence"
                + " where event_consumer.sequence < excluded.sequence",
            name,
            node,
            sequence));
  }

  /** Whether nobody has passed over events of the batch since it was read. */
  public boolean isNext(Transaction transaction, Batch batch) {
    return offsets(StoreTransaction.handle(transaction)).equals(batch.from());
  }

  /** Forgets the consumer. */
  public void forget(Transaction transaction) {
    StoreTransaction.handle(transaction)
        .execute("delete from event_consumer where consumer = ?", name);
  }

  /** The last number of each node that has events, as far as they are committed. */
  public static Map<Integer, Long> ends(Handle handle) {
    return EventsOfNodes.ends(handle);
  }
}
