package dev.sekisho.events;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jdbi.v3.core.Handle;

/** The events of all nodes as one row, each node's in its own order. */
final class EventsOfNodes {

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

  private EventsOfNodes() {}

  /** The nodes that have events. */
  static List<Integer> nodes(Handle handle) {
    return handle.createQuery(NODES).mapTo(Integer.class).list();
  }

  /** The last number of each node. */
  static Map<Integer, Long> ends(Handle handle) {
    Map<Integer, Long> ends = new HashMap<>();
    for (int node : nodes(handle)) {
      ends.put(node, last(handle, node));
    }
    return ends;
  }

  /** The number of the node's last event; 0 when it has none. */
  static long last(Handle handle, int node) {
    return handle
        .createQuery("select coalesce(max(sequence), 0) from event where node = ?")
        .bind(0, node)
        .mapTo(Long.class)
        .one();
  }

  /**
   * The events after the offsets, oldest first.
   *
   * @param offsets the last sequence number of each node that is passed over; none for 0
   * @param limit how many at most
   */
  static List<PositionedEvent> after(Handle handle, Map<Integer, Long> offsets, int limit) {
    List<Iterator<PositionedEvent>> nodes = new ArrayList<>();
    for (int node : nodes(handle)) {
      Position from = new Position(node, offsets.getOrDefault(node, 0L));
      nodes.add(EventLog.after(handle, from, limit).iterator());
    }
    return merged(nodes, limit);
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
}
