package dev.sekisho.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.core.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The event of what a service does by itself, which nobody called for.
 *
 * @param source for example {@code kms.amazonaws.com}
 * @param sender who the record says did it
 * @param additional the record's {@code additionalEventData}, in order; left out when empty
 * @param shown the record's {@code resources}; left out when empty
 * @param details the record's {@code serviceEventDetails}, in order: texts, numbers, flags; left
 *     out when empty
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html">AWS
 *     service events</a>
 */
public record ServiceEvent(
    String source,
    String name,
    String sender,
    Map<String, ?> additional,
    List<EventResource> shown,
    Map<String, ?> details) {

  /** Who does what AWS's records do not tell more of. */
  public static final String INTERNAL = "AWS Internal";

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The event in an account's history.
   *
   * @param resources what it is looked up by
   * @param id made for that time by {@link EventId}
   */
  public Event in(
      String account, String region, List<EventResource> resources, Instant time, String id) {
    return new Event(
        id,
        time,
        account,
        region,
        source,
        name,
        false,
        null,
        null,
        resources,
        Blob.of(record(account, region, time, id)));
  }

  private byte[] record(String account, String region, Instant time, String id) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("eventVersion", "1.11");
      json.writeObjectFieldStart("userIdentity");
      json.writeStringField("accountId", account);
      json.writeStringField("invokedBy", sender);
      json.writeEndObject();
      json.writeStringField("eventTime", time.truncatedTo(ChronoUnit.SECONDS).toString());
      json.writeStringField("eventSource", source);
      json.writeStringField("eventName", name);
      json.writeStringField("awsRegion", region);
      json.writeStringField("sourceIPAddress", sender);
      json.writeStringField("userAgent", INTERNAL);
      json.writeNullField("requestParameters");
      json.writeNullField("responseElements");
      write(json, "additionalEventData", additional);
      json.writeStringField("eventID", id);
      json.writeBooleanField("readOnly", false);
      writeShown(json);
      json.writeStringField("eventType", "AwsServiceEvent");
      json.writeBooleanField("managementEvent", true);
      json.writeStringField("recipientAccountId", account);
      write(json, "serviceEventDetails", details);
      json.writeStringField("eventCategory", "Management");
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private void writeShown(JsonGenerator json) throws IOException {
    if (shown.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("resources");
    for (EventResource resource : shown) {
      json.writeStartObject();
      json.writeStringField("accountId", resource.account());
      json.writeStringField("type", resource.type());
      json.writeStringField("ARN", resource.arn());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, String name, Map<String, ?> members)
      throws IOException {
    if (members.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, ?> member : members.entrySet()) {
      json.writeFieldName(member.getKey());
      switch (member.getValue()) {
        case Long number -> json.writeNumber(number);
        case Boolean flag -> json.writeBoolean(flag);
        case Object text -> json.writeString(text.toString());
      }
    }
    json.writeEndObject();
  }
}
