package dev.sekisho.events;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The SQL of segments. */
final class SegmentStore {

  /** What a segment costs in its rows of the lookup, for each event. */
  private static final int LOOKUP_BYTES = 64;

  private SegmentStore() {}

  /** Keeps the segment with what it is found by; its id is the next one. */
  static void insert(Transaction transaction, Segment segment, Set<Long> keys) {
    Handle handle = StoreTransaction.handle(transaction);
    long id =
        handle
            .createQuery("select coalesce(max(id), 0) + 1 from event_segment")
            .mapTo(Long.class)
            .one();
    handle.execute(
        "insert into event_segment (id, node, run_last, account, region, category, from_micros,"
            + " to_micros, event_count, byte_count, content)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        segment.node(),
        segment.run(),
        segment.account(),
        segment.region(),
        segment.category().text(),
        segment.from(),
        segment.to(),
        segment.count(),
        segment.content().length + LOOKUP_BYTES * segment.count(),
        segment.content());
    if (!keys.isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch(
              "insert into event_lookup (hash, to_micros, segment) values (?, ?, ?)");
      keys.forEach(key -> batch.add(key, segment.to(), id));
      batch.execute();
    }
  }

  /** Lets the segment go, with what it is found by. */
  static void delete(Transaction transaction, Segment segment) {
    Handle handle = StoreTransaction.handle(transaction);
    Set<Long> keys =
        LookupKeys.of(segment.account(), segment.region(), segment.category(), segment.events());
    if (!keys.isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch(
              "delete from event_lookup where hash = ? and to_micros = ? and segment = ?");
      keys.forEach(key -> batch.add(key, segment.to(), segment.id()));
      batch.execute();
    }
    handle.execute("delete from event_segment where id = ?", segment.id());
  }

  static Optional<Segment> find(Handle handle, long id) {
    return handle
        .createQuery("select * from event_segment where id = :id")
        .bind("id", id)
        .map((row, _) -> Segment.read(row))
        .findOne();
  }

  /** The sealed events of a node after the number, in their order, whole runs at a time. */
  static List<PositionedEvent> after(Handle handle, Position position, int limit) {
    List<PositionedEvent> events = new ArrayList<>();
    OptionalLong run = nextRun(handle, position.node(), position.sequence());
    while (run.isPresent() && events.size() < limit) {
      for (PositionedEvent each : run(handle, position.node(), run.getAsLong())) {
        if (each.position().sequence() > position.sequence()) {
          events.add(each);
        }
      }
      run = nextRun(handle, position.node(), run.getAsLong());
    }
    return events.size() > limit ? List.copyOf(events.subList(0, limit)) : events;
  }

  private static OptionalLong nextRun(Handle handle, int node, long after) {
    Optional<Long> next =
        handle
            .createQuery(
                "select run_last from event_segment where node = :node and run_last > :after"
                    + " order by run_last limit 1")
            .bind("node", node)
            .bind("after", after)
            .mapTo(Long.class)
            .findOne();
    return next.isPresent() ? OptionalLong.of(next.get()) : OptionalLong.empty();
  }

  private static List<PositionedEvent> run(Handle handle, int node, long last) {
    return handle
        .createQuery("select * from event_segment where node = :node and run_last = :last")
        .bind("node", node)
        .bind("last", last)
        .map((row, _) -> Segment.read(row))
        .stream()
        .flatMap(segment -> segment.events().stream())
        .sorted(Comparator.comparingLong(each -> each.position().sequence()))
        .toList();
  }

  /** The last number before the first sealed event of the node at the time or later. */
  static OptionalLong before(Handle handle, int node, long micros) {
    Optional<Long> run =
        handle
            .createQuery(
                "select run_last from event_segment where node = :node and to_micros >= :micros"
                    + " order by run_last limit 1")
            .bind("node", node)
            .bind("micros", micros)
            .mapTo(Long.class)
            .findOne();
    if (run.isEmpty()) {
      return OptionalLong.empty();
    }
    return run(handle, node, run.get()).stream()
        .filter(each -> SegmentContent.micros(each.event().time()) >= micros)
        .mapToLong(each -> each.position().sequence() - 1)
        .findFirst();
  }
}
