package dev.sekisho.events;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lets old events go: those past their time, and the oldest when the log takes more room than it
 * may. What went is said in the log itself, in the transaction that dropped it.
 *
 * <p>INVARIANT: an event that somebody still has to take, such as a trail, goes only when the log
 * has to shrink and nothing else is left to drop; and then that is said.
 */
public final class EventRetention {

  private static final System.Logger LOG = System.getLogger(EventRetention.class.getName());
  private static final int AT_ONCE = 16;
  private static final int LOOKED_AT = 4_096;

  private final Database database;
  private final EventLog log;
  private final Randomness randomness;
  private final Duration kept;
  private final @Nullable Long ceiling;

  /**
   * @param kept how long events are kept
   * @param ceiling how many bytes sealed events may take at most; null for any number
   */
  public EventRetention(
      Database database,
      EventLog log,
      Randomness randomness,
      Duration kept,
      @Nullable Long ceiling) {
    this.database = database;
    this.log = log;
    this.randomness = randomness;
    this.kept = kept;
    this.ceiling = ceiling;
  }

  /** Drops what is due. Safe to call at any time, by several nodes. */
  public void run(Instant now) {
    long expired = SegmentContent.micros(now.minus(kept));
    while (dropExpired(expired, now)) {
      // Until nothing is left that may go.
    }
    if (ceiling == null) {
      return;
    }
    while (size() > ceiling) {
      if (!dropOldest(false, now) && !dropOldest(true, now)) {
        return;
      }
    }
  }

  private long size() {
    return database.read(handle ->
        handle
            .createQuery("select coalesce(sum(byte_count), 0) from event_segment")
            .mapTo(Long.class)
            .one());
  }

  private boolean dropExpired(long expired, Instant now) {
    return database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      List<Long> ids =
          handle
              .createQuery(
                  "select id from event_segment where to_micros < :expired order by to_micros, id"
                      + " limit :limit")
              .bind("expired", expired)
              .bind("limit", LOOKED_AT)
              .mapTo(Long.class)
              .list();
      return drop(transaction, ids, false, DroppedRecord.Reason.AGE, now);
    });
  }

  /**
   * @param forced whether what somebody still has to take may go
   */
  private boolean dropOldest(boolean forced, Instant now) {
    return database.write(transaction -> {
      List<Long> ids =
          StoreTransaction.handle(transaction)
              .createQuery("select id from event_segment order by to_micros, id limit :limit")
              .bind("limit", LOOKED_AT)
              .mapTo(Long.class)
              .list();
      return drop(transaction, ids, forced, DroppedRecord.Reason.SPACE, now);
    });
  }

  private boolean drop(
      Transaction transaction,
      List<Long> ids,
      boolean forced,
      DroppedRecord.Reason reason,
      Instant now) {
    Handle handle = StoreTransaction.handle(transaction);
    Taken taken = Taken.of(handle);
    Map<DroppedRecord.Whose, DroppedRecord> dropped = new HashMap<>();
    int count = 0;
    for (long id : ids) {
      if (count == AT_ONCE) {
        break;
      }
      Optional<Segment> found = SegmentStore.find(handle, id);
      if (found.isEmpty() || (!forced && !taken.byAll(found.get()))) {
        continue;
      }
      Segment segment = found.get();
      dropped.merge(
          new DroppedRecord.Whose(segment.account(), segment.region()),
          DroppedRecord.of(segment, reason, !taken.byAll(segment)),
          DroppedRecord::and);
      SegmentStore.delete(transaction, segment);
      count++;
    }
    dropped.forEach((whose, record) -> {
      log.append(transaction, record.event(whose, EventId.at(now, randomness), now));
      if (record.untaken()) {
        LOG.log(
            System.Logger.Level.ERROR,
            record.count()
                + " events of "
                + whose.account()
                + " were dropped before everybody had taken them, for want of room");
      }
    });
    return count > 0;
  }

  /** What has been passed over by all who follow the log. */
  private record Taken(Map<Integer, Long> upTo, boolean anybody) {

    static Taken of(Handle handle) {
      List<String> consumers =
          handle
              .createQuery("select distinct consumer from event_consumer")
              .mapTo(String.class)
              .list();
      Map<Integer, Long> upTo = new HashMap<>();
      handle
          .createQuery("select node, min(sequence), count(*) from event_consumer group by node")
          .map((row, _) ->
              row.getInt(3) < consumers.size()
                  ? upTo.put(row.getInt(1), 0L)
                  : upTo.put(row.getInt(1), row.getLong(2)))
          .stream()
          .forEach(_ -> {});
      return new Taken(upTo, !consumers.isEmpty());
    }

    boolean byAll(Segment segment) {
      return !anybody || segment.run() <= upTo.getOrDefault(segment.node(), 0L);
    }
  }

  static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
