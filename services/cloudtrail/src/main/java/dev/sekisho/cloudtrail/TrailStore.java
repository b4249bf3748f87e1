package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The SQL of trails. */
final class TrailStore {

  private static final String SELECT = "select * from cloudtrail_trail";

  private TrailStore() {}

  static Optional<StoredTrail> find(Handle handle, AccountId account, String region, String name) {
    return handle
        .createQuery(SELECT + " where account = :account and region = :region and name = :name")
        .bind("account", account.value())
        .bind("region", region)
        .bind("name", name)
        .map((row, _) -> trail(row))
        .findOne();
  }

  static Optional<StoredTrail> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map((row, _) -> trail(row))
        .findOne();
  }

  static List<StoredTrail> all(Handle handle) {
    return handle
        .createQuery(SELECT + " order by account, region, name")
        .map((row, _) -> trail(row))
        .list();
  }

  /**
   * The account's own trails, and that of its organization.
   *
   * @param organization the organization's id; null when the account stands alone
   */
  static List<StoredTrail> seenBy(Handle handle, AccountId account, @Nullable String organization) {
    return handle
        .createQuery(
            SELECT
                + " where account = :account or organization = :organization"
                + " order by account, region, name")
        .bind("account", account.value())
        .bind("organization", organization == null ? "" : organization)
        .map((row, _) -> trail(row))
        .list();
  }

  static void insert(Transaction transaction, StoredTrail trail, Instant now) {
    bind(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "insert into cloudtrail_trail (id, account, region, name, bucket, prefix,"
                        + " topic, global_events, multi_region, validation, kms_key, organization,"
                        + " selectors, custom_selectors, logging, started_at, stopped_at,"
                        + " planned_at, failures, retry_at) values (:id, :account, :region, :name,"
                        + " :bucket, :prefix, :topic, :global, :multi, :validation, :key,"
                        + " :organization, :selectors, :custom, :logging, :started, :stopped, :now,"
                        + " 0, 0)"),
            trail)
        .bind("account", trail.account().value())
        .bind("region", trail.region())
        .bind("name", trail.name())
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static void update(Transaction transaction, StoredTrail trail) {
    bind(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "update cloudtrail_trail set bucket = :bucket, prefix = :prefix, topic = :topic,"
                        + " global_events = :global, multi_region = :multi,"
                        + " validation = :validation, kms_key = :key, organization = :organization,"
                        + " selectors = :selectors, custom_selectors = :custom, logging = :logging,"
                        + " started_at = :started, stopped_at = :stopped, failures = 0,"
                        + " retry_at = 0 where id = :id"),
            trail)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, StoredTrail trail) {
    return statement
        .bind("id", trail.id())
        .bind("bucket", trail.target().bucket())
        .bind("prefix", trail.target().prefix())
        .bind("topic", trail.target().topic())
        .bind("global", trail.globalEvents() ? 1 : 0)
        .bind("multi", trail.multiRegion() ? 1 : 0)
        .bind("validation", trail.validation() ? 1 : 0)
        .bind("key", trail.target().kmsKey())
        .bind("organization", trail.organization())
        .bind("selectors", SelectorColumn.write(trail.selectors()))
        .bind("custom", trail.customSelectors() ? 1 : 0)
        .bind("logging", trail.logging() ? 1 : 0)
        .bind("started", millis(trail.startedAt()))
        .bind("stopped", millis(trail.stoppedAt()));
  }

  static void delete(Transaction transaction, StoredTrail trail) {
    Handle handle = StoreTransaction.handle(transaction);
    for (String table : List.of("tag", "pause", "file", "chain", "status", "notification")) {
      handle.execute("delete from cloudtrail_" + table + " where trail = ?", trail.id());
    }
    handle.execute("delete from cloudtrail_trail where id = ?", trail.id());
  }

  private static StoredTrail trail(ResultSet row) throws SQLException {
    return new StoredTrail(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("region"),
        row.getString("name"),
        new StoredTrail.Target(
            row.getString("bucket"),
            row.getString("prefix"),
            row.getString("kms_key"),
            row.getString("topic")),
        row.getInt("global_events") == 1,
        row.getInt("multi_region") == 1,
        row.getInt("validation") == 1,
        row.getString("organization"),
        SelectorColumn.read(row.getString("selectors")),
        row.getInt("custom_selectors") == 1,
        row.getInt("logging") == 1,
        time(row, "started_at"),
        time(row, "stopped_at"));
  }

  static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  /** A time that may be missing. */
  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
