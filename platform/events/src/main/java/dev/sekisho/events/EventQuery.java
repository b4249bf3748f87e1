package dev.sekisho.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, newest first.
 *
 * @param from inclusive
 * @param to inclusive
 * @param attribute at most one attribute and the value it must have
 * @param before only events before this position; null to begin with the newest
 * @param limit how many at most
 */
public record EventQuery(
    String account,
    String region,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Attribute attribute,
    String value,
    @Nullable Position before,
    int limit) {

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
