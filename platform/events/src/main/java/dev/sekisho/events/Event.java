package dev.sekisho.events;

import dev.sekisho.core.Blob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a call, with the attributes it is looked up by beside the record itself.
 *
 * @param account whose history the event belongs to
 * @param record the CloudTrail record, JSON in UTF-8
 */
public record Event(
    String eventId,
    Instant time,
    String account,
    String region,
    EventCategory category,
    String eventSource,
    String eventName,
    boolean readOnly,
    @Nullable String username,
    @Nullable String accessKeyId,
    List<EventResource> resources,
    Blob record) {

  public Event {
    resources = List.copyOf(resources);
  }

  /** A management event. */
  public Event(
      String eventId,
      Instant time,
      String account,
      String region,
      String eventSource,
      String eventName,
      boolean readOnly,
      @Nullable String username,
      @Nullable String accessKeyId,
      List<EventResource> resources,
      Blob record) {
    this(
        eventId,
        time,
        account,
        region,
        EventCategory.MANAGEMENT,
        eventSource,
        eventName,
        readOnly,
        username,
        accessKeyId,
        resources,
        record);
  }
}
