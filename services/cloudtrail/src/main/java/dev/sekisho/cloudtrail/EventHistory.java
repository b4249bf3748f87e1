package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.Event;
import dev.sekisho.contract.cloudtrail.LookupAttribute;
import dev.sekisho.contract.cloudtrail.LookupEventsRequest;
import dev.sekisho.contract.cloudtrail.LookupEventsResponse;
import dev.sekisho.contract.cloudtrail.Resource;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventQuery;
import dev.sekisho.events.Position;
import dev.sekisho.events.PositionedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds management events, as long as they are kept, newest first. */
final class EventHistory implements CloudTrailApi.EventHistory {

  private static final int LARGEST_PAGE = 50;

  private final EventLog events;
  private final PageTokens pages;
  private final Duration kept;

  EventHistory(EventLog events, PageTokens pages, Duration kept) {
    this.events = events;
    this.pages = pages;
    this.kept = kept;
  }

  @Override
  public Guarded<LookupEventsResponse> lookupEvents(Call<LookupEventsRequest> call) {
    return Guarded.by(
        AccessCheck.of("cloudtrail:LookupEvents", "*"), _ -> Outcome.answer(lookup(call)));
  }

  private LookupEventsResponse lookup(Call<LookupEventsRequest> call) {
    LookupEventsRequest input = call.input();
    if (input.eventCategory() != null) {
      if (!input.eventCategory().equals("insight")) {
        throw CloudTrailErrors.invalidEventCategory(input.eventCategory());
      }
      // No trail detects unusual activity, so there is nothing of this kind to find.
      return LookupEventsResponse.builder().events(List.of()).build();
    }
    int limit = Objects.requireNonNullElse(input.maxResults(), LARGEST_PAGE);
    LookupAttribute attribute = attribute(input.lookupAttributes());
    Instant from = from(input, call.context().time());
    String scope = scope(call, attribute);
    List<PositionedEvent> found =
        events.find(
            new EventQuery(
                call.account().value(),
                call.region(),
                EventCategory.MANAGEMENT,
                from,
                input.endTime(),
                attribute == null ? null : key(attribute.attributeKey()),
                attribute == null ? "" : attribute.attributeValue(),
                before(scope, input.nextToken()),
                limit + 1));
    List<PositionedEvent> given = found.size() > limit ? found.subList(0, limit) : found;
    return LookupEventsResponse.builder()
        .events(given.stream().map(each -> shown(each.event())).toList())
        .nextToken(
            found.size() > limit ? token(scope, EventQuery.Cursor.of(given.getLast())) : null)
        .build();
  }

  private static @Nullable LookupAttribute attribute(@Nullable List<LookupAttribute> attributes) {
    if (attributes == null || attributes.isEmpty()) {
      return null;
    }
    if (attributes.size() > 1) {
      throw CloudTrailErrors.invalidLookupAttributes("You can specify only one lookup attribute.");
    }
    return attributes.getFirst();
  }

  private static EventQuery.Attribute key(String name) {
    return switch (name) {
      case "EventId" -> EventQuery.Attribute.EVENT_ID;
      case "EventName" -> EventQuery.Attribute.EVENT_NAME;
      case "ReadOnly" -> EventQuery.Attribute.READ_ONLY;
      case "Username" -> EventQuery.Attribute.USERNAME;
      case "ResourceType" -> EventQuery.Attribute.RESOURCE_TYPE;
      case "ResourceName" -> EventQuery.Attribute.RESOURCE_NAME;
      case "EventSource" -> EventQuery.Attribute.EVENT_SOURCE;
      case "AccessKeyId" -> EventQuery.Attribute.ACCESS_KEY_ID;
      default ->
          throw CloudTrailErrors.invalidLookupAttributes(name + " is not a lookup attribute.");
    };
  }

  private Instant from(LookupEventsRequest input, Instant now) {
    Instant start = input.startTime();
    Instant end = input.endTime();
    if (start != null && end != null && start.isAfter(end)) {
      throw CloudTrailErrors.invalidTimeRange("The start time must not be after the end time.");
    }
    Instant oldest = now.minus(kept);
    return start == null || start.isBefore(oldest) ? oldest : start;
  }

  private static String scope(Call<LookupEventsRequest> call, @Nullable LookupAttribute attribute) {
    LookupEventsRequest input = call.input();
    return String.join(
        "|",
        "LookupEvents",
        call.account().value(),
        call.region(),
        String.valueOf(input.startTime()),
        String.valueOf(input.endTime()),
        attribute == null ? "" : attribute.attributeKey() + '=' + attribute.attributeValue());
  }

  private String token(String scope, EventQuery.Cursor last) {
    Position position = last.position();
    return pages.seal(scope, last.time() + " " + position.node() + " " + position.sequence());
  }

  private EventQuery.@Nullable Cursor before(String scope, @Nullable String token) {
    if (token == null) {
      return null;
    }
    try {
      String[] parts = pages.open(scope, token).split(" ", 3);
      return new EventQuery.Cursor(
          Instant.parse(parts[0]),
          new Position(Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
    } catch (CryptoException foreign) {
      throw CloudTrailErrors.invalidNextToken();
    }
  }

  private static Event shown(dev.sekisho.events.Event event) {
    return Event.builder()
        .eventId(event.eventId())
        .eventName(event.eventName())
        .readOnly(String.valueOf(event.readOnly()).toLowerCase(Locale.ROOT))
        .accessKeyId(event.accessKeyId())
        .eventTime(event.time().truncatedTo(ChronoUnit.SECONDS))
        .eventSource(event.eventSource())
        .username(event.username())
        .resources(
            event.resources().stream()
                .map(resource ->
                    Resource.builder()
                        .resourceType(resource.type())
                        .resourceName(resource.arn())
                        .build())
                .toList())
        .cloudTrailEvent(new String(event.record().bytes(), StandardCharsets.UTF_8))
        .build();
  }
}
