package dev.sekisho.iam;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sekisho.events.Event;
import dev.sekisho.events.EventConsumer;
import dev.sekisho.events.PositionedEvent;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * When access keys were last used, and when users and roles last called which service, as the event
 * log has it.
 *
 * <p>Refused calls count as well: what is asked for is who is still there. The latest use wins, so
 * that an event seen twice, or by two nodes, changes nothing.
 */
public final class AccessHistory {

  private static final int BATCH = 2_000;
  private static final String SOURCE_SUFFIX = ".amazonaws.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Stands for any service, or for any action of a service. */
  private static final String ANY = "";

  /**
   * The last use of something.
   *
   * @param service its namespace, for example {@code kms}
   */
  record Use(Instant at, String region, String service) {}

  /** The last use of one action. */
  record ActionUse(String action, Use use) {}

  private record Used(String principalId, String service, String action) {}

  private final Database database;
  private final EventConsumer events;

  public AccessHistory(Database database) {
    this.database = database;
    this.events = new EventConsumer(database, "iam-access-history");
  }

  /** Takes in all events up to now. Safe to call at any time, by several threads and nodes. */
  public void catchUp() {
    events.drain(BATCH, this::take);
  }

  private void take(EventConsumer.Batch batch) {
    Map<String, Use> keys = new HashMap<>();
    Map<Used, Use> uses = new HashMap<>();
    Map<String, String> callers = new HashMap<>();
    for (PositionedEvent each : batch.events()) {
      Event event = each.event();
      String principalId = principalId(event, callers);
      // A failed sign-in bears the name of whom somebody claimed to be.
      if (principalId == null || event.eventSource().equals(SignIn.EVENT_SOURCE)) {
        continue;
      }
      String service = namespace(event.eventSource());
      Use use = new Use(event.time(), event.region(), service);
      String key = event.accessKeyId();
      if (key != null && key.startsWith("AKIA")) {
        keys.merge(key, use, AccessHistory::later);
      }
      uses.merge(new Used(principalId, ANY, ANY), use, AccessHistory::later);
      uses.merge(new Used(principalId, service, ANY), use, AccessHistory::later);
      uses.merge(new Used(principalId, service, event.eventName()), use, AccessHistory::later);
    }
    database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      keys.forEach((key, use) ->
          handle.execute(
              "insert into iam_access_key_use (access_key_id, used_at, region, service)"
                  + " values (?, ?, ?, ?) on conflict (access_key_id) do update set"
                  + " used_at = excluded.used_at, region = excluded.region,"
                  + " service = excluded.service"
                  + " where iam_access_key_use.used_at < excluded.used_at",
              key,
              use.at().getEpochSecond(),
              use.region(),
              use.service()));
      uses.forEach((used, use) ->
          handle.execute(
              "insert into iam_service_use (principal_id, service, action, used_at, region)"
                  + " values (?, ?, ?, ?, ?) on conflict (principal_id, service, action) do update"
                  + " set used_at = excluded.used_at, region = excluded.region"
                  + " where iam_service_use.used_at < excluded.used_at",
              used.principalId(),
              used.service(),
              used.action(),
              use.at().getEpochSecond(),
              use.region()));
      events.commit(transaction, batch);
      return null;
    });
  }

  private static Use later(Use one, Use other) {
    return one.at().isBefore(other.at()) ? other : one;
  }

  private static String namespace(String eventSource) {
    return eventSource.endsWith(SOURCE_SUFFIX)
        ? eventSource.substring(0, eventSource.length() - SOURCE_SUFFIX.length())
        : eventSource;
  }

  /**
   * The unique id of the user or role that called; null for everybody else.
   *
   * @param callers whose the access keys are as far as known; a key never changes hands
   */
  private static @Nullable String principalId(Event event, Map<String, String> callers) {
    String key = event.accessKeyId();
    String known = key == null ? null : callers.get(key);
    if (known != null) {
      return known;
    }
    String read = principalId(identity(event));
    if (key != null && read != null) {
      callers.put(key, read);
    }
    return read;
  }

  private static @Nullable String principalId(JsonNode identity) {
    JsonNode id =
        switch (identity.path("type").asText()) {
          case "IAMUser" -> identity.path("principalId");
          case "AssumedRole" -> identity.at("/sessionContext/sessionIssuer/principalId");
          case "Root" -> identity.path("accountId");
          default -> identity.path("nobody");
        };
    return id.isTextual() && !id.asText().isEmpty() ? id.asText() : null;
  }

  /** It is at the record's beginning; the rest is not read. */
  private static JsonNode identity(Event event) {
    try (JsonParser record = JSON.createParser(event.record().bytes())) {
      record.nextToken();
      for (String name = record.nextFieldName(); name != null; name = record.nextFieldName()) {
        JsonToken value = record.nextToken();
        if (name.equals("userIdentity")) {
          return JSON.readTree(record);
        }
        if (value.isStructStart()) {
          record.skipChildren();
        }
      }
      return MissingNode.getInstance();
    } catch (IOException impossible) {
      throw new UncheckedIOException("an event of ours is not JSON", impossible);
    }
  }

  static Optional<Use> ofKey(Handle handle, String accessKeyId) {
    return handle
        .createQuery(
            "select used_at, region, service from iam_access_key_use where access_key_id = :key")
        .bind("key", accessKeyId)
        .map((row, _) -> use(row))
        .findOne();
  }

  /**
   * When the principal last called anything.
   *
   * @param principalId a unique id; the account's number for its root user
   */
  static Optional<Use> ofPrincipal(Handle handle, String principalId) {
    return ofService(handle, principalId, ANY);
  }

  /** When the principal last called the service. */
  static Optional<Use> ofService(Handle handle, String principalId, String service) {
    return handle
        .createQuery(
            "select used_at, region, service from iam_service_use"
                + " where principal_id = :id and service = :service and action = ''")
        .bind("id", principalId)
        .bind("service", service)
        .map((row, _) -> use(row))
        .findOne();
  }

  /** When the principal last called which action of the service, by action. */
  static List<ActionUse> actions(Handle handle, String principalId, String service) {
    return handle
        .createQuery(
            "select used_at, region, service, action from iam_service_use where principal_id = :id"
                + " and service = :service and action <> '' order by action")
        .bind("id", principalId)
        .bind("service", service)
        .map((row, _) -> new ActionUse(row.getString("action"), use(row)))
        .list();
  }

  private static Use use(ResultSet row) throws SQLException {
    return new Use(
        Instant.ofEpochSecond(row.getLong("used_at")),
        row.getString("region"),
        row.getString("service"));
  }
}
