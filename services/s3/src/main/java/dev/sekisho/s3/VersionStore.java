package dev.sekisho.s3;

import dev.sekisho.core.Transaction;
import dev.sekisho.s3.ObjectVersion.ObjectDetails;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The table of versions. */
final class VersionStore {

  private static final String SELECT = "select * from s3_version where bucket = :bucket";

  /** A place among the versions of a bucket: before all of the key, or after one of them. */
  record Place(String key, long age) {

    /** Before every version of the key. */
    static Place at(String key) {
      return new Place(key, Long.MIN_VALUE);
    }

    /** After every version of the key. */
    static Place after(String key) {
      return new Place(key, Long.MAX_VALUE);
    }
  }

  Optional<ObjectVersion> latest(Handle handle, String bucket, String key) {
    return named(handle.createQuery(SELECT + " and object_key = :key and latest = 1"), bucket, key)
        .map((row, _) -> version(row))
        .findOne();
  }

  Optional<ObjectVersion> find(Handle handle, String bucket, String key, String versionId) {
    return named(
            handle.createQuery(SELECT + " and object_key = :key and version_id = :version"),
            bucket,
            key)
        .bind("version", versionId)
        .map((row, _) -> version(row))
        .findOne();
  }

  /** Versions that follow the place, in the order of keys, each key's newest first. */
  List<ObjectVersion> versions(Handle handle, String bucket, Place after, int limit) {
    return list(handle, SELECT, "object_key, age", bucket, after, limit);
  }

  /** The current objects among them, without what delete markers hide. */
  List<ObjectVersion> current(Handle handle, String bucket, Place after, int limit) {
    return list(
        handle,
        SELECT + " and latest = 1 and delete_marker = 0",
        "object_key",
        bucket,
        after,
        limit);
  }

  private static List<ObjectVersion> list(
      Handle handle, String select, String order, String bucket, Place after, int limit) {
    return named(
            handle.createQuery(
                select
                    + " and object_key >= :key and (object_key > :key or age > :age)"
                    + " order by "
                    + order
                    + " limit :limit"),
            bucket,
            after.key())
        .bind("age", after.age())
        .bind("limit", limit)
        .map((row, _) -> version(row))
        .list();
  }

  /** Whether the bucket has any version at all. */
  boolean any(Handle handle, String bucket) {
    return handle
        .createQuery("select 1 from s3_version where bucket = :bucket limit 1")
        .bind("bucket", bucket)
        .mapTo(Long.class)
        .findOne()
        .isPresent();
  }

  /** Those of the names that are contents of versions, of which each is a file as well. */
  List<String> contents(Handle handle, List<String> names) {
    return handle
        .createQuery("select content from s3_version where content in (<names>)")
        .bindList("names", names)
        .mapTo(String.class)
        .list();
  }

  /** The age of a version that comes before all others of the key. */
  long nextAge(Handle handle, String bucket, String key) {
    return named(
                handle.createQuery(
                    "select coalesce(min(age), 0) from s3_version"
                        + " where bucket = :bucket and object_key = :key"),
                bucket,
                key)
            .mapTo(Long.class)
            .one()
        - 1;
  }

  /** Adds the version as the key's latest. */
  void insert(Transaction transaction, ObjectVersion version) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "update s3_version set latest = 0 where bucket = ? and object_key = ? and latest = 1",
        version.bucket(),
        version.key());
    var insert =
        named(
                handle.createUpdate(
                    """
                    insert into s3_version (bucket, object_key, age, version_id, latest,
                      delete_marker, modified_at, owner, content, size, parts, etag, storage_class,
                      headers, metadata, tags, checksum_algorithm, checksum_type, checksum,
                      encryption, kms_key, kms_context, bucket_key, lock_mode, lock_until,
                      legal_hold)
                    values (:bucket, :key, :age, :version, 1, :marker, :modified, :owner, :content,
                      :size, :parts, :etag, :storage, :headers, :metadata, :tags, :algorithm,
                      :type, :checksum, :encryption, :kms_key, :kms_context, :bucket_key, :mode,
                      :until, :hold)
                    """),
                version.bucket(),
                version.key())
            .bind("age", version.age())
            .bind("version", version.versionId())
            .bind("marker", version.deleteMarker() ? 1L : 0L)
            .bind("modified", version.modifiedAt().toEpochMilli())
            .bind("owner", version.owner())
            .bind("content", version.content())
            .bind("size", version.size())
            .bind("parts", (long) version.parts())
            .bind("etag", version.etag());
    ObjectColumns.bind(insert, version.details());
    ObjectColumns.bind(insert, version.checksum());
    ObjectColumns.bind(insert, version.encryption());
    ObjectColumns.bind(insert, version.retention());
    insert.execute();
  }

  /** Removes the version; the next newest of the key becomes its latest. */
  void delete(Transaction transaction, ObjectVersion version) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "delete from s3_version where bucket = ? and object_key = ? and age = ?",
        version.bucket(),
        version.key(),
        version.age());
    if (version.latest()) {
      handle.execute(
          "update s3_version set latest = 1 where bucket = ? and object_key = ? and age ="
              + " (select min(age) from s3_version where bucket = ? and object_key = ?)",
          version.bucket(),
          version.key(),
          version.bucket(),
          version.key());
    }
  }

  void tags(Transaction transaction, ObjectVersion version, Map<String, String> tags) {
    StoreTransaction.handle(transaction)
        .execute(
            "update s3_version set tags = ? where bucket = ? and object_key = ? and age = ?",
            TextMap.write(tags),
            version.bucket(),
            version.key(),
            version.age());
  }

  void retention(Transaction transaction, ObjectVersion version, Retention retention) {
    var update =
        named(
                StoreTransaction.handle(transaction)
                    .createUpdate(
                        "update s3_version set lock_mode = :mode, lock_until = :until,"
                            + " legal_hold = :hold"
                            + " where bucket = :bucket and object_key = :key and age = :age"),
                version.bucket(),
                version.key())
            .bind("age", version.age());
    ObjectColumns.bind(update, retention);
    update.execute();
  }

  private static <S extends SqlStatement<S>> S named(S statement, String bucket, String key) {
    return statement.bind("bucket", bucket).bind("key", key);
  }

  private static ObjectVersion version(ResultSet row) throws SQLException {
    boolean marker = row.getLong("delete_marker") == 1;
    return new ObjectVersion(
        row.getString("bucket"),
        row.getString("object_key"),
        row.getLong("age"),
        row.getString("version_id"),
        row.getLong("latest") == 1,
        marker,
        Instant.ofEpochMilli(row.getLong("modified_at")),
        row.getString("owner"),
        row.getString("content"),
        row.getLong("size"),
        row.getInt("parts"),
        row.getString("etag"),
        marker ? ObjectDetails.NONE : ObjectColumns.details(row),
        ObjectColumns.checksum(row),
        marker ? null : ObjectColumns.encryption(row),
        ObjectColumns.retention(row));
  }
}
