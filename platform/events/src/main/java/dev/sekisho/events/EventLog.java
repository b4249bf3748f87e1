package dev.sekisho.events;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.Node;
import dev.sekisho.store.Schema;
import dev.sekisho.store.StoreTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Appends events durably and reads them back in order.
 *
 * <p>INVARIANT: a node's sequence numbers are given by its single writer, so its events become
 * visible in their order and a reader that follows positions misses none.
 */
public final class EventLog {

  /** The log's tables. */
  public static final Schema SCHEMA = new Schema(EventLog.class, "events", 3);

  private static final String COLUMNS =
      "node, sequence, time_micros, event_id, account, region, event_source, event_name, read_only,"
          + " username, access_key_id, resources, record, category";
  private static final String INSERT =
      "insert into event (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final Database database;
  // Only the store's writer thread reads and changes these.
  private @Nullable Node node;
  private long last;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement insert;

  /** A database has one log in each process. */
  public EventLog(Database database) {
    this.database = database;
  }

  /** Appends the event; it is on disk when this returns. */
  public void append(Event event) {
    append(List.of(event));
  }

  /** Appends the events together; they are on disk when this returns. */
  public void append(List<Event> events) {
    database.append(transaction -> events.forEach(event -> append(transaction, event)));
  }

  /** Appends the event as part of the transaction. */
  public void append(Transaction transaction, Event event) {
    try {
      Handle handle = StoreTransaction.handle(transaction);
      Node writing = StoreTransaction.node(transaction);
      if (!writing.equals(node)) {
        // Nobody else writes under the number from here on, whoever held it before.
        last = EventsOfNodes.last(handle, writing.number());
        node = writing;
      }
      PreparedStatement statement = statement(handle.getConnection());
      // A rolled-back unit leaves its number unused; readers go by order, not by the count.
      last++;
      statement.setInt(1, writing.number());
      statement.setLong(2, last);
      statement.setLong(3, micros(event.time()));
      statement.setString(4, event.eventId());
      statement.setString(5, event.account());
      statement.setString(6, event.region());
      statement.setString(7, event.eventSource());
      statement.setString(8, event.eventName());
      statement.setInt(9, event.readOnly() ? 1 : 0);
      statement.setString(10, event.username());
      statement.setString(11, event.accessKeyId());
      statement.setString(12, ResourceColumn.write(event.resources()));
      statement.setBytes(13, event.record().bytes());
      statement.setString(14, event.category().text());
      statement.executeUpdate();
    } catch (SQLException failed) {
      throw new org.jdbi.v3.core.statement.UnableToExecuteStatementException(
          "an event could not be appended", failed, null);
    }
  }

  /** The statement is prepared once for each connection, which the writer keeps while it lives. */
  @SuppressWarnings("ReferenceEquality") // A connection is equal to itself only.
  private PreparedStatement statement(Connection writing) throws SQLException {
    PreparedStatement known = insert;
    if (known == null || connection != writing) {
      known = writing.prepareStatement(INSERT);
      insert = known;
      connection = writing;
    }
    return known;
  }

  /**
   * The events after the position, oldest first.
   *
   * @param limit how many at most
   */
  public List<PositionedEvent> after(Position position, int limit) {
    return database.read(handle -> after(handle, position, limit));
  }

  static List<PositionedEvent> after(Handle handle, Position position, int limit) {
    List<PositionedEvent> sealed = SegmentStore.after(handle, position, limit);
    if (sealed.size() >= limit) {
      return sealed;
    }
    // Whatever is not sealed comes after all that is.
    List<PositionedEvent> events = new ArrayList<>(sealed);
    events.addAll(unsealed(handle, position, limit - sealed.size()));
    return events;
  }

  static List<PositionedEvent> unsealed(Handle handle, Position position, int limit) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from event where node = :node and sequence > :sequence order by sequence"
                + " limit :limit")
        .bind("node", position.node())
        .bind("sequence", position.sequence())
        .bind("limit", limit)
        .map((row, _) -> event(row))
        .list();
  }

  /** The events that the query asks for, newest first. */
  public List<PositionedEvent> find(EventQuery query) {
    return database.read(handle -> EventSearch.find(handle, query, findUnsealed(handle, query)));
  }

  private static List<PositionedEvent> findUnsealed(Handle handle, EventQuery query) {
    StringBuilder sql = new StringBuilder("select ").append(COLUMNS);
    sql.append(
        " from event where account = :account and region = :region and category = :category");
    if (query.before() != null) {
      sql.append(" and (time_micros, node, sequence) < (:time, :node, :sequence)");
    }
    if (query.from() != null) {
      sql.append(" and time_micros >= :from");
    }
    if (query.to() != null) {
      sql.append(" and time_micros <= :to");
    }
    if (query.attribute() != null) {
      sql.append(" and ").append(condition(query.attribute()));
    }
    sql.append(" order by time_micros desc, node desc, sequence desc limit :limit");
    Query statement =
        handle
            .createQuery(sql.toString())
            .bind("account", query.account())
            .bind("region", query.region())
            .bind("category", query.category().text())
            .bind("limit", query.limit());
    EventQuery.Cursor before = query.before();
    if (before != null) {
      statement.bind("time", micros(before.time()));
      statement.bind("node", before.position().node());
      statement.bind("sequence", before.position().sequence());
    }
    if (query.from() != null) {
      statement.bind("from", micros(query.from()));
    }
    if (query.to() != null) {
      statement.bind("to", micros(query.to()));
    }
    if (query.attribute() != null) {
      bind(statement, query.attribute(), query.value());
    }
    return statement.map((row, _) -> event(row)).list();
  }

  private static String condition(EventQuery.Attribute attribute) {
    return switch (attribute) {
      case EVENT_ID -> "event_id = :value";
      case EVENT_NAME -> "event_name = :value";
      case EVENT_SOURCE -> "event_source = :value";
      case READ_ONLY -> "read_only = :value";
      case USERNAME -> "username = :value";
      case ACCESS_KEY_ID -> "access_key_id = :value";
      case RESOURCE_NAME, RESOURCE_TYPE -> "resources like :value escape '\\'";
    };
  }

  private static void bind(Query statement, EventQuery.Attribute attribute, String value) {
    switch (attribute) {
      case READ_ONLY -> statement.bind("value", value.equals("true") ? 1 : 0);
      case RESOURCE_NAME -> statement.bind("value", ResourceColumn.withName(value));
      case RESOURCE_TYPE -> statement.bind("value", ResourceColumn.withType(value));
      case EVENT_ID, EVENT_NAME, EVENT_SOURCE, USERNAME, ACCESS_KEY_ID ->
          statement.bind("value", value);
    }
  }

  /** Columns by their number: by name they are looked for again in every row. */
  private static PositionedEvent event(ResultSet row) throws SQLException {
    return new PositionedEvent(
        new Position(row.getInt(1), row.getLong(2)),
        new Event(
            row.getString(4),
            Instant.EPOCH.plus(row.getLong(3), ChronoUnit.MICROS),
            row.getString(5),
            row.getString(6),
            EventCategory.named(row.getString(14)),
            row.getString(7),
            row.getString(8),
            row.getInt(9) == 1,
            row.getString(10),
            row.getString(11),
            ResourceColumn.read(row.getString(12)),
            Blob.of(row.getBytes(13))));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
