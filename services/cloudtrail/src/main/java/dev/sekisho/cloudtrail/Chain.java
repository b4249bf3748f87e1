package dev.sekisho.cloudtrail;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where a chain of digests stands: one for each account and Region that a trail has files of.
 *
 * <p>INVARIANT: a chain moves on only when its next digest is delivered, so no digest names one
 * before it that is not in its bucket.
 *
 * @param periodStart where the next digest's period begins
 * @param previous the last digest that was delivered; null before the first
 */
record Chain(
    String trail, String account, String region, Instant periodStart, @Nullable Link previous) {

  /** What a digest says of the one before it. */
  record Link(String bucket, String key, String sha256, String signature) {}

  static List<Chain> of(Handle handle, String trail) {
    return handle
        .createQuery("select * from cloudtrail_chain where trail = :trail order by account, region")
        .bind("trail", trail)
        .map((row, _) -> {
          String bucket = row.getString("bucket");
          return new Chain(
              row.getString("trail"),
              row.getString("account"),
              row.getString("region"),
              Instant.ofEpochMilli(row.getLong("period_start")),
              bucket == null
                  ? null
                  : new Link(
                      bucket,
                      row.getString("object_key"),
                      row.getString("sha256"),
                      row.getString("signature")));
        })
        .list();
  }

  /** Begins a chain where there is none. */
  static void begin(
      Transaction transaction, StoredTrail trail, String account, String region, Instant now) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into cloudtrail_chain (trail, account, region, period_start)"
                + " values (?, ?, ?, ?) on conflict (trail, account, region) do nothing",
            trail.id(),
            account,
            region,
            now.getEpochSecond() * 1_000);
  }

  /** Lets the next period begin now. */
  static boolean restart(Transaction transaction, Chain chain, Instant now) {
    return StoreTransaction.handle(transaction)
            .execute(
                "update cloudtrail_chain set period_start = ?"
                    + " where trail = ? and account = ? and region = ? and period_start = ?",
                now.getEpochSecond() * 1_000,
                chain.trail(),
                chain.account(),
                chain.region(),
                chain.periodStart().toEpochMilli())
        == 1;
  }

  /** Goes on from a digest that was delivered. */
  static void goOn(Transaction transaction, PlannedFile digest) {
    StoreTransaction.handle(transaction)
        .execute(
            "update cloudtrail_chain set period_start = ?, bucket = ?, object_key = ?, sha256 = ?,"
                + " signature = ? where trail = ? and account = ? and region = ?",
            TrailStore.millis(digest.periodEnd()),
            digest.bucket(),
            digest.key(),
            digest.sha256(),
            digest.signature(),
            digest.trail(),
            digest.account(),
            digest.region());
  }
}
