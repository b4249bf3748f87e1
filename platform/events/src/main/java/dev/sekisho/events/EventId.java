package dev.sekisho.events;

import dev.sekisho.core.Randomness;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids of events: UUIDs that begin with the event's time and are random from there on (version 7 of
 * RFC 9562). So an event is found by its id where its time is, and no index of ids is kept.
 */
public final class EventId {

  private static final int TIME_VERSION = 7;
  private static final int TIME_SHIFT = 16;

  private EventId() {}

  /** A new id for an event of that time. */
  public static String at(Instant time, Randomness randomness) {
    UUID random = randomness.uuid();
    long high =
        (time.toEpochMilli() << TIME_SHIFT)
            | (TIME_VERSION << 12)
            | (random.getMostSignificantBits() & 0xfff);
    return new UUID(high, random.getLeastSignificantBits()).toString();
  }

  /** The time that the id begins with, to the millisecond; nothing for ids of other kinds. */
  static Optional<Instant> time(String id) {
    if (id.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.version() == TIME_VERSION
          ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> TIME_SHIFT))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException other) {
      return Optional.empty();
    }
  }

  /** Whether the event is to be found where its id says. */
  static boolean tellsTime(Event event) {
    return time(event.eventId())
        .filter(time -> time.toEpochMilli() == event.time().toEpochMilli())
        .isPresent();
  }
}
