package dev.sekisho.s3;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of buckets and their settings. */
final class BucketStore {

  private static final String COLUMNS =
      "select name, account, region, created_at, versioning, object_lock from s3_bucket";

  Optional<Bucket> find(Handle handle, String name) {
    return handle
        .createQuery(COLUMNS + " where name = :name")
        .bind("name", name)
        .map((row, _) -> bucket(row, settings(handle, name)))
        .findOne();
  }

  private static Bucket bucket(java.sql.ResultSet row, Map<BucketSetting, String> settings)
      throws java.sql.SQLException {
    String versioning = row.getString("versioning");
    return new Bucket(
        row.getString("name"),
        new AccountId(row.getString("account")),
        row.getString("region"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        versioning == null
            ? Bucket.Versioning.NEVER_ENABLED
            : Bucket.Versioning.valueOf(versioning),
        row.getLong("object_lock") == 1,
        settings);
  }

  private static Map<BucketSetting, String> settings(Handle handle, String name) {
    Map<BucketSetting, String> settings = new EnumMap<>(BucketSetting.class);
    handle
        .createQuery("select name, content from s3_setting where bucket = :bucket")
        .bind("bucket", name)
        .map((row, _) ->
            Map.entry(BucketSetting.valueOf(row.getString("name")), row.getString("content")))
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
    return settings;
  }

  /** The account's buckets in order, without their settings. */
  List<Bucket> list(Handle handle, AccountId account, String prefix, String after, int limit) {
    return handle
        .createQuery(
            COLUMNS
                + " where account = :account and name >= :prefix and name > :after"
                + " order by name limit :limit")
        .bind("account", account.value())
        .bind("prefix", prefix)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> bucket(row, Map.of()))
        .list();
  }

  /** The buckets that have the setting. */
  List<String> having(Handle handle, BucketSetting setting) {
    return handle
        .createQuery("select bucket from s3_setting where name = :name order by bucket")
        .bind("name", setting.name())
        .mapTo(String.class)
        .list();
  }

  long count(Handle handle, AccountId account) {
    return handle
        .createQuery("select count(*) from s3_bucket where account = :account")
        .bind("account", account.value())
        .mapTo(Long.class)
        .one();
  }

  void insert(Transaction transaction, Bucket bucket) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into s3_bucket (name, account, region, created_at, versioning, object_lock)"
                + " values (:name, :account, :region, :created, :versioning, :lock)")
        .bind("name", bucket.name())
        .bind("account", bucket.owner().value())
        .bind("region", bucket.region())
        .bind("created", bucket.createdAt().toEpochMilli())
        .bind("versioning", bucket.versioning().name())
        .bind("lock", bucket.objectLock() ? 1L : 0L)
        .execute();
    bucket
        .settings()
        .forEach((setting, content) -> put(transaction, bucket.name(), setting, content));
  }

  void delete(Transaction transaction, String name) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from s3_setting where bucket = ?", name);
    handle.execute("delete from s3_bucket where name = ?", name);
  }

  void versioning(Transaction transaction, String name, Bucket.Versioning versioning) {
    StoreTransaction.handle(transaction)
        .execute("update s3_bucket set versioning = ? where name = ?", versioning.name(), name);
  }

  void enableObjectLock(Transaction transaction, String name) {
    StoreTransaction.handle(transaction)
        .execute("update s3_bucket set object_lock = 1 where name = ?", name);
  }

  void put(Transaction transaction, String bucket, BucketSetting setting, String content) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into s3_setting (bucket, name, content) values (?, ?, ?)"
                + " on conflict (bucket, name) do update set content = excluded.content",
            bucket,
            setting.name(),
            content);
  }

  void delete(Transaction transaction, String bucket, BucketSetting setting) {
    StoreTransaction.handle(transaction)
        .execute("delete from s3_setting where bucket = ? and name = ?", bucket, setting.name());
  }
}
