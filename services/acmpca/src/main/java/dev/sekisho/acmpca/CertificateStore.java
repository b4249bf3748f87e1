package dev.sekisho.acmpca;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of issued certificates. */
final class CertificateStore {

  private static final String SELECT = "select * from acmpca_certificate where authority = :ca";

  private CertificateStore() {}

  static Optional<IssuedCertificate> find(Handle handle, String authority, String serial) {
    return handle
        .createQuery(SELECT + " and serial = :serial")
        .bind("ca", authority)
        .bind("serial", serial)
        .map((row, _) -> certificate(row))
        .findOne();
  }

  /** The one that an earlier call with the token issued, if that was not long ago. */
  static Optional<IssuedCertificate> byToken(
      Handle handle, String authority, String token, Instant since) {
    return handle
        .createQuery(SELECT + " and token = :token and issued_at >= :since")
        .bind("ca", authority)
        .bind("token", token)
        .bind("since", since.toEpochMilli())
        .map((row, _) -> certificate(row))
        .findFirst();
  }

  static void insert(
      Transaction transaction, IssuedCertificate certificate, @Nullable String token) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into acmpca_certificate (authority, serial, certificate, template,"
                + " requested_by, issued_at, not_after, part, token) values (:authority, :serial,"
                + " :certificate, :template, :by, :issued, :after, :part, :token)")
        .bind("authority", certificate.authority())
        .bind("serial", certificate.serial())
        .bind("certificate", certificate.certificate().bytes())
        .bind("template", certificate.template())
        .bind("by", certificate.requestedBy())
        .bind("issued", certificate.issuedAt().toEpochMilli())
        .bind("after", certificate.notAfter().toEpochMilli())
        .bind("part", certificate.part())
        .bind("token", token)
        .execute();
  }

  static void revoke(
      Transaction transaction, String authority, String serial, Instant now, String reason) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acmpca_certificate set revoked_at = ?, reason = ? where authority = ?"
                + " and serial = ?",
            now.toEpochMilli(),
            reason,
            authority,
            serial);
  }

  /** Those of a part that were revoked and had not expired then; all parts when it is negative. */
  static List<IssuedCertificate> revoked(
      Handle handle, String authority, long part, Instant expiredSince) {
    return handle
        .createQuery(
            SELECT
                + " and revoked_at is not null and not_after >= :since"
                + (part < 0 ? "" : " and part = :part")
                + " order by revoked_at, serial")
        .bind("ca", authority)
        .bind("since", expiredSince.toEpochMilli())
        .bind("part", part)
        .map((row, _) -> certificate(row))
        .list();
  }

  /** All that were issued, in the order of their numbers. */
  static List<IssuedCertificate> page(Handle handle, String authority, String after, int limit) {
    return handle
        .createQuery(SELECT + " and serial > :after order by serial limit :limit")
        .bind("ca", authority)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> certificate(row))
        .list();
  }

  private static IssuedCertificate certificate(ResultSet row) throws SQLException {
    return new IssuedCertificate(
        row.getString("authority"),
        row.getString("serial"),
        Blob.of(row.getBytes("certificate")),
        row.getString("template"),
        row.getString("requested_by"),
        Instant.ofEpochMilli(row.getLong("issued_at")),
        Instant.ofEpochMilli(row.getLong("not_after")),
        row.getLong("part"),
        AuthorityStore.time(row, "revoked_at"),
        row.getString("reason"));
  }
}
