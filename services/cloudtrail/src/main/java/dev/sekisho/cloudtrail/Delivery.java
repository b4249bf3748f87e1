package dev.sekisho.cloudtrail;

import dev.sekisho.core.Blob;
import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what trails take to their buckets: plans files, puts them, and tries again later when a
 * bucket does not take them. What waits stays planned; nothing more is planned before it.
 */
final class Delivery implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Delivery.class.getName());
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private final CloudTrailContext context;
  private final LogFiles logs;
  private final DigestFiles digests;
  private final Notifications notifications;
  private final DeliveryLease lease;

  /**
   * @param machineTime the machine's own clock, by which nodes take turns
   */
  Delivery(CloudTrailContext context, RegionKeys keys, InstantSource machineTime) {
    this.context = context;
    this.logs = new LogFiles(context);
    this.digests = new DigestFiles(context, keys);
    this.notifications = new Notifications(context, keys);
    this.lease = new DeliveryLease(context.database(), machineTime);
  }

  /** When a trail's files were planned last, and when what failed is tried again. */
  private record Due(Instant plannedAt, Instant retryAt, int failures) {}

  /** Does everything that is due. */
  synchronized void run() {
    List<StoredTrail> trails = context.database().read(TrailStore::all);
    if (trails.isEmpty() || !lease.hold()) {
      return;
    }
    for (StoredTrail trail : trails) {
      deliver(trail);
    }
    notifications.send();
  }

  private void deliver(StoredTrail trail) {
    Instant now = context.now();
    Due due = due(trail);
    if (isAhead(due.retryAt(), now, LAST_RETRY) || !putAll(trail)) {
      return;
    }
    if (!isAhead(due.plannedAt().plus(context.interval()), now, context.interval())) {
      boolean more = true;
      while (more) {
        more = logs.plan(trail, now) && lease.hold();
        if (!putAll(trail)) {
          return;
        }
      }
      set(trail, "planned_at", now.toEpochMilli());
    }
    while (digests.plan(trail, now)) {
      if (!putAll(trail)) {
        return;
      }
    }
  }

  /** Whether a time is still to come; one that is too far ahead is of a clock set back since. */
  private static boolean isAhead(Instant time, Instant now, Duration furthest) {
    return time.isAfter(now) && !time.isAfter(now.plus(furthest));
  }

  private Due due(StoredTrail trail) {
    return context
        .database()
        .read(handle ->
            handle
                .createQuery(
                    "select planned_at, retry_at, failures from cloudtrail_trail where id = :id")
                .bind("id", trail.id())
                .map((row, _) ->
                    new Due(
                        Instant.ofEpochMilli(row.getLong(1)),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getInt(3)))
                .findOne()
                .orElse(new Due(Instant.EPOCH, Instant.EPOCH, 0)));
  }

  private void set(StoredTrail trail, String column, long value) {
    context
        .database()
        .write(transaction ->
            StoreTransaction.handle(transaction)
                .execute(
                    "update cloudtrail_trail set " + column + " = ? where id = ?",
                    value,
                    trail.id()));
  }

  /** Puts all that is planned, first things first; false when the bucket does not take it. */
  private boolean putAll(StoredTrail planned) {
    Optional<PlannedFile> next = waiting(planned);
    while (next.isPresent() && lease.hold()) {
      PlannedFile file = next.get();
      Optional<StoredTrail> trail =
          context.database().read(handle -> TrailStore.find(handle, planned.id()));
      if (trail.isEmpty()) {
        return false;
      }
      String error = put(trail.get(), file);
      context.database().write(transaction -> settle(transaction, trail.get(), file, error));
      if (error != null) {
        return false;
      }
      next = waiting(planned);
    }
    return next.isEmpty();
  }

  private Optional<PlannedFile> waiting(StoredTrail trail) {
    return context.database().read(handle -> PlannedFiles.waiting(handle, trail.id()));
  }

  private @Nullable String put(StoredTrail trail, PlannedFile file) {
    Blob content = file.content();
    if (content == null) {
      throw new IllegalStateException("a file that waits has no content");
    }
    String signature = file.signature();
    Map<String, String> metadata =
        signature == null
            ? Map.of()
            : Map.of("signature", signature, "signature-algorithm", "SHA256withRSA");
    try {
      context
          .objects()
          .put(
              trail.sender(),
              new ObjectStore.Upload(
                  file.bucket(),
                  file.key(),
                  content,
                  "application/json",
                  "gzip",
                  metadata,
                  trail.encryption()));
      return null;
    } catch (ServiceException refused) {
      return refused.code();
    } catch (RuntimeException defect) {
      LOG.log(System.Logger.Level.ERROR, "the trail " + trail.arn() + " is not delivered", defect);
      return "InternalError";
    }
  }

  private Boolean settle(
      Transaction transaction, StoredTrail trail, PlannedFile file, @Nullable String error) {
    if (!PlannedFiles.isWaiting(StoreTransaction.handle(transaction), file)) {
      // The trail was changed or another node was faster.
      return false;
    }
    Instant now = context.now();
    if (file.digest()) {
      TrailStatus.digested(transaction, trail.id(), file.region(), now, error);
    } else {
      TrailStatus.delivered(transaction, trail.id(), file.region(), now, error);
    }
    if (error != null) {
      retryLater(transaction, trail, now);
      return false;
    }
    StoreTransaction.handle(transaction)
        .execute(
            "update cloudtrail_trail set failures = 0, retry_at = 0 where id = ? and failures > 0",
            trail.id());
    if (file.digest()) {
      Chain.goOn(transaction, file);
      PlannedFiles.remove(transaction, file);
    } else {
      if (trail.validation()) {
        PlannedFiles.delivered(transaction, file, now);
      } else {
        PlannedFiles.remove(transaction, file);
      }
      notifications.plan(transaction, trail, file, now);
    }
    return true;
  }

  private static void retryLater(Transaction transaction, StoredTrail trail, Instant now) {
    var handle = StoreTransaction.handle(transaction);
    int failures =
        handle
            .createQuery("select failures from cloudtrail_trail where id = :id")
            .bind("id", trail.id())
            .mapTo(Integer.class)
            .findOne()
            .orElse(0);
    handle.execute(
        "update cloudtrail_trail set failures = ?, retry_at = ? where id = ?",
        failures + 1,
        now.plus(backOff(failures, FIRST_RETRY, LAST_RETRY)).toEpochMilli(),
        trail.id());
  }

  /** Twice as long after each failure, up to a bound. */
  static Duration backOff(int failures, Duration first, Duration last) {
    Duration wait = first.multipliedBy(1L << Math.min(failures, 16));
    return wait.compareTo(last) > 0 ? last : wait;
  }

  /** Lets another node deliver. */
  @Override
  public synchronized void close() {
    lease.end();
  }
}
