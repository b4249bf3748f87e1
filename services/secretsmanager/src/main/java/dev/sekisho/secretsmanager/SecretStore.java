package dev.sekisho.secretsmanager;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The SQL of secrets. */
final class SecretStore {

  private static final String SELECT =
      "select secretsmanager_secret.*, (select function_arn from secretsmanager_rotation"
          + " where secret = arn) as rotation_function from secretsmanager_secret";

  private SecretStore() {}

  static Optional<StoredSecret> find(Handle handle, String arn) {
    return handle
        .createQuery(SELECT + " where arn = :arn")
        .bind("arn", arn)
        .map((row, _) -> secret(row))
        .findOne();
  }

  static Optional<StoredSecret> named(
      Handle handle, AccountId account, String region, String name) {
    return handle
        .createQuery(SELECT + " where account = :account and region = :region and name = :name")
        .bind("account", account.value())
        .bind("region", region)
        .bind("name", name)
        .map((row, _) -> secret(row))
        .findOne();
  }

  /**
   * Some of the account's secrets in a Region, in an order.
   *
   * @param place after which they come; null for the beginning
   */
  static List<StoredSecret> page(
      Handle handle, SecretSearch search, SecretOrder order, @Nullable String place, int limit) {
    String direction = order.descending() ? " desc" : " asc";
    String column = order.byName() ? "0" : order.column();
    String beyond =
        place == null
            ? ""
            : " and (" + column + ", name) " + (order.descending() ? "<" : ">") + " (:time, :name)";
    Query query =
        handle
            .createQuery(
                SELECT
                    + " where account = :account and region = :region"
                    + (search.planned() ? "" : " and deleted_at is null")
                    + beyond
                    + " order by "
                    + (order.byName() ? "" : column + direction + ", ")
                    + "name"
                    + direction
                    + " limit :limit")
            .bind("account", search.account().value())
            .bind("region", search.region())
            .bind("limit", limit);
    if (place != null) {
      int blank = place.indexOf(' ');
      query
          .bind("time", Long.parseLong(place.substring(0, blank)))
          .bind("name", place.substring(blank + 1));
    }
    return query.map((row, _) -> secret(row)).list();
  }

  static void insert(Transaction transaction, StoredSecret secret) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into secretsmanager_secret (arn, account, region, name, primary_region,"
                + " description, kms_key, kind, policy, created_at, changed_at) values (:arn, :account, :region, :name, :primary,"
                + " :description, :key, :kind, :policy, :created, :changed)")
        .bind("arn", secret.arn())
        .bind("account", secret.account().value())
        .bind("region", secret.region())
        .bind("name", secret.name())
        .bind("primary", secret.primaryRegion())
        .bind("policy", secret.policy())
        .bind("description", secret.description())
        .bind("key", secret.kmsKey())
        .bind("kind", secret.kind())
        .bind("created", secret.createdAt().toEpochMilli())
        .bind("changed", secret.changedAt().toEpochMilli())
        .execute();
  }

  static void describe(Transaction transaction, StoredSecret secret) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update secretsmanager_secret set description = :description, kms_key = :key,"
                + " kind = :kind where arn = :arn")
        .bind("arn", secret.arn())
        .bind("description", secret.description())
        .bind("key", secret.kmsKey())
        .bind("kind", secret.kind())
        .execute();
  }

  static void setPolicy(Transaction transaction, String arn, @Nullable String policy) {
    StoreTransaction.handle(transaction)
        .execute("update secretsmanager_secret set policy = ? where arn = ?", policy, arn);
  }

  static void changed(Transaction transaction, String arn, Instant now) {
    StoreTransaction.handle(transaction)
        .execute(
            "update secretsmanager_secret set changed_at = ? where arn = ?",
            now.toEpochMilli(),
            arn);
  }

  static void accessed(Transaction transaction, String arn, String version, Instant day) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "update secretsmanager_secret set accessed_at = ? where arn = ?", day.toEpochMilli(), arn);
    handle.execute(
        "update secretsmanager_version set accessed_at = ? where secret = ? and id = ?",
        day.toEpochMilli(),
        arn,
        version);
  }

  /** Makes a replica a secret of its own. */
  static void promote(Transaction transaction, String arn) {
    StoreTransaction.handle(transaction)
        .execute("update secretsmanager_secret set primary_region = null where arn = ?", arn);
  }

  /** Marks it for deletion, or takes the mark away. */
  static void setDeletion(
      Transaction transaction, String arn, @Nullable Instant asked, @Nullable Instant gone) {
    StoreTransaction.handle(transaction)
        .execute(
            "update secretsmanager_secret set deleted_at = ?, gone_at = ? where arn = ?",
            millis(asked),
            millis(gone),
            arn);
  }

  /** Removes it with its values. */
  static void delete(Transaction transaction, String arn) {
    Handle handle = StoreTransaction.handle(transaction);
    for (String table : List.of("tag", "stage", "version", "replica", "rotation")) {
      handle.execute("delete from secretsmanager_" + table + " where secret = ?", arn);
    }
    handle.execute("delete from secretsmanager_secret where arn = ?", arn);
  }

  /** Secrets that may be gone. */
  static List<String> gone(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "select arn from secretsmanager_secret where gone_at <= :now order by gone_at"
                + " limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  private static StoredSecret secret(ResultSet row) throws SQLException {
    return new StoredSecret(
        row.getString("arn"),
        new AccountId(row.getString("account")),
        row.getString("region"),
        row.getString("name"),
        row.getString("primary_region"),
        row.getString("description"),
        row.getString("kms_key"),
        row.getString("kind"),
        row.getString("policy"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        time(row, "accessed_at"),
        time(row, "deleted_at"),
        time(row, "gone_at"),
        row.getString("rotation_function"));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  /** A time that may be missing. */
  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
