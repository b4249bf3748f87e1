package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.DataResource;
import dev.sekisho.contract.cloudtrail.EventSelector;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventResource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a basic event selector takes. */
final class BasicSelection {

  static final String LAMBDA = "AWS::Lambda::Function";

  private BasicSelection() {}

  static boolean takes(EventSelector selector, Event event) {
    if (!readWrite(selector.readWriteType(), event.readOnly())) {
      return false;
    }
    return switch (event.category()) {
      case MANAGEMENT ->
          !Boolean.FALSE.equals(selector.includeManagementEvents())
              && !orEmpty(selector.excludeManagementEventSources()).contains(event.eventSource());
      case DATA ->
          orEmpty(selector.dataResources()).stream()
              .anyMatch(wanted -> event.resources().stream().anyMatch(each -> is(each, wanted)));
      case NETWORK_ACTIVITY, INSIGHT -> false;
    };
  }

  private static boolean readWrite(@Nullable String type, boolean readOnly) {
    return switch (Objects.requireNonNullElse(type, "All")) {
      case "ReadOnly" -> readOnly;
      case "WriteOnly" -> !readOnly;
      default -> true;
    };
  }

  private static boolean is(EventResource resource, DataResource wanted) {
    return resource.type().equals(wanted.type())
        && orEmpty(wanted.values()).stream().anyMatch(value -> matches(resource, value));
  }

  /** The ARN of a function is whole; all others are what an ARN begins with. */
  private static boolean matches(EventResource resource, String value) {
    boolean whole = resource.type().equals(LAMBDA) && value.contains(":function:");
    return whole ? resource.arn().equals(value) : resource.arn().startsWith(value);
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
