package dev.sekisho.cloudtrail;

import dev.sekisho.core.Transaction;
import dev.sekisho.events.EventConsumer;
import dev.sekisho.events.Position;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Which stretches of the event log are none of a trail's because it was stopped.
 *
 * <p>INVARIANT: an event is the trail's exactly when its number lies in no pause. Pauses are
 * written in the transactions that stop and start the trail, so clocks have no part in it.
 *
 * @param logging whether the trail logs: then nodes without a pause were never stopped
 */
record Pauses(List<Pause> pauses, boolean logging) {

  private static final long OPEN = Long.MAX_VALUE;

  /**
   * A stretch of a node that is none of the trail's.
   *
   * @param after the last number before it
   * @param until its last number
   */
  record Pause(int node, long after, long until) {}

  static Pauses of(Handle handle, StoredTrail trail) {
    return new Pauses(
        handle
            .createQuery(
                "select node, paused_after, coalesce(paused_until, :open) from cloudtrail_pause"
                    + " where trail = :trail")
            .bind("open", OPEN)
            .bind("trail", trail.id())
            .map((row, _) -> new Pause(row.getInt(1), row.getLong(2), row.getLong(3)))
            .list(),
        trail.logging());
  }

  /** What comes from now on is none of the trail's. */
  static void open(Transaction transaction, String trail) {
    Handle handle = StoreTransaction.handle(transaction);
    EventConsumer.ends(handle)
        .forEach((node, last) ->
            handle.execute(
                "insert into cloudtrail_pause (trail, node, paused_after, paused_until)"
                    + " values (?, ?, ?, null) on conflict (trail, node, paused_after) do update"
                    + " set paused_until = null",
                trail,
                node,
                last));
  }

  /** What comes from now on is the trail's again. */
  static void close(Transaction transaction, String trail) {
    Handle handle = StoreTransaction.handle(transaction);
    EventConsumer.ends(handle)
        .forEach((node, last) -> {
          int closed =
              handle.execute(
                  "update cloudtrail_pause set paused_until = ?"
                      + " where trail = ? and node = ? and paused_until is null",
                  last,
                  trail,
                  node);
          if (closed == 0) {
            // A node that came while the trail was stopped.
            handle.execute(
                "insert into cloudtrail_pause (trail, node, paused_after, paused_until)"
                    + " values (?, ?, 0, ?)",
                trail,
                node,
                last);
          }
        });
  }

  /** Forgets pauses that were passed over. */
  static void drop(Transaction transaction, String trail, Map<Integer, Long> passed) {
    passed.forEach((node, sequence) ->
        StoreTransaction.handle(transaction)
            .execute(
                "delete from cloudtrail_pause where trail = ? and node = ? and paused_until <= ?",
                trail,
                node,
                sequence));
  }

  /** Whether an event at the position is the trail's. */
  boolean take(Position position) {
    boolean known = logging;
    for (Pause pause : pauses) {
      if (pause.node() == position.node()) {
        if (position.sequence() > pause.after() && position.sequence() <= pause.until()) {
          return false;
        }
        known |= pause.until() == OPEN;
      }
    }
    return known;
  }

  /**
   * The last number that can be passed over from the position on, which is the position's own when
   * the next event is the trail's.
   *
   * @param end the node's last number
   */
  long after(Position position, long end) {
    long at = position.sequence();
    while (at < end && !take(new Position(position.node(), at + 1))) {
      at = Math.min(end, endOfPause(position.node(), at + 1, end));
    }
    return at;
  }

  private long endOfPause(int node, long sequence, long end) {
    return pauses.stream()
        .filter(each -> each.node() == node && sequence > each.after() && sequence <= each.until())
        .mapToLong(Pause::until)
        .findFirst()
        .orElse(end);
  }
}
