package dev.sekisho.events;

import dev.sekisho.events.EventQuery.Attribute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds events, newest first, among those that are new and those that are sealed.
 *
 * <p>Segments are looked into from the one with the newest event on, until no other can hold an
 * event that belongs before the last one found. So it does not matter how segments overlap, because
 * clocks differ or were moved.
 */
final class EventSearch {

  private static final Comparator<PositionedEvent> NEWEST_FIRST =
      Comparator.comparing((PositionedEvent each) -> each.event().time())
          .thenComparingInt(each -> each.position().node())
          .thenComparingLong(each -> each.position().sequence())
          .reversed();

  /** How many segments are named at once. */
  private static final int AT_ONCE = 64;

  private record Found(long id, long to) {}

  private final Handle handle;
  private final EventQuery query;
  private final List<PositionedEvent> events;

  private EventSearch(Handle handle, EventQuery query, List<PositionedEvent> unsealed) {
    this.handle = handle;
    this.query = query;
    this.events = new ArrayList<>(unsealed);
  }

  /**
   * @param unsealed what the query finds among the events that are not sealed
   */
  static List<PositionedEvent> find(
      Handle handle, EventQuery query, List<PositionedEvent> unsealed) {
    EventSearch search = new EventSearch(handle, query, unsealed);
    search.look();
    return search.events;
  }

  private void look() {
    Found last = new Found(Long.MAX_VALUE, Long.MAX_VALUE);
    List<Found> next = next(last);
    while (!next.isEmpty()) {
      for (Found segment : next) {
        if (events.size() >= query.limit() && isOlder(segment)) {
          return;
        }
        SegmentStore.find(handle, segment.id()).ifPresent(this::take);
      }
      next = next.size() < AT_ONCE ? List.of() : next(next.getLast());
    }
  }

  private boolean isOlder(Found segment) {
    return segment.to() < SegmentContent.micros(events.getLast().event().time());
  }

  private void take(Segment segment) {
    for (PositionedEvent each : segment.events()) {
      if (isWanted(each)) {
        events.add(each);
      }
    }
    events.sort(NEWEST_FIRST);
    if (events.size() > query.limit()) {
      events.subList(query.limit(), events.size()).clear();
    }
  }

  private boolean isWanted(PositionedEvent event) {
    EventQuery.Cursor before = query.before();
    return (query.from() == null || !event.event().time().isBefore(query.from()))
        && (query.to() == null || !event.event().time().isAfter(query.to()))
        && (before == null || isAfter(before, event))
        && LookupKeys.has(event.event(), query);
  }

  /** Whether the event comes after the cursor when the newest come first. */
  private static boolean isAfter(EventQuery.Cursor cursor, PositionedEvent event) {
    int byTime = event.event().time().compareTo(cursor.time());
    if (byTime != 0) {
      return byTime < 0;
    }
    Position position = cursor.position();
    int byNode = Integer.compare(event.position().node(), position.node());
    return byNode != 0 ? byNode < 0 : event.position().sequence() < position.sequence();
  }

  /** Names the segments that may have something, those with the newest events first. */
  private List<Found> next(Found last) {
    Attribute attribute = query.attribute();
    if (attribute == null) {
      return byTime(first(), last(), last);
    }
    List<Found> found = byKey(attribute, last);
    if (attribute != Attribute.EVENT_ID || !found.isEmpty()) {
      return found;
    }
    return EventId.time(query.value())
        .map(SegmentContent::micros)
        .map(time -> byTime(Math.max(first(), time), Math.min(last(), time + 999), last))
        .orElse(found);
  }

  private long first() {
    return query.from() == null ? Long.MIN_VALUE : SegmentContent.micros(query.from());
  }

  private long last() {
    EventQuery.Cursor before = query.before();
    long last = query.to() == null ? Long.MAX_VALUE : SegmentContent.micros(query.to());
    return before == null ? last : Math.min(last, SegmentContent.micros(before.time()));
  }

  private List<Found> byTime(long from, long to, Found last) {
    return found(
        handle
            .createQuery(
                "select id, to_micros from event_segment where account = :account"
                    + " and region = :region and category = :category and to_micros >= :from"
                    + " and from_micros <= :to and (to_micros, id) < (:lastTo, :lastId)"
                    + " and to_micros <= :lastTo"
                    + " order by to_micros desc, id desc limit :atOnce")
            .bind("account", query.account())
            .bind("region", query.region())
            .bind("category", query.category().text()),
        from,
        to,
        last);
  }

  private List<Found> byKey(Attribute attribute, Found last) {
    return found(
        handle
            .createQuery(
                "select s.id, s.to_micros from event_lookup l"
                    + " join event_segment s on s.id = l.segment"
                    + " where l.hash = :hash and l.to_micros >= :from"
                    + " and s.from_micros <= :to"
                    + " and (l.to_micros, l.segment) < (:lastTo, :lastId)"
                    + " and l.to_micros <= :lastTo"
                    + " order by l.to_micros desc, l.segment desc limit :atOnce")
            .bind("hash", LookupKeys.of(query, attribute)),
        first(),
        last(),
        last);
  }

  private static List<Found> found(Query statement, long from, long to, Found last) {
    return statement
        .bind("from", from)
        .bind("to", to)
        .bind("lastTo", last.to())
        .bind("lastId", last.id())
        .bind("atOnce", AT_ONCE)
        .map((row, _) -> new Found(row.getLong(1), row.getLong(2)))
        .list();
  }
}
