package dev.sekisho.acm;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of certificates.
 *
 * <p>INVARIANT: a private key is sealed for its own certificate, so that it opens in its row only.
 */
final class CertificateStore {

  private static final String PURPOSE = "acm/key/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn("acm_certificate", "private_key", List.of("arn"), PURPOSE, "arn");

  /** AWS begins with 2,500 and raises it when asked; here lists stay fast up to this many. */
  private static final int QUOTA = 100_000;

  private static final String SELECT = "select * from acm_certificate";

  private final Keyring keyring;

  CertificateStore(Keyring keyring) {
    this.keyring = keyring;
  }

  static Optional<StoredCertificate> find(Handle handle, String arn) {
    return handle
        .createQuery(SELECT + " where arn = :arn")
        .bind("arn", arn)
        .map((row, _) -> certificate(row))
        .findOne();
  }

  /** Counts one more of the account in the Region, or one less; how many there are then. */
  private static long count(Transaction transaction, AccountId account, String region, int more) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute(
        "insert into acm_holding (account, region, held) values (?, ?, ?)"
            + " on conflict (account, region) do update set held = acm_holding.held + ?",
        account.value(),
        region,
        more,
        more);
    return handle
        .createQuery("select held from acm_holding where account = :account and region = :region")
        .bind("account", account.value())
        .bind("region", region)
        .mapTo(Long.class)
        .one();
  }

  /** The one that an earlier call with the token asked for, if that was not long ago. */
  static Optional<StoredCertificate> byToken(
      Handle handle, AccountId account, String region, String token, Instant since) {
    return handle
        .createQuery(
            SELECT
                + " where account = :account and region = :region and token = :token"
                + " and created_at >= :since")
        .bind("account", account.value())
        .bind("region", region)
        .bind("token", token)
        .bind("since", since.toEpochMilli())
        .map((row, _) -> certificate(row))
        .findFirst();
  }

  /**
   * Certificates of an account in a Region in an order, after a place in it; read as they are asked
   * for. To be closed.
   */
  static ResultIterator<StoredCertificate> after(
      Handle handle,
      AccountId account,
      String region,
      CertificateOrder order,
      @Nullable String after,
      int limit) {
    var query =
        handle
            .createQuery(
                SELECT
                    + " where account = :account and region = :region"
                    + (after == null ? "" : order.beyond())
                    + order.clause()
                    + " limit :limit")
            .bind("account", account.value())
            .bind("region", region)
            .bind("limit", limit);
    if (after != null) {
      order.bind(query, after);
    }
    return query.map((row, _) -> certificate(row)).iterator();
  }

  /**
   * Adds one.
   *
   * @throws dev.sekisho.core.ServiceException LimitExceededException
   */
  static void insert(
      Transaction transaction, StoredCertificate certificate, @Nullable String token) {
    if (count(transaction, certificate.account(), certificate.region(), 1) > QUOTA) {
      throw AcmErrors.limitExceeded(
          "An account can have at most " + QUOTA + " certificates in a Region.");
    }
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into acm_certificate (arn, account, region, kind, domain, names, status,"
                + " key_algorithm, created_at, imported_at, failure, authority,"
                + " validation_method, transparency, exportable, exported, token) values (:arn,"
                + " :account, :region, :kind, :domain, :names, :status, :algorithm, :created,"
                + " :imported, :failure, :authority, :method, :transparency, :exportable, 0,"
                + " :token)")
        .bind("arn", certificate.arn())
        .bind("account", certificate.account().value())
        .bind("region", certificate.region())
        .bind("kind", certificate.kind().name())
        .bind("domain", certificate.domain())
        .bind("names", String.join("\n", certificate.names()))
        .bind("status", certificate.status().name())
        .bind("algorithm", certificate.keyAlgorithm())
        .bind("created", certificate.createdAt().toEpochMilli())
        .bind("imported", millis(certificate.importedAt()))
        .bind("failure", certificate.failure())
        .bind("authority", certificate.authority())
        .bind("method", certificate.validationMethod())
        .bind("transparency", certificate.transparency() ? 1 : 0)
        .bind("exportable", certificate.exportable() ? 1 : 0)
        .bind("token", token)
        .execute();
  }

  /** Gives it its content and key, the first or the next ones. */
  void setContent(
      Transaction transaction,
      String arn,
      StoredCertificate.Content content,
      Secret privateKey,
      @Nullable Instant issued) {
    byte[] revealed = privateKey.reveal();
    try {
      StoreTransaction.handle(transaction)
          .execute(
              "update acm_certificate set certificate = ?, chain = ?, serial = ?, not_before = ?,"
                  + " not_after = ?, private_key = ?, issued_at = coalesce(?, issued_at),"
                  + " status = 'ISSUED' where arn = ?",
              content.certificate(),
              content.chain(),
              content.serial(),
              content.notBefore().toEpochMilli(),
              content.notAfter().toEpochMilli(),
              keyring.seal(PURPOSE + arn, revealed),
              millis(issued),
              arn);
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** What an import says anew of a certificate that is there. */
  static void reimport(Transaction transaction, StoredCertificate certificate) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acm_certificate set domain = ?, names = ?, key_algorithm = ?, imported_at = ?"
                + " where arn = ?",
            certificate.domain(),
            String.join("\n", certificate.names()),
            certificate.keyAlgorithm(),
            millis(certificate.importedAt()),
            certificate.arn());
  }

  /** Its private key as PKCS #8 in DER; it must have one. */
  Secret key(Handle handle, String arn) {
    byte[] opened =
        keyring.open(
            PURPOSE + arn,
            handle
                .createQuery("select private_key from acm_certificate where arn = :arn")
                .bind("arn", arn)
                .map((row, _) -> row.getBytes(1))
                .one());
    try {
      return Secret.of(opened);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }

  static void setStatus(
      Transaction transaction,
      String arn,
      StoredCertificate.Status status,
      @Nullable String failure) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acm_certificate set status = ?, failure = ?, due_at = null where arn = ?",
            status.name(),
            failure,
            arn);
  }

  static void setRevoked(Transaction transaction, String arn, Instant now, String reason) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acm_certificate set status = 'REVOKED', revoked_at = ?,"
                + " revocation_reason = ?, due_at = null where arn = ?",
            now.toEpochMilli(),
            reason,
            arn);
  }

  static void setOptions(
      Transaction transaction, String arn, boolean transparency, boolean exportable) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acm_certificate set transparency = ?, exportable = ? where arn = ?",
            transparency ? 1 : 0,
            exportable ? 1 : 0,
            arn);
  }

  static void setExported(Transaction transaction, String arn) {
    StoreTransaction.handle(transaction)
        .execute("update acm_certificate set exported = 1 where arn = ?", arn);
  }

  static void setRenewal(Transaction transaction, String arn, StoredCertificate.Renewal renewal) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acm_certificate set renewal = ?, renewal_failure = ?, renewed_at = ?"
                + " where arn = ?",
            renewal.status(),
            renewal.failure(),
            renewal.updatedAt().toEpochMilli(),
            arn);
  }

  /** When it is to be looked at again; null for never. */
  static void setDue(Transaction transaction, String arn, @Nullable Instant due) {
    StoreTransaction.handle(transaction)
        .execute("update acm_certificate set due_at = ? where arn = ?", millis(due), arn);
  }

  /** Certificates that are to be looked at, those that wait longest first. */
  static List<StoredCertificate> due(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(SELECT + " where due_at <= :now order by due_at, arn limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((row, _) -> certificate(row))
        .list();
  }

  static void delete(Transaction transaction, StoredCertificate certificate) {
    String arn = certificate.arn();
    Handle handle = StoreTransaction.handle(transaction);
    var _ = count(transaction, certificate.account(), certificate.region(), -1);
    handle.execute("delete from acm_validation where certificate = ?", arn);
    handle.execute("delete from acm_tag where certificate = ?", arn);
    handle.execute("delete from acm_certificate where arn = ?", arn);
  }

  private static StoredCertificate certificate(ResultSet row) throws SQLException {
    String renewal = row.getString("renewal");
    return new StoredCertificate(
        row.getString("arn"),
        new AccountId(row.getString("account")),
        row.getString("region"),
        StoredCertificate.Kind.valueOf(row.getString("kind")),
        row.getString("domain"),
        List.of(row.getString("names").split("\n")),
        StoredCertificate.Status.valueOf(row.getString("status")),
        row.getString("key_algorithm"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        time(row, "issued_at"),
        time(row, "imported_at"),
        time(row, "revoked_at"),
        row.getString("revocation_reason"),
        row.getString("failure"),
        content(row),
        row.getString("authority"),
        row.getString("validation_method"),
        row.getInt("transparency") == 1,
        row.getInt("exportable") == 1,
        row.getInt("exported") == 1,
        renewal == null
            ? null
            : new StoredCertificate.Renewal(
                renewal,
                row.getString("renewal_failure"),
                Instant.ofEpochMilli(row.getLong("renewed_at"))));
  }

  private static StoredCertificate.@Nullable Content content(ResultSet row) throws SQLException {
    String certificate = row.getString("certificate");
    return certificate == null
        ? null
        : new StoredCertificate.Content(
            certificate,
            row.getString("chain"),
            row.getString("serial"),
            Instant.ofEpochMilli(row.getLong("not_before")),
            Instant.ofEpochMilli(row.getLong("not_after")));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
