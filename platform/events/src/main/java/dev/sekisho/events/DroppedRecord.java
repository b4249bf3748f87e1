package dev.sekisho.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the log says of events that it has let go: an event of the service itself, in the history of
 * the account whose events they were.
 *
 * @param untaken whether somebody had not taken them yet
 */
record DroppedRecord(long count, long from, long to, Reason reason, boolean untaken) {

  private static final String SOURCE = "cloudtrail.amazonaws.com";
  private static final String NAME = "EventsDropped";

  /** Why events go. */
  enum Reason {
    AGE,
    SPACE
  }

  /** Whose events they were. */
  record Whose(String account, String region) {}

  static DroppedRecord of(Segment segment, Reason reason, boolean untaken) {
    return new DroppedRecord(segment.count(), segment.from(), segment.to(), reason, untaken);
  }

  DroppedRecord and(DroppedRecord other) {
    return new DroppedRecord(
        count + other.count,
        Math.min(from, other.from),
        Math.max(to, other.to),
        reason,
        untaken || other.untaken);
  }

  Event event(Whose whose, String id, Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("eventCount", count);
    details.put("oldestEventTime", EventRetention.time(from));
    details.put("newestEventTime", EventRetention.time(to));
    details.put("reason", reason.name().toLowerCase(Locale.ROOT));
    details.put("undelivered", untaken);
    return new ServiceEvent(SOURCE, NAME, ServiceEvent.INTERNAL, Map.of(), List.of(), details)
        .in(whose.account(), whose.region(), List.of(), now, id);
  }
}
