package dev.sekisho.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Events of one account, Region and category that are kept compressed.
 *
 * @param run the last number of the stretch of its node's events that it is of
 * @param from when its first event was, in microseconds
 * @param to when its last event was
 */
record Segment(
    long id,
    int node,
    long run,
    String account,
    String region,
    EventCategory category,
    long from,
    long to,
    int count,
    byte[] content) {

  static Segment read(ResultSet row) throws SQLException {
    return new Segment(
        row.getLong("id"),
        row.getInt("node"),
        row.getLong("run_last"),
        row.getString("account"),
        row.getString("region"),
        EventCategory.named(row.getString("category")),
        row.getLong("from_micros"),
        row.getLong("to_micros"),
        row.getInt("event_count"),
        row.getBytes("content"));
  }

  List<PositionedEvent> events() {
    return SegmentContent.read(this);
  }
}
