package dev.sekisho.secretsmanager;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The SQL of versions and of the labels on them. */
final class VersionStore {

  private static final String SELECT =
      "select * from secretsmanager_version where secret = :secret";

  private VersionStore() {}

  static Optional<StoredVersion> find(Handle handle, String secret, String id) {
    return handle
        .createQuery(SELECT + " and id = :id")
        .bind("secret", secret)
        .bind("id", id)
        .map((row, _) -> version(row))
        .findOne();
  }

  /** The versions with a label, the newest first. */
  static List<StoredVersion> labeled(Handle handle, String secret) {
    return handle
        .createQuery(
            SELECT
                + " and id in (select version from secretsmanager_stage where secret = :secret)"
                + " order by created_at desc, id")
        .bind("secret", secret)
        .map((row, _) -> version(row))
        .list();
  }

  /** All versions without their values, the newest first. */
  static List<VersionSummary> summaries(Handle handle, String secret) {
    return handle
        .createQuery(
            "select id, created_at, accessed_at, kms_key, managed_key from secretsmanager_version"
                + " where secret = :secret order by created_at desc, id")
        .bind("secret", secret)
        .map((row, _) ->
            new VersionSummary(
                row.getString("id"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                SecretStore.time(row, "accessed_at"),
                row.getString("kms_key"),
                row.getInt("managed_key") == 1))
        .list();
  }

  static void insert(Transaction transaction, String secret, StoredVersion version) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into secretsmanager_version (secret, id, created_at, kms_key, managed_key,"
                + " data_key, sealed, is_binary) values (:secret, :id, :created, :key, :managed,"
                + " :dataKey, :sealed, :binary)")
        .bind("secret", secret)
        .bind("id", version.id())
        .bind("created", version.createdAt().toEpochMilli())
        .bind("key", version.kmsKey())
        .bind("managed", version.managedKey() ? 1 : 0)
        .bind("dataKey", version.dataKey().bytes())
        .bind("sealed", version.sealed().bytes())
        .bind("binary", version.binary() ? 1 : 0)
        .execute();
  }

  /** Keeps the same value under another key. */
  static void reseal(Transaction transaction, String secret, StoredVersion version) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update secretsmanager_version set kms_key = :key, managed_key = :managed,"
                + " data_key = :dataKey, sealed = :sealed where secret = :secret and id = :id")
        .bind("secret", secret)
        .bind("id", version.id())
        .bind("key", version.kmsKey())
        .bind("managed", version.managedKey() ? 1 : 0)
        .bind("dataKey", version.dataKey().bytes())
        .bind("sealed", version.sealed().bytes())
        .execute();
  }

  static void delete(Transaction transaction, String secret, String id) {
    StoreTransaction.handle(transaction)
        .execute("delete from secretsmanager_version where secret = ? and id = ?", secret, id);
  }

  /** Which version has which label. */
  static Labels labels(Handle handle, String secret) {
    Map<String, String> labels = new TreeMap<>();
    handle
        .createQuery("select label, version from secretsmanager_stage where secret = :secret")
        .bind("secret", secret)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(each -> labels.put(each.getKey(), each.getValue()));
    return new Labels(labels);
  }

  static void setLabels(Transaction transaction, String secret, Labels labels) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from secretsmanager_stage where secret = ?", secret);
    labels
        .versions()
        .forEach((label, version) ->
            handle.execute(
                "insert into secretsmanager_stage (secret, label, version) values (?, ?, ?)",
                secret,
                label,
                version));
  }

  private static StoredVersion version(ResultSet row) throws SQLException {
    return new StoredVersion(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        SecretStore.time(row, "accessed_at"),
        row.getString("kms_key"),
        row.getInt("managed_key") == 1,
        Blob.of(row.getBytes("data_key")),
        Blob.of(row.getBytes("sealed")),
        row.getInt("is_binary") == 1);
  }
}
