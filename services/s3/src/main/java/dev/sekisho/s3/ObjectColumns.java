package dev.sekisho.s3;

import dev.sekisho.s3.ObjectVersion.ObjectDetails;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The columns that versions and uploads have alike. */
final class ObjectColumns {

  private ObjectColumns() {}

  static void bind(SqlStatement<?> statement, ObjectDetails details) {
    statement
        .bind("storage", details.storageClass())
        .bind("headers", TextMap.write(details.headers()))
        .bind("metadata", TextMap.write(details.metadata()))
        .bind("tags", TextMap.write(details.tags()));
  }

  static ObjectDetails details(ResultSet row) throws SQLException {
    return new ObjectDetails(
        row.getString("storage_class"),
        TextMap.read(row.getString("headers")),
        TextMap.read(row.getString("metadata")),
        TextMap.read(row.getString("tags")));
  }

  static void bind(SqlStatement<?> statement, @Nullable ObjectChecksum checksum) {
    statement
        .bind("algorithm", checksum == null ? null : checksum.algorithm().name())
        .bind("type", checksum == null ? null : checksum.type().name())
        .bind("checksum", checksum == null ? null : checksum.value());
  }

  static @Nullable ObjectChecksum checksum(ResultSet row) throws SQLException {
    String algorithm = row.getString("checksum_algorithm");
    return algorithm == null
        ? null
        : new ObjectChecksum(
            ChecksumAlgorithm.valueOf(algorithm),
            ObjectChecksum.Type.valueOf(row.getString("checksum_type")),
            row.getString("checksum"));
  }

  static void bind(SqlStatement<?> statement, @Nullable Encryption encryption) {
    statement
        .bind("encryption", encryption == null ? null : encryption.algorithm())
        .bind("kms_key", encryption == null ? null : encryption.kmsKey())
        .bind("kms_context", encryption == null ? null : TextMap.write(encryption.context()))
        .bind("bucket_key", encryption != null && encryption.bucketKey() ? 1L : 0L);
  }

  static Encryption encryption(ResultSet row) throws SQLException {
    return new Encryption(
        row.getString("encryption"),
        row.getString("kms_key"),
        TextMap.read(row.getString("kms_context")),
        row.getLong("bucket_key") == 1);
  }

  static void bind(SqlStatement<?> statement, Retention retention) {
    Retention.Mode mode = retention.mode();
    Instant until = retention.until();
    statement
        .bind("mode", mode == null ? null : mode.name())
        .bind("until", until == null ? null : (Long) until.toEpochMilli())
        .bind("hold", retention.legalHold() ? 1L : 0L);
  }

  static Retention retention(ResultSet row) throws SQLException {
    String mode = row.getString("lock_mode");
    return new Retention(
        mode == null ? null : Retention.Mode.valueOf(mode),
        mode == null ? null : Instant.ofEpochMilli(row.getLong("lock_until")),
        row.getLong("legal_hold") == 1);
  }
}
