package dev.sekisho.wire.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventCategory;
import dev.sekisho.events.EventResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call as a CloudTrail record, version 1.11.
 *
 * @param account whose history the event belongs to; another than the caller's is told little of
 *     the caller
 * @param sharedEventId what the events of one call in several histories have in common; null when
 *     there is one
 * @param eventSource for example {@code kms.amazonaws.com}
 * @param input null when the request could not be read
 * @param resources what the call touched
 */
public record CallRecord(
    String eventId,
    RequestContext context,
    AccountId account,
    @Nullable String sharedEventId,
    String eventSource,
    String apiVersion,
    EventCategory category,
    @Nullable Structure input,
    List<EventResource> resources) {

  private static final JsonFactory FACTORY = new JsonFactory();

  /** The event of a call that was answered; the result is null where the log does not keep it. */
  public Event answered(@Nullable Structure result) {
    return event(result, null);
  }

  /** The event of a call that was refused or failed. */
  public Event failed(ServiceException error) {
    return event(null, error);
  }

  private Event event(@Nullable Structure result, @Nullable ServiceException error) {
    boolean readOnly = ReadOnly.of(context.operation());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      write(json, readOnly, result, error);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return new Event(
        eventId,
        context.time(),
        account.value(),
        context.region(),
        category,
        eventSource,
        context.operation(),
        readOnly,
        isAnothers() ? null : UserIdentity.username(context.caller().principal()),
        isAnothers() ? null : context.caller().accessKeyId(),
        resources,
        Blob.of(bytes.toByteArray()));
  }

  private boolean isAnothers() {
    AccountId callers = context.caller().principal().account();
    return callers != null && !callers.equals(account);
  }

  private void write(
      JsonGenerator json,
      boolean readOnly,
      @Nullable Structure result,
      @Nullable ServiceException error)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("eventVersion", "1.11");
    if (isAnothers()) {
      UserIdentity.writeForAnother(json, context);
    } else {
      UserIdentity.write(json, context);
    }
    json.writeStringField("eventTime", context.time().truncatedTo(ChronoUnit.SECONDS).toString());
    json.writeStringField("eventSource", eventSource);
    json.writeStringField("eventName", context.operation());
    json.writeStringField("awsRegion", context.region());
    json.writeStringField("sourceIPAddress", context.sourceIp());
    if (context.userAgent() != null) {
      json.writeStringField("userAgent", context.userAgent());
    }
    if (error != null) {
      json.writeStringField("errorCode", errorCode(error));
      json.writeStringField("errorMessage", error.message());
    }
    values(json, "requestParameters", denied(error) ? null : input);
    values(json, "responseElements", result);
    json.writeStringField("requestID", context.requestId());
    json.writeStringField("eventID", eventId);
    json.writeBooleanField("readOnly", readOnly);
    if (!resources.isEmpty()) {
      json.writeArrayFieldStart("resources");
      for (EventResource resource : resources) {
        json.writeStartObject();
        if (!resource.account().isEmpty()) {
          json.writeStringField("accountId", resource.account());
        }
        json.writeStringField("type", resource.type());
        json.writeStringField("ARN", resource.arn());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeStringField("eventType", "AwsApiCall");
    json.writeStringField("apiVersion", apiVersion);
    json.writeBooleanField("managementEvent", category == EventCategory.MANAGEMENT);
    json.writeStringField("recipientAccountId", account.value());
    if (sharedEventId != null) {
      json.writeStringField("sharedEventID", sharedEventId);
    }
    json.writeStringField("eventCategory", category.text());
    json.writeEndObject();
  }

  private static void values(JsonGenerator json, String name, @Nullable Structure value)
      throws IOException {
    if (value == null || value.shape().members().isEmpty()) {
      json.writeNullField(name);
    } else {
      json.writeFieldName(name);
      AuditedValues.write(json, value);
    }
  }

  /** CloudTrail writes denials of JSON services without the suffix of their exception. */
  private static String errorCode(ServiceException error) {
    return error.code().equals("AccessDeniedException") ? "AccessDenied" : error.code();
  }

  private static boolean denied(@Nullable ServiceException error) {
    return error != null && errorCode(error).equals("AccessDenied");
  }
}
