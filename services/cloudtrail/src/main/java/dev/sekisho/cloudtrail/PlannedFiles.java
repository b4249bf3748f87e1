package dev.sekisho.cloudtrail;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of files that are planned, and of those that wait for the digest that lists them. */
final class PlannedFiles {

  private PlannedFiles() {}

  static long nextNumber(Handle handle, String trail) {
    return handle
        .createQuery(
            "select coalesce(max(number), 0) + 1 from cloudtrail_file where trail = :trail")
        .bind("trail", trail)
        .mapTo(Long.class)
        .one();
  }

  static void insert(Transaction transaction, PlannedFile file) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into cloudtrail_file (trail, number, account, region, is_digest, bucket,"
                + " object_key, content, sha256, signature, fingerprint, oldest, newest,"
                + " period_end) values (:trail, :number, :account, :region, :digest, :bucket, :key,"
                + " :content, :sha256, :signature, :fingerprint, :oldest, :newest, :end)")
        .bind("trail", file.trail())
        .bind("number", file.number())
        .bind("account", file.account())
        .bind("region", file.region())
        .bind("digest", file.digest() ? 1 : 0)
        .bind("bucket", file.bucket())
        .bind("key", file.key())
        .bind("content", file.content() == null ? null : file.content().bytes())
        .bind("sha256", file.sha256())
        .bind("signature", file.signature())
        .bind("fingerprint", file.fingerprint())
        .bind("oldest", TrailStore.millis(file.oldest()))
        .bind("newest", TrailStore.millis(file.newest()))
        .bind("end", TrailStore.millis(file.periodEnd()))
        .execute();
  }

  /** The first file that is not delivered. */
  static Optional<PlannedFile> waiting(Handle handle, String trail) {
    return handle
        .createQuery(
            "select * from cloudtrail_file where trail = :trail and delivered_at is null"
                + " order by number limit 1")
        .bind("trail", trail)
        .map((row, _) -> file(row))
        .findOne();
  }

  static boolean isWaiting(Handle handle, PlannedFile file) {
    return waiting(handle, file.trail())
        .filter(first -> first.number() == file.number() && first.key().equals(file.key()))
        .isPresent();
  }

  /** Delivered, and now waiting for its digest. */
  static void delivered(Transaction transaction, PlannedFile file, Instant now) {
    StoreTransaction.handle(transaction)
        .execute(
            "update cloudtrail_file set delivered_at = ?, content = null"
                + " where trail = ? and number = ?",
            now.toEpochMilli(),
            file.trail(),
            file.number());
  }

  static void remove(Transaction transaction, PlannedFile file) {
    StoreTransaction.handle(transaction)
        .execute(
            "delete from cloudtrail_file where trail = ? and (number = ? or digest = ?)",
            file.trail(),
            file.number(),
            file.number());
  }

  /** What the chain's next digest lists: what was delivered and is in none. */
  static List<PlannedFile> undigested(Handle handle, Chain chain) {
    return handle
        .createQuery(
            "select * from cloudtrail_file where trail = :trail and account = :account"
                + " and region = :region and is_digest = 0 and delivered_at is not null"
                + " and digest is null order by number")
        .bind("trail", chain.trail())
        .bind("account", chain.account())
        .bind("region", chain.region())
        .map((row, _) -> file(row))
        .list();
  }

  static void list(Transaction transaction, PlannedFile digest, List<PlannedFile> files) {
    for (PlannedFile file : files) {
      StoreTransaction.handle(transaction)
          .execute(
              "update cloudtrail_file set digest = ? where trail = ? and number = ?",
              digest.number(),
              file.trail(),
              file.number());
    }
  }

  static boolean hasDigest(Handle handle, Chain chain) {
    return handle
        .createQuery(
            "select number from cloudtrail_file where trail = :trail and account = :account"
                + " and region = :region and is_digest = 1")
        .bind("trail", chain.trail())
        .bind("account", chain.account())
        .bind("region", chain.region())
        .mapTo(Long.class)
        .findFirst()
        .isPresent();
  }

  /**
   * Sends what waits to where the trail's files go from now on. Digests name their bucket, so those
   * that wait are made anew.
   */
  static void move(Transaction transaction, StoredTrail before, StoredTrail after) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "update cloudtrail_file set digest = null where trail = ? and digest in"
            + " (select number from cloudtrail_file where trail = ? and is_digest = 1)",
        after.id(),
        after.id());
    handle.execute("delete from cloudtrail_file where trail = ? and is_digest = 1", after.id());
    List<PlannedFile> files =
        handle
            .createQuery(
                "select * from cloudtrail_file where trail = :trail and delivered_at is null")
            .bind("trail", after.id())
            .map((row, _) -> file(row))
            .list();
    for (PlannedFile file : files) {
      String rest = file.key().substring(LogFileKeys.folder(before, file.account()).length());
      handle.execute(
          "update cloudtrail_file set bucket = ?, object_key = ? where trail = ? and number = ?",
          after.target().bucket(),
          LogFileKeys.folder(after, file.account()) + rest,
          file.trail(),
          file.number());
    }
  }

  /** Ends the chains of a trail whose files are not to be validated any more. */
  static void breakChains(Transaction transaction, StoredTrail trail) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "delete from cloudtrail_file where trail = ?"
            + " and (is_digest = 1 or delivered_at is not null)",
        trail.id());
    handle.execute("delete from cloudtrail_chain where trail = ?", trail.id());
  }

  private static PlannedFile file(ResultSet row) throws SQLException {
    byte[] content = row.getBytes("content");
    return new PlannedFile(
        row.getString("trail"),
        row.getLong("number"),
        row.getString("account"),
        row.getString("region"),
        row.getInt("is_digest") == 1,
        row.getString("bucket"),
        row.getString("object_key"),
        content == null ? null : Blob.of(content),
        row.getString("sha256"),
        row.getString("signature"),
        row.getString("fingerprint"),
        TrailStore.time(row, "oldest"),
        TrailStore.time(row, "newest"),
        TrailStore.time(row, "period_end"));
  }
}
