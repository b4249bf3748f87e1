package dev.sekisho.events;

import dev.sekisho.store.Snapshots;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Follows the events of all nodes as they come, for somebody who watches and keeps no offsets. Not
 * for several threads.
 */
public final class EventFollower {

  private final Snapshots database;
  private final Map<Integer, Long> offsets;

  private EventFollower(Snapshots database, Map<Integer, Long> offsets) {
    this.database = database;
    this.offsets = offsets;
  }

  /**
   * Begins at a time, or now.
   *
   * @param since the time of the first event; null passes over all that are there
   */
  public static EventFollower from(Snapshots database, @Nullable Instant since) {
    return new EventFollower(
        database,
        database.read(handle -> {
          Map<Integer, Long> offsets = new HashMap<>();
          for (int node : EventsOfNodes.nodes(handle)) {
            offsets.put(
                node,
                since == null ? EventsOfNodes.last(handle, node) : before(handle, node, since));
          }
          return offsets;
        }));
  }

  /** The last number before the first event of the time or later. */
  private static long before(Handle handle, int node, Instant since) {
    OptionalLong sealed = SegmentStore.before(handle, node, SegmentContent.micros(since));
    if (sealed.isPresent()) {
      return sealed.getAsLong();
    }
    return handle
        .createQuery(
            "select min(sequence) - 1 from event where node = :node and time_micros >= :since")
        .bind("node", node)
        .bind("since", ChronoUnit.MICROS.between(Instant.EPOCH, since))
        .mapTo(Long.class)
        .findOne()
        .orElseGet(() -> EventsOfNodes.last(handle, node));
  }

  /**
   * The next events, oldest first; none when there are none yet.
   *
   * @param limit how many at most
   */
  public List<PositionedEvent> next(int limit) {
    List<PositionedEvent> events =
        database.read(handle -> EventsOfNodes.after(handle, offsets, limit));
    events.forEach(each -> offsets.put(each.position().node(), each.position().sequence()));
    return events;
  }
}
