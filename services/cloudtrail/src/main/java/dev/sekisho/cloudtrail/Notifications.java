package dev.sekisho.cloudtrail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells topics of deliveries, in SNS's form, signed by the Region's key as SNS signs.
 *
 * <p>A notification is kept in the transaction that settles its delivery and sent until somebody
 * takes it, or fifty times.
 */
final class Notifications {

  private static final System.Logger LOG = System.getLogger(Notifications.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_ATTEMPTS = 50;
  private static final int AT_ONCE = 100;
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(20);

  private record Notification(
      String id,
      String trail,
      String region,
      String topic,
      String message,
      Instant madeAt,
      int failures) {}

  private final CloudTrailContext context;
  private final RegionKeys keys;

  Notifications(CloudTrailContext context, RegionKeys keys) {
    this.context = context;
    this.keys = keys;
  }

  /** Keeps that the file's delivery is to be told, if anybody wants to know. */
  void plan(Transaction transaction, StoredTrail trail, PlannedFile file, Instant now) {
    String topic = trail.target().topic();
    if (topic == null) {
      return;
    }
    ObjectNode message = JSON.createObjectNode().put("s3Bucket", file.bucket());
    message.putArray("s3ObjectKey").add(file.key());
    StoreTransaction.handle(transaction)
        .execute(
            "insert into cloudtrail_notification (id, trail, region, topic, message, made_at,"
                + " failures, retry_at) values (?, ?, ?, ?, ?, ?, 0, 0)",
            context.randomness().uuid().toString(),
            trail.id(),
            file.region(),
            topic,
            message.toString(),
            now.toEpochMilli());
  }

  /** Sends what is due. */
  void send() {
    Instant now = context.now();
    for (Notification each : due(now)) {
      String error = null;
      try {
        context.topics().send(each.topic(), body(each, now));
      } catch (Topics.UndeliveredException failed) {
        error = failed.getMessage();
      }
      String code = error;
      context.database().write(transaction -> settle(transaction, each, now, code));
    }
  }

  private List<Notification> due(Instant now) {
    return context
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "select * from cloudtrail_notification where retry_at <= :now or retry_at > :ahead"
                        + " order by made_at, id limit :limit")
                .bind("now", now.toEpochMilli())
                .bind("ahead", now.plus(LAST_RETRY).toEpochMilli())
                .bind("limit", AT_ONCE)
                .map((row, _) ->
                    new Notification(
                        row.getString("id"),
                        row.getString("trail"),
                        row.getString("region"),
                        row.getString("topic"),
                        row.getString("message"),
                        Instant.ofEpochMilli(row.getLong("made_at")),
                        row.getInt("failures")))
                .list());
  }

  private String body(Notification notification, Instant now) {
    String time = notification.madeAt().toString();
    String toSign =
        "Message\n%s\nMessageId\n%s\nTimestamp\n%s\nTopicArn\n%s\nType\nNotification\n"
            .formatted(notification.message(), notification.id(), time, notification.topic());
    RegionKeys.RegionKey key = keys.current(notification.region(), now);
    return JSON.createObjectNode()
        .put("Type", "Notification")
        .put("MessageId", notification.id())
        .put("TopicArn", notification.topic())
        .put("Message", notification.message())
        .put("Timestamp", time)
        .put("SignatureVersion", "2")
        .put(
            "Signature",
            Base64.getEncoder().encodeToString(key.sign(toSign.getBytes(StandardCharsets.UTF_8))))
        .put("SigningKeyFingerprint", key.fingerprint())
        .toString();
  }

  private static Boolean settle(
      Transaction transaction, Notification notification, Instant now, @Nullable String error) {
    var handle = StoreTransaction.handle(transaction);
    boolean goesOn = TrailStore.find(handle, notification.trail()).isPresent();
    if (!goesOn) {
      return false;
    }
    TrailStatus.notified(transaction, notification.trail(), notification.region(), now, error);
    int attempts = notification.failures() + 1;
    if (error == null || attempts == MOST_ATTEMPTS) {
      if (error != null) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a notification of " + notification.topic() + " was given up: " + error);
      }
      return handle.execute("delete from cloudtrail_notification where id = ?", notification.id())
          == 1;
    }
    return handle.execute(
            "update cloudtrail_notification set failures = ?, retry_at = ? where id = ?",
            attempts,
            now.plus(Delivery.backOff(notification.failures(), FIRST_RETRY, LAST_RETRY))
                .toEpochMilli(),
            notification.id())
        == 1;
  }
}
