package dev.sekisho.server.tail;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Which events are shown; what is null does not matter.
 *
 * @param user a user's or role's name, a session's name or an access key id
 * @param service for example {@code kms}
 * @param event for example {@code Decrypt}
 */
record EventFilter(
    @Nullable String user, @Nullable String service, @Nullable String event, boolean errors) {

  static final EventFilter ALL = new EventFilter(null, null, null, false);

  EventFilter ofUser(String name) {
    return new EventFilter(name, service, event, errors);
  }

  EventFilter ofService(String name) {
    return new EventFilter(user, name, event, errors);
  }

  EventFilter ofEvent(String name) {
    return new EventFilter(user, service, name, errors);
  }

  EventFilter onlyErrors() {
    return new EventFilter(user, service, event, true);
  }

  boolean takes(JsonNode record) {
    return (!errors || record.hasNonNull("errorCode"))
        && (service == null
            || record.path("eventSource").asText().equals(service + ".amazonaws.com"))
        && (event == null || record.path("eventName").asText().equalsIgnoreCase(event))
        && (user == null || isOf(record.path("userIdentity"), user));
  }

  private static boolean isOf(JsonNode identity, String user) {
    String arn = identity.path("arn").asText();
    return user.equals(identity.path("userName").asText())
        || user.equals(identity.path("accessKeyId").asText())
        || user.equals(identity.at("/sessionContext/sessionIssuer/userName").asText())
        || user.equals(arn)
        || user.equals(arn.substring(arn.lastIndexOf('/') + 1))
        || (user.equalsIgnoreCase("root") && identity.path("type").asText().equals("Root"));
  }
}
