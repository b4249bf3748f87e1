package dev.sekisho.kms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of what KMS does to keys by itself, kept in the transaction that does it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/non-api-aws-service-events.html">AWS
 *     service events</a>
 */
final class KeyEvents {

  private static final String SOURCE = "kms.amazonaws.com";
  private static final String KEY_TYPE = "AWS::KMS::Key";
  private static final String INTERNAL = "AWS Internal";
  private static final JsonFactory JSON = new JsonFactory();

  private final EventLog log;
  private final Randomness randomness;

  KeyEvents(EventLog log, Randomness randomness) {
    this.log = log;
    this.randomness = randomness;
  }

  /** The key was deleted, its waiting period being over. */
  void deleted(Transaction transaction, KeyName key, Instant at) {
    append(transaction, "DeleteKey", key, at, Map.of());
  }

  /** Imported material was destroyed, its time being over. */
  void materialExpired(Transaction transaction, KeyName key, Instant at) {
    append(transaction, "DeleteExpiredKeyMaterial", key, at, Map.of());
  }

  /** The key got new material. */
  void rotated(
      Transaction transaction,
      Key before,
      @Nullable String materialId,
      RotationType type,
      Instant at) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("rotationType", type.name());
    details.put("keyOrigin", before.origin());
    if (before.materialId() != null) {
      details.put("previousKeyMaterialId", before.materialId());
    }
    if (materialId != null) {
      details.put("currentKeyMaterialId", materialId);
    }
    append(transaction, "RotateKey", before.name(), at, details);
  }

  private void append(
      Transaction transaction, String name, KeyName key, Instant at, Map<String, String> details) {
    String eventId = EventId.at(at, randomness);
    log.append(
        transaction,
        new Event(
            eventId,
            at,
            key.account().value(),
            key.region(),
            SOURCE,
            name,
            false,
            null,
            null,
            List.of(new EventResource(key.arn(), key.account().value(), KEY_TYPE)),
            Blob.of(record(eventId, name, key, at, details))));
  }

  private static byte[] record(
      String eventId, String name, KeyName key, Instant at, Map<String, String> details) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("eventVersion", "1.11");
      json.writeObjectFieldStart("userIdentity");
      json.writeStringField("accountId", key.account().value());
      json.writeStringField("invokedBy", INTERNAL);
      json.writeEndObject();
      json.writeStringField("eventTime", at.truncatedTo(ChronoUnit.SECONDS).toString());
      json.writeStringField("eventSource", SOURCE);
      json.writeStringField("eventName", name);
      json.writeStringField("awsRegion", key.region());
      json.writeStringField("sourceIPAddress", INTERNAL);
      json.writeStringField("userAgent", INTERNAL);
      json.writeNullField("requestParameters");
      json.writeNullField("responseElements");
      json.writeStringField("eventID", eventId);
      json.writeBooleanField("readOnly", false);
      json.writeArrayFieldStart("resources");
      json.writeStartObject();
      json.writeStringField("accountId", key.account().value());
      json.writeStringField("type", KEY_TYPE);
      json.writeStringField("ARN", key.arn());
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringField("eventType", "AwsServiceEvent");
      json.writeBooleanField("managementEvent", true);
      json.writeStringField("recipientAccountId", key.account().value());
      json.writeObjectFieldStart("serviceEventDetails");
      for (Map.Entry<String, String> detail : details.entrySet()) {
        json.writeStringField(detail.getKey(), detail.getValue());
      }
      json.writeStringField("keyId", key.id());
      json.writeEndObject();
      json.writeStringField("eventCategory", "Management");
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }
}
