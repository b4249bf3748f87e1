package dev.sekisho.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, newest first.
 *
 * @param from inclusive
 * @param to inclusive
 * @param attribute at most one attribute and the value it must have
 * @param before only events before this one; null to begin with the newest
 * @param limit how many at most
 */
public record EventQuery(
    String account,
    String region,
    EventCategory category,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Attribute attribute,
    String value,
    @Nullable Cursor before,
    int limit) {

  /** An event's place among all events by time; the position decides between equal times. */
  public record Cursor(Instant time, Position position) {

    public static Cursor of(PositionedEvent event) {
      return new Cursor(event.event().time(), event.position());
    }
  }

  /** What events can be looked up by. */
  public enum Attribute {
    EVENT_ID,
    EVENT_NAME,
    EVENT_SOURCE,
    READ_ONLY,
    USERNAME,
    ACCESS_KEY_ID,
    RESOURCE_NAME,
    RESOURCE_TYPE
  }
}
