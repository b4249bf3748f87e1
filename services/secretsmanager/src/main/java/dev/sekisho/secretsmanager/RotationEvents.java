package dev.sekisho.secretsmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventId;
import dev.sekisho.events.EventLog;
import dev.sekisho.events.EventResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the event log says of rotations, which nobody calls for. */
final class RotationEvents {

  private static final String SOURCE = "secretsmanager.amazonaws.com";
  private static final String INTERNAL = "AWS Internal";
  private static final String TYPE = "AWS::SecretsManager::Secret";
  private static final JsonFactory JSON = new JsonFactory();

  private final EventLog log;
  private final SecretsManagerContext context;

  RotationEvents(EventLog log, SecretsManagerContext context) {
    this.log = log;
    this.context = context;
  }

  /**
   * Appends an event as part of what it tells of.
   *
   * @param why what went wrong; null for nothing
   */
  void append(Transaction transaction, Rotation rotation, String name, @Nullable String why) {
    Instant now = context.now();
    String id = EventId.at(now, context.randomness());
    Arn arn = Arn.parse(rotation.secret());
    log.append(
        transaction,
        new Event(
            id,
            now,
            arn.account(),
            arn.region(),
            SOURCE,
            name,
            false,
            null,
            null,
            List.of(new EventResource(rotation.secret(), arn.account(), TYPE)),
            Blob.of(record(id, name, arn, rotation, now, why))));
  }

  private static byte[] record(
      String id, String name, Arn arn, Rotation rotation, Instant now, @Nullable String why) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("eventVersion", "1.11");
      json.writeObjectFieldStart("userIdentity");
      json.writeStringField("accountId", arn.account());
      json.writeStringField("invokedBy", SOURCE);
      json.writeEndObject();
      json.writeStringField("eventTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
      json.writeStringField("eventSource", SOURCE);
      json.writeStringField("eventName", name);
      json.writeStringField("awsRegion", arn.region());
      json.writeStringField("sourceIPAddress", SOURCE);
      json.writeStringField("userAgent", INTERNAL);
      json.writeNullField("requestParameters");
      json.writeNullField("responseElements");
      json.writeObjectFieldStart("additionalEventData");
      json.writeStringField("SecretId", arn.toString());
      json.writeStringField("RotationLambdaARN", rotation.functionArn());
      if (why != null) {
        json.writeStringField("FailureReason", why);
      }
      json.writeEndObject();
      json.writeStringField("eventID", id);
      json.writeBooleanField("readOnly", false);
      json.writeStringField("eventType", "AwsServiceEvent");
      json.writeBooleanField("managementEvent", true);
      json.writeStringField("recipientAccountId", arn.account());
      json.writeStringField("eventCategory", "Management");
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }
}
