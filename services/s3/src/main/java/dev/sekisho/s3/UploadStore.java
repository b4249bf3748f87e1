package dev.sekisho.s3;

import dev.sekisho.core.Transaction;
import dev.sekisho.s3.Upload.Part;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of uploads and of parts. */
final class UploadStore {

  private static final String SELECT = "select * from s3_upload";

  /** A place among the uploads of a bucket. */
  record Place(String key, String uploadId) {}

  Optional<Upload> find(Handle handle, String uploadId) {
    return handle
        .createQuery(SELECT + " where upload_id = :id")
        .bind("id", uploadId)
        .map((row, _) -> upload(row))
        .findOne();
  }

  /** Uploads that follow the place, in the order of keys. */
  List<Upload> list(Handle handle, String bucket, Place after, int limit) {
    return handle
        .createQuery(
            SELECT
                + " where bucket = :bucket and (object_key, upload_id) > (:key, :id)"
                + " order by object_key, upload_id limit :limit")
        .bind("bucket", bucket)
        .bind("key", after.key())
        .bind("id", after.uploadId())
        .bind("limit", limit)
        .map((row, _) -> upload(row))
        .list();
  }

  void insert(Transaction transaction, Upload upload) {
    ChecksumAlgorithm algorithm = upload.checksumAlgorithm();
    ObjectChecksum.Type type = upload.checksumType();
    var insert =
        StoreTransaction.handle(transaction)
            .createUpdate(
                """
                insert into s3_upload (upload_id, bucket, object_key, initiated_at, initiator,
                  owner, storage_class, headers, metadata, tags, checksum_algorithm, checksum_type,
                  encryption, kms_key, kms_context, bucket_key, lock_mode, lock_until, legal_hold)
                values (:id, :bucket, :key, :initiated, :initiator, :owner, :storage, :headers,
                  :metadata, :tags, :algorithm, :type, :encryption, :kms_key, :kms_context,
                  :bucket_key, :mode, :until, :hold)
                """)
            .bind("id", upload.id())
            .bind("bucket", upload.bucket())
            .bind("key", upload.key())
            .bind("initiated", upload.initiatedAt().toEpochMilli())
            .bind("initiator", upload.initiator())
            .bind("owner", upload.owner())
            .bind("algorithm", algorithm == null ? null : algorithm.name())
            .bind("type", type == null ? null : type.name());
    ObjectColumns.bind(insert, upload.details());
    ObjectColumns.bind(insert, upload.encryption());
    ObjectColumns.bind(insert, upload.retention());
    insert.execute();
  }

  void delete(Transaction transaction, String uploadId) {
    StoreTransaction.handle(transaction)
        .execute("delete from s3_upload where upload_id = ?", uploadId);
  }

  /** Parts whose number is greater, in order. */
  List<Part> parts(Handle handle, String content, int after, int limit) {
    return handle
        .createQuery(
            "select * from s3_part where content = :content and number > :after"
                + " order by number limit :limit")
        .bind("content", content)
        .bind("after", (long) after)
        .bind("limit", limit)
        .map((row, _) -> part(row))
        .list();
  }

  Optional<Part> part(Handle handle, String content, int number) {
    return handle
        .createQuery("select * from s3_part where content = :content and number = :number")
        .bind("content", content)
        .bind("number", (long) number)
        .map((row, _) -> part(row))
        .findOne();
  }

  /** Those of the names that are files of parts. */
  List<String> files(Handle handle, List<String> names) {
    return handle
        .createQuery("select file from s3_part where file in (<names>)")
        .bindList("names", names)
        .mapTo(String.class)
        .list();
  }

  /** Keeps the part in the place of an earlier one of the number. */
  void put(Transaction transaction, String uploadId, Part part) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            """
            insert into s3_part (content, number, file, size, etag, checksum, modified_at)
            values (:content, :number, :file, :size, :etag, :checksum, :modified)
            on conflict (content, number) do update set file = excluded.file,
              size = excluded.size, etag = excluded.etag, checksum = excluded.checksum,
              modified_at = excluded.modified_at
            """)
        .bind("content", uploadId)
        .bind("number", (long) part.number())
        .bind("file", part.file())
        .bind("size", part.size())
        .bind("etag", part.etag())
        .bind("checksum", part.checksum())
        .bind("modified", part.modifiedAt().toEpochMilli())
        .execute();
  }

  void deletePart(Transaction transaction, String content, int number) {
    StoreTransaction.handle(transaction)
        .execute("delete from s3_part where content = ? and number = ?", content, (long) number);
  }

  void deleteParts(Transaction transaction, String content) {
    StoreTransaction.handle(transaction).execute("delete from s3_part where content = ?", content);
  }

  private static Upload upload(ResultSet row) throws SQLException {
    String algorithm = row.getString("checksum_algorithm");
    String type = row.getString("checksum_type");
    return new Upload(
        row.getString("upload_id"),
        row.getString("bucket"),
        row.getString("object_key"),
        Instant.ofEpochMilli(row.getLong("initiated_at")),
        row.getString("initiator"),
        row.getString("owner"),
        ObjectColumns.details(row),
        algorithm == null ? null : ChecksumAlgorithm.valueOf(algorithm),
        type == null ? null : ObjectChecksum.Type.valueOf(type),
        ObjectColumns.encryption(row),
        ObjectColumns.retention(row));
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getInt("number"),
        row.getString("file"),
        row.getLong("size"),
        row.getString("etag"),
        row.getString("checksum"),
        Instant.ofEpochMilli(row.getLong("modified_at")));
  }
}
