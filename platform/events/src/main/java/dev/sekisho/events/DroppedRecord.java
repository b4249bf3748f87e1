package dev.sekisho.events;

import dev.sekisho.core.Blob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What the log says of events that it has let go: an event of the service itself, in the history of
 * the account whose events they were.
 *
 * @param untaken whether somebody had not taken them yet
 */
record DroppedRecord(long count, long from, long to, Reason reason, boolean untaken) {

  private static final String SOURCE = "cloudtrail.amazonaws.com";
  private static final String NAME = "EventsDropped";

  /** Why events go. */
  enum Reason {
    AGE,
    SPACE
  }

  /** Whose events they were. */
  record Whose(String account, String region) {}

  static DroppedRecord of(Segment segment, Reason reason, boolean untaken) {
    return new DroppedRecord(segment.count(), segment.from(), segment.to(), reason, untaken);
  }

  DroppedRecord and(DroppedRecord other) {
    return new DroppedRecord(
        count + other.count,
        Math.min(from, other.from),
        Math.max(to, other.to),
        reason,
        untaken || other.untaken);
  }

  Event event(Whose whose, String id, Instant now) {
    String record =
        """
        {"eventVersion":"1.11","userIdentity":{"accountId":"%1$s","invokedBy":"AWS Internal"},\
        "eventTime":"%2$s","eventSource":"%3$s","eventName":"%4$s","awsRegion":"%5$s",\
        "sourceIPAddress":"AWS Internal","userAgent":"AWS Internal","requestParameters":null,\
        "responseElements":null,"eventID":"%6$s","readOnly":false,"eventType":"AwsServiceEvent",\
        "managementEvent":true,"recipientAccountId":"%1$s",\
        "serviceEventDetails":{"eventCount":%7$d,"oldestEventTime":"%8$s",\
        "newestEventTime":"%9$s","reason":"%10$s","undelivered":%11$b},\
        "eventCategory":"Management"}\
        """
            .formatted(
                whose.account(),
                now.truncatedTo(ChronoUnit.SECONDS),
                SOURCE,
                NAME,
                whose.region(),
                id,
                count,
                EventRetention.time(from),
                EventRetention.time(to),
                reason.name().toLowerCase(Locale.ROOT),
                untaken);
    return new Event(
        id,
        now,
        whose.account(),
        whose.region(),
        SOURCE,
        NAME,
        false,
        null,
        null,
        List.of(),
        Blob.of(record.getBytes(StandardCharsets.UTF_8)));
  }
}
