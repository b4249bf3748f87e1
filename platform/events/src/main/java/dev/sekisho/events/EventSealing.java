package dev.sekisho.events;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Compresses events that are not new any more, oldest first: rows become segments in one
 * transaction, so that at any time each event is in one of both.
 *
 * <p>INVARIANT: a node's last event is never sealed, so its number is always found at once, and
 * what is sealed of a node comes before all that is not.
 */
public final class EventSealing {

  /** As many stay as they are, for those who follow and those who look up the newest. */
  private static final int NEW = 4_096;

  /** What is older is sealed however few there are. */
  private static final Duration OLD = Duration.ofDays(1);

  // Small enough that those who write beside it hardly wait.
  private static final int RUN = 1_024;
  private static final int SEGMENT = 256;

  /** How many events come while a run is sealed when the log is busy. */
  private static final int BUSY = RUN / 64;

  private record Group(String account, String region, EventCategory category) {}

  private record Sealed(Segment segment, Set<Long> keys) {}

  private final Database database;

  public EventSealing(Database database) {
    this.database = database;
  }

  /**
   * Seals what is due. Safe to call at any time, by several threads and nodes.
   *
   * <p>To seal an event costs more than to append it, so a log that grows fast meanwhile is left
   * for a calmer time, but for a run each time this is called.
   */
  public void run(Instant now) {
    for (int node : database.read(EventsOfNodes::nodes)) {
      long before = last(node);
      while (seal(node, now)) {
        long after = last(node);
        if (after - before > BUSY) {
          break;
        }
        before = after;
      }
    }
  }

  private long last(int node) {
    return database.read(handle -> EventsOfNodes.last(handle, node));
  }

  private boolean seal(int node, Instant now) {
    List<PositionedEvent> run = database.read(handle -> due(handle, node, now));
    if (run.isEmpty()) {
      return false;
    }
    List<Sealed> sealed = sealed(node, run);
    return database.write(transaction -> keep(transaction, node, run, sealed)) && run.size() == RUN;
  }

  private static List<PositionedEvent> due(Handle handle, int node, Instant now) {
    long there =
        handle
            .createQuery(
                "select count(*) from (select sequence from event where node = :node"
                    + " order by sequence limit :limit) as first_rows")
            .bind("node", node)
            .bind("limit", RUN + NEW)
            .mapTo(Long.class)
            .one();
    if (there == RUN + NEW) {
      return EventLog.unsealed(handle, Position.start(node), RUN);
    }
    Instant old = now.minus(OLD);
    List<PositionedEvent> first = EventLog.unsealed(handle, Position.start(node), 1);
    if (there < 2 || !first.getFirst().event().time().isBefore(old)) {
      return List.of();
    }
    List<PositionedEvent> rows =
        EventLog.unsealed(handle, Position.start(node), (int) Math.min(RUN, there - 1));
    int count = 1;
    while (count < rows.size() && rows.get(count).event().time().isBefore(old)) {
      count++;
    }
    return rows.subList(0, count);
  }

  private static List<Sealed> sealed(int node, List<PositionedEvent> run) {
    long last = run.getLast().position().sequence();
    Map<Group, List<PositionedEvent>> groups = new LinkedHashMap<>();
    for (PositionedEvent each : run) {
      Event event = each.event();
      groups
          .computeIfAbsent(
              new Group(event.account(), event.region(), event.category()), _ -> new ArrayList<>())
          .add(each);
    }
    List<Sealed> sealed = new ArrayList<>();
    groups.forEach((group, events) -> {
      for (int begin = 0; begin < events.size(); begin += SEGMENT) {
        sealed.add(
            sealed(
                node,
                last,
                group,
                events.subList(begin, Math.min(events.size(), begin + SEGMENT))));
      }
    });
    return sealed;
  }

  private static Sealed sealed(int node, long run, Group group, List<PositionedEvent> events) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (PositionedEvent each : events) {
      long micros = SegmentContent.micros(each.event().time());
      from = Math.min(from, micros);
      to = Math.max(to, micros);
    }
    return new Sealed(
        new Segment(
            0,
            node,
            run,
            group.account(),
            group.region(),
            group.category(),
            from,
            to,
            events.size(),
            SegmentContent.write(events)),
        LookupKeys.of(group.account(), group.region(), group.category(), events));
  }

  /** False when another node has sealed some of the run in the meantime. */
  private static boolean keep(
      Transaction transaction, int node, List<PositionedEvent> run, List<Sealed> sealed) {
    Handle handle = StoreTransaction.handle(transaction);
    long first = run.getFirst().position().sequence();
    long last = run.getLast().position().sequence();
    long there =
        handle
            .createQuery(
                "select count(*) from event where node = :node"
                    + " and sequence >= :first and sequence <= :last")
            .bind("node", node)
            .bind("first", first)
            .bind("last", last)
            .mapTo(Long.class)
            .one();
    if (there != run.size()) {
      return false;
    }
    sealed.forEach(each -> SegmentStore.insert(transaction, each.segment(), each.keys()));
    handle.execute(
        "delete from event where node = ? and sequence >= ? and sequence <= ?", node, first, last);
    return true;
  }
}
