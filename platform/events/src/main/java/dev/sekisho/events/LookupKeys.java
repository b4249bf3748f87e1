package dev.sekisho.events;

import dev.sekisho.events.EventQuery.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values that events can be looked up by, and whether an event has one. */
final class LookupKeys {

  private LookupKeys() {}

  /** Every value of the segment's events; none for categories that nobody looks up. */
  static Set<Long> of(
      String account, String region, EventCategory category, List<PositionedEvent> events) {
    Set<Long> keys = new HashSet<>();
    if (category != EventCategory.MANAGEMENT) {
      return keys;
    }
    Hashes hashes = new Hashes(account, region);
    Map<Attribute, Set<String>> seen = new EnumMap<>(Attribute.class);
    for (PositionedEvent each : events) {
      Event event = each.event();
      if (!EventId.tellsTime(event)) {
        keys.add(hashes.of(Attribute.EVENT_ID, event.eventId()));
      }
      add(keys, seen, hashes, Attribute.EVENT_NAME, event.eventName());
      add(keys, seen, hashes, Attribute.EVENT_SOURCE, event.eventSource());
      add(keys, seen, hashes, Attribute.READ_ONLY, String.valueOf(event.readOnly()));
      add(keys, seen, hashes, Attribute.USERNAME, event.username());
      add(keys, seen, hashes, Attribute.ACCESS_KEY_ID, event.accessKeyId());
      for (EventResource resource : event.resources()) {
        add(keys, seen, hashes, Attribute.RESOURCE_TYPE, resource.type());
        String arn = resource.arn();
        add(keys, seen, hashes, Attribute.RESOURCE_NAME, arn);
        for (int slash = arn.indexOf('/'); slash >= 0; slash = arn.indexOf('/', slash + 1)) {
          add(keys, seen, hashes, Attribute.RESOURCE_NAME, arn.substring(slash + 1));
        }
      }
    }
    return keys;
  }

  private static void add(
      Set<Long> keys,
      Map<Attribute, Set<String>> seen,
      Hashes hashes,
      Attribute attribute,
      @Nullable String value) {
    if (value != null && seen.computeIfAbsent(attribute, _ -> new HashSet<>()).add(value)) {
      keys.add(hashes.of(attribute, value));
    }
  }

  /** The key of what a query looks for. */
  static long of(EventQuery query, Attribute attribute) {
    return new Hashes(query.account(), query.region()).of(attribute, wanted(query, attribute));
  }

  private static String wanted(EventQuery query, Attribute attribute) {
    return attribute == Attribute.READ_ONLY
        ? String.valueOf(query.value().equals("true"))
        : query.value();
  }

  /** Whether the event has what the query looks for. */
  static boolean has(Event event, EventQuery query) {
    String value = query.value();
    return switch (query.attribute()) {
      case null -> true;
      case EVENT_ID -> event.eventId().equals(value);
      case EVENT_NAME -> event.eventName().equals(value);
      case EVENT_SOURCE -> event.eventSource().equals(value);
      case READ_ONLY -> event.readOnly() == value.equals("true");
      case USERNAME -> value.equals(event.username());
      case ACCESS_KEY_ID -> value.equals(event.accessKeyId());
      case RESOURCE_TYPE -> event.resources().stream().anyMatch(r -> r.type().equals(value));
      case RESOURCE_NAME ->
          event.resources().stream()
              .anyMatch(r ->
                  value.startsWith("arn:") ? r.arn().equals(value) : r.arn().endsWith('/' + value));
    };
  }

  private static final class Hashes {

    private final MessageDigest digest;
    private final byte[] scope;

    Hashes(String account, String region) {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("SHA-256 is part of every JDK", impossible);
      }
      scope = (account + '/' + region + '/').getBytes(StandardCharsets.UTF_8);
    }

    long of(Attribute attribute, String value) {
      digest.update(scope);
      digest.update(attribute.name().getBytes(StandardCharsets.US_ASCII));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(value.getBytes(StandardCharsets.UTF_8))).getLong();
    }
  }
}
