package dev.sekisho.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event's fields by the names that selectors use; the record is read only when one is in it. */
final class EventFields {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Event event;
  private @Nullable JsonNode record;

  EventFields(Event event) {
    this.event = event;
  }

  List<EventResource> resources() {
    return event.resources();
  }

  /** The value, empty when the event has none; resources' fields are asked for on their own. */
  String value(String field) {
    return switch (field) {
      case "eventCategory" -> event.category().text();
      case "readOnly" -> String.valueOf(event.readOnly());
      case "eventName" -> event.eventName();
      case "eventSource" -> event.eventSource();
      case "eventType" -> text("/eventType");
      case "errorCode" -> text("/errorCode");
      case "vpcEndpointId" -> text("/vpcEndpointId");
      case "userIdentity.arn" -> text("/userIdentity/arn");
      case "sessionCredentialFromConsole" ->
          text("/sessionCredentialFromConsole").equals("true") ? "true" : "false";
      default -> "";
    };
  }

  private String text(String pointer) {
    JsonNode read = record;
    if (read == null) {
      try {
        read = JSON.readTree(event.record().bytes());
      } catch (IOException impossible) {
        throw new UncheckedIOException("an event of ours is not JSON", impossible);
      }
      record = read;
    }
    return read.at(pointer).asText();
  }
}
