package dev.sekisho.cloudtrail;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How a trail's deliveries in a Region went at last.
 *
 * @param error the code of S3's refusal; null when the last attempt succeeded
 */
record TrailStatus(
    @Nullable Instant deliveredAt,
    @Nullable Instant attemptedAt,
    @Nullable String error,
    @Nullable Instant digestAt,
    @Nullable String digestError,
    @Nullable Instant notifiedAt,
    @Nullable Instant notificationAttemptedAt,
    @Nullable String notificationError) {

  private static final TrailStatus NEVER =
      new TrailStatus(null, null, null, null, null, null, null, null);

  static TrailStatus of(Handle handle, String trail, String region) {
    return handle
        .createQuery("select * from cloudtrail_status where trail = :trail and region = :region")
        .bind("trail", trail)
        .bind("region", region)
        .map((row, _) ->
            new TrailStatus(
                TrailStore.time(row, "delivered_at"),
                TrailStore.time(row, "attempted_at"),
                row.getString("error"),
                TrailStore.time(row, "digest_at"),
                row.getString("digest_error"),
                TrailStore.time(row, "notified_at"),
                TrailStore.time(row, "notification_attempted_at"),
                row.getString("notification_error")))
        .findOne()
        .orElse(NEVER);
  }

  /** A log file came to its bucket, or did not. */
  static void delivered(
      Transaction transaction, String trail, String region, Instant now, @Nullable String error) {
    set(transaction, trail, region, "attempted_at = :at, error = :error", now, error);
    if (error == null) {
      set(transaction, trail, region, "delivered_at = :at", now, null);
    }
  }

  /** A digest came to its bucket, or did not. */
  static void digested(
      Transaction transaction, String trail, String region, Instant now, @Nullable String error) {
    set(
        transaction,
        trail,
        region,
        error == null ? "digest_at = :at, digest_error = :error" : "digest_error = :error",
        now,
        error);
  }

  /** A notification came to its endpoint, or did not. */
  static void notified(
      Transaction transaction, String trail, String region, Instant now, @Nullable String error) {
    set(
        transaction,
        trail,
        region,
        "notification_attempted_at = :at, notification_error = :error",
        now,
        error);
    if (error == null) {
      set(transaction, trail, region, "notified_at = :at", now, null);
    }
  }

  private static void set(
      Transaction transaction,
      String trail,
      String region,
      String columns,
      Instant now,
      @Nullable String error) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "insert into cloudtrail_status (trail, region) values (?, ?)"
            + " on conflict (trail, region) do nothing",
        trail,
        region);
    handle
        .createUpdate(
            "update cloudtrail_status set "
                + columns
                + " where trail = :trail and region = :region")
        .bind("trail", trail)
        .bind("region", region)
        .bind("at", now.toEpochMilli())
        .bind("error", error)
        .execute();
  }
}
