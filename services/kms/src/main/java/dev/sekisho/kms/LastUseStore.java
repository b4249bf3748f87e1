package dev.sekisho.kms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Transaction;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventConsumer;
import dev.sekisho.events.EventResource;
import dev.sekisho.events.PositionedEvent;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The table of each key's last use, gathered from the events that every use leaves, so that a use
 * itself costs nothing more and none is lost in a crash.
 */
final class LastUseStore {

  private static final int BATCH = 2_000;
  private static final String SOURCE = "kms.amazonaws.com";
  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> OPERATIONS =
      Set.of(
          "Decapsulate",
          "Decrypt",
          "DeriveSharedSecret",
          "Encapsulate",
          "Encrypt",
          "GenerateDataKey",
          "GenerateDataKeyPair",
          "GenerateDataKeyPairWithoutPlaintext",
          "GenerateDataKeyWithoutPlaintext",
          "GenerateMac",
          "ReEncrypt",
          "Sign",
          "Verify",
          "VerifyMac");

  /** A successful use of a key. */
  record Use(String operation, Instant at, String eventId, @Nullable String requestId) {}

  private final Database database;
  private final EventConsumer events;

  LastUseStore(Database database) {
    this.database = database;
    this.events = new EventConsumer(database, "kms-last-use");
  }

  /** The key's last use, whatever happened before this call included. */
  Optional<Use> find(KeyName key) {
    gather();
    return database.read(handle ->
        KeyStore.named(
                handle.createQuery(
                    "select operation, used_at, event_id, request_id from kms_last_use"
                        + " where account = :account and region = :region and key_id = :key"),
                key)
            .map((row, _) ->
                new Use(
                    row.getString("operation"),
                    Instant.ofEpochMilli(row.getLong("used_at")),
                    row.getString("event_id"),
                    row.getString("request_id")))
            .findOne());
  }

  /** Notes every use since the last time. */
  void gather() {
    events.drain(BATCH, this::note);
  }

  private void note(EventConsumer.Batch batch) {
    Map<String, Use> uses = lastUses(batch.events());
    database.write(transaction -> {
      uses.forEach((arn, use) -> put(transaction, name(arn), use));
      events.commit(transaction, batch);
      return uses.size();
    });
  }

  /** The last use of each key by its ARN; no record is read of what came before. */
  private static Map<String, Use> lastUses(List<PositionedEvent> events) {
    Map<String, Use> uses = new HashMap<>();
    for (PositionedEvent each : events.reversed()) {
      Event event = each.event();
      if (!event.eventSource().equals(SOURCE) || !OPERATIONS.contains(event.eventName())) {
        continue;
      }
      List<String> keys =
          event.resources().stream()
              .filter(resource -> resource.type().equals("AWS::KMS::Key"))
              .map(EventResource::arn)
              .filter(arn -> !uses.containsKey(arn))
              .toList();
      if (!keys.isEmpty()) {
        use(event).ifPresent(use -> keys.forEach(arn -> uses.put(arn, use)));
      }
    }
    return uses;
  }

  private static KeyName name(String text) {
    Arn arn = Arn.parse(text);
    return new KeyName(
        new AccountId(arn.account()), arn.region(), arn.resource().substring("key/".length()));
  }

  /** Nothing when the call failed. */
  private static Optional<Use> use(Event event) {
    String requestId = null;
    try (JsonParser record = JSON.createParser(event.record().bytes())) {
      record.nextToken();
      for (String name = record.nextFieldName(); name != null; name = record.nextFieldName()) {
        JsonToken value = record.nextToken();
        if (name.equals("errorCode")) {
          return Optional.empty();
        }
        if (name.equals("requestID")) {
          requestId = record.getText();
        }
        if (value.isStructStart()) {
          record.skipChildren();
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("a kept event is not JSON", impossible);
    }
    return Optional.of(new Use(event.eventName(), event.time(), event.eventId(), requestId));
  }

  private static void put(Transaction transaction, KeyName key, Use use) {
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "insert into kms_last_use (account, region, key_id, operation, used_at,"
                        + " event_id, request_id) select account, region, id, :operation, :at,"
                        + " :event, :request from kms_key where account = :account"
                        + " and region = :region and id = :key"
                        + " on conflict (account, region, key_id) do update set"
                        + " operation = excluded.operation, used_at = excluded.used_at,"
                        + " event_id = excluded.event_id, request_id = excluded.request_id"
                        + " where kms_last_use.used_at <= excluded.used_at"),
            key)
        .bind("operation", use.operation())
        .bind("at", use.at().toEpochMilli())
        .bind("event", use.eventId())
        .bind("request", use.requestId())
        .execute();
  }

  void delete(Transaction transaction, KeyName key) {
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "delete from kms_last_use where account = :account and region = :region"
                        + " and key_id = :key"),
            key)
        .execute();
  }
}
