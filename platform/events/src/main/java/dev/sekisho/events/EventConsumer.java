package dev.sekisho.events;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;

/**
 * Follows the events of all nodes under a name, from where it was left.
 *
 * <p>INVARIANT: an event is passed over only when a batch with it or a later one of its node was
 * committed. So each is seen at least once; one that was seen but not committed is seen again.
 */
public final class EventConsumer {

  // One look into the primary key for each node, however many events there are.
  private static final String NODES =
      """
      with recursive nodes (node) as (
        select min(node) from event
        union all
        select (select min(event.node) from event where event.node > nodes.node) from nodes
          where nodes.node is not null
      )
      select node from nodes where node is not null
      """;

  /**
   * Events and how far a consumer is once it has dealt with them.
   *
   * @param events oldest first; those of one node in their order
   */
  public record Batch(List<PositionedEvent> events) {

    public Batch {
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
      Map<Integer, Long> offsets = offsets(handle);
      List<Iterator<PositionedEvent>> nodes = new ArrayList<>();
      for (int node : handle.createQuery(NODES).mapTo(Integer.class).list()) {
        Position from = new Position(node, offsets.getOrDefault(node, 0L));
        nodes.add(EventLog.after(handle, from, limit).iterator());
      }
      return new Batch(merged(nodes, limit));
    });
  }

  private Map<Integer, Long> offsets(Handle handle) {
    Map<Integer, Long> offsets = new HashMap<>();
    handle
        .createQuery("select node, sequence from event_consumer where consumer = ?")
        .bind(0, name)
        .map((row, _) -> new Position(row.getInt(1), row.getLong(2)))
        .forEach(position -> offsets.put(position.node(), position.sequence()));
    return offsets;
  }

  private record Head(PositionedEvent event, Iterator<PositionedEvent> rest)
      implements Comparable<Head> {

    @Override
    public int compareTo(Head other) {
      int byTime = event.event().time().compareTo(other.event.event().time());
      return byTime != 0
          ? byTime
          : Integer.compare(event.position().node(), other.event.position().node());
    }
  }

  /** By time as far as each node's own order lets it. */
  private static List<PositionedEvent> merged(List<Iterator<PositionedEvent>> nodes, int limit) {
    PriorityQueue<Head> heads = new PriorityQueue<>();
    for (Iterator<PositionedEvent> node : nodes) {
      if (node.hasNext()) {
        heads.add(new Head(node.next(), node));
      }
    }
    List<PositionedEvent> events = new ArrayList<>();
    Head head = heads.poll();
    while (head != null && events.size() < limit) {
      events.add(head.event());
      if (head.rest().hasNext()) {
        heads.add(new Head(head.rest().next(), head.rest()));
      }
      head = heads.poll();
    }
    return events;
  }

  /** Passes over the batch's events, together with whatever else the transaction does. */
  public void commit(Transaction transaction, Batch batch) {
    Handle handle = StoreTransaction.handle(transaction);
    batch
        .offsets()
        .forEach((node, sequence) ->
            handle.execute(
                "insert into event_consumer (consumer, node, sequence) values (?, ?, ?)"
                    + " on conflict (consumer, node) do update set sequence = excluded.sequence"
                    + " where event_consumer.sequence < excluded.sequence",
                name,
                node,
                sequence));
  }
}
