package dev.sekisho.acmpca;

import dev.sekisho.contract.StoredStructure;
import dev.sekisho.contract.acmpca.CertificateAuthorityConfiguration;
import dev.sekisho.contract.acmpca.RevocationConfiguration;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
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
import org.jspecify.annotations.Nullable;

/**
 * The SQL of certificate authorities.
 *
 * <p>INVARIANT: a private key is sealed for its own authority, so that it opens in its row only.
 */
final class AuthorityStore {

  private static final String PURPOSE = "acmpca/key/";

  /** What the keyring has sealed here. */
  static final List<SealedColumn> SEALED =
      List.of(new SealedColumn("acmpca_authority", "private_key", List.of("arn"), PURPOSE, "arn"));

  private static final String SELECT = "select * from acmpca_authority";

  private final Keyring keyring;

  AuthorityStore(Keyring keyring) {
    this.keyring = keyring;
  }

  static Optional<StoredAuthority> find(Handle handle, String arn) {
    return handle
        .createQuery(SELECT + " where arn = :arn")
        .bind("arn", arn)
        .map((row, _) -> authority(row))
        .findOne();
  }

  /** One by the end of its ARN, for those that know it by an address only. */
  static Optional<StoredAuthority> byId(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map((row, _) -> authority(row))
        .findOne();
  }

  /** The authorities of an account in a Region, after the one of the ARN, in the order of ARNs. */
  static List<StoredAuthority> page(
      Handle handle, AccountId account, String region, String after, int limit) {
    return handle
        .createQuery(
            SELECT
                + " where account = :account and region = :region and arn > :after"
                + " order by arn limit :limit")
        .bind("account", account.value())
        .bind("region", region)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> authority(row))
        .list();
  }

  /** The authorities of other accounts in a Region that somebody shares. */
  static List<StoredAuthority> shared(
      Handle handle, AccountId account, String region, String after, int limit) {
    return handle
        .createQuery(
            SELECT
                + " where account <> :account and region = :region and policy is not null"
                + " and arn > :after order by arn limit :limit")
        .bind("account", account.value())
        .bind("region", region)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> authority(row))
        .list();
  }

  static long count(Handle handle, AccountId account, String region) {
    return handle
        .createQuery(
            "select count(*) from acmpca_authority where account = :account and region = :region")
        .bind("account", account.value())
        .bind("region", region)
        .mapTo(Long.class)
        .one();
  }

  /** The one that an earlier call with the token made, if that was not long ago. */
  static Optional<StoredAuthority> byToken(
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
        .map((row, _) -> authority(row))
        .findFirst();
  }

  void insert(
      Transaction transaction,
      StoredAuthority authority,
      AsymmetricKey key,
      @Nullable String token) {
    byte[] revealed = key.pkcs8().reveal();
    try {
      StoreTransaction.handle(transaction)
          .createUpdate(
              "insert into acmpca_authority (arn, id, account, region, kind, configuration,"
                  + " revocation, key_storage, usage_mode, status, created_at, changed_at,"
                  + " public_key, private_key, token, crl_number, issued) values (:arn, :id, :account,"
                  + " :region, :kind, :configuration, :revocation, :storage, :mode, :status,"
                  + " :created, :changed, :public, :private, :token, 0, 0)")
          .bind("arn", authority.arn())
          .bind("id", authority.id())
          .bind("account", authority.account().value())
          .bind("region", authority.region())
          .bind("kind", authority.root() ? "ROOT" : "SUBORDINATE")
          .bind("configuration", StoredStructure.write(authority.configuration()))
          .bind("revocation", StoredStructure.write(authority.revocation()))
          .bind("storage", authority.keyStorage())
          .bind("mode", authority.shortLived() ? "SHORT_LIVED_CERTIFICATE" : "GENERAL_PURPOSE")
          .bind("status", authority.status().name())
          .bind("created", authority.createdAt().toEpochMilli())
          .bind("changed", authority.changedAt().toEpochMilli())
          .bind("public", key.subjectPublicKeyInfo().bytes())
          .bind("private", keyring.seal(PURPOSE + authority.arn(), revealed))
          .bind("token", token)
          .execute();
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** The key pair, opened. */
  AsymmetricKey key(Handle handle, String arn, KeyPairSpec spec) {
    return handle
        .createQuery("select public_key, private_key from acmpca_authority where arn = :arn")
        .bind("arn", arn)
        .map((row, _) -> open(arn, spec, row))
        .one();
  }

  private AsymmetricKey open(String arn, KeyPairSpec spec, ResultSet row) throws SQLException {
    byte[] pkcs8 = keyring.open(PURPOSE + arn, row.getBytes("private_key"));
    try {
      return KeyPairs.read(spec, Secret.of(pkcs8), Blob.of(row.getBytes("public_key")));
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  static Blob publicKey(Handle handle, String arn) {
    return handle
        .createQuery("select public_key from acmpca_authority where arn = :arn")
        .bind("arn", arn)
        .map((row, _) -> Blob.of(row.getBytes(1)))
        .one();
  }

  static void setStatus(
      Transaction transaction, String arn, StoredAuthority.Status status, Instant now) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acmpca_authority set status = ?, changed_at = ? where arn = ?",
            status.name(),
            now.toEpochMilli(),
            arn);
  }

  static void setRevocation(
      Transaction transaction, String arn, RevocationConfiguration revocation) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acmpca_authority set revocation = ? where arn = ?",
            StoredStructure.write(revocation),
            arn);
  }

  /** When its revocation lists are to be written again; null for never. */
  static void setListsDue(Transaction transaction, String arn, @Nullable Instant due) {
    StoreTransaction.handle(transaction)
        .execute("update acmpca_authority set crl_due_at = ? where arn = ?", millis(due), arn);
  }

  static void setOwn(Transaction transaction, String arn, StoredAuthority.Own own, Instant now) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acmpca_authority set certificate = ?, chain = ?, serial = ?, not_before = ?,"
                + " not_after = ?, changed_at = ? where arn = ?",
            own.certificate(),
            own.chain(),
            own.serial(),
            own.notBefore().toEpochMilli(),
            own.notAfter().toEpochMilli(),
            now.toEpochMilli(),
            arn);
  }

  /** Marks it as deleted until it is gone, or takes the mark away. */
  static void setDeletion(
      Transaction transaction, String arn, @Nullable Instant gone, Instant now) {
    StoreTransaction.handle(transaction)
        .execute(
            "update acmpca_authority set restorable_until = ?, changed_at = ? where arn = ?",
            millis(gone),
            now.toEpochMilli(),
            arn);
  }

  static void setPolicy(Transaction transaction, String arn, @Nullable String policy) {
    StoreTransaction.handle(transaction)
        .execute("update acmpca_authority set policy = ? where arn = ?", policy, arn);
  }

  /** Counts one more certificate; how many there were before. */
  static long countIssued(Transaction transaction, String arn) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("update acmpca_authority set issued = issued + 1 where arn = ?", arn);
    return handle
            .createQuery("select issued from acmpca_authority where arn = :arn")
            .bind("arn", arn)
            .mapTo(Long.class)
            .one()
        - 1;
  }

  /** The number of the next revocation list. */
  static long nextListNumber(Transaction transaction, String arn) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("update acmpca_authority set crl_number = crl_number + 1 where arn = ?", arn);
    return handle
        .createQuery("select crl_number from acmpca_authority where arn = :arn")
        .bind("arn", arn)
        .mapTo(Long.class)
        .one();
  }

  /** Authorities whose revocation lists are to be written. */
  static List<StoredAuthority> listsDue(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(SELECT + " where crl_due_at <= :now order by crl_due_at limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((row, _) -> authority(row))
        .list();
  }

  /** Authorities that may be gone. */
  static List<String> gone(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "select arn from acmpca_authority where restorable_until <= :now"
                + " order by restorable_until limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  static void delete(Transaction transaction, String arn) {
    Handle handle = StoreTransaction.handle(transaction);
    for (String table : List.of("certificate", "permission", "tag", "report", "list")) {
      handle.execute("delete from acmpca_" + table + " where authority = ?", arn);
    }
    handle.execute("delete from acmpca_authority where arn = ?", arn);
  }

  private static StoredAuthority authority(ResultSet row) throws SQLException {
    String certificate = row.getString("certificate");
    return new StoredAuthority(
        row.getString("arn"),
        new AccountId(row.getString("account")),
        row.getString("region"),
        row.getString("kind").equals("ROOT"),
        StoredStructure.read(
            CertificateAuthorityConfiguration.SHAPE, row.getString("configuration")),
        StoredStructure.read(RevocationConfiguration.SHAPE, row.getString("revocation")),
        row.getString("key_storage"),
        row.getString("usage_mode").equals("SHORT_LIVED_CERTIFICATE"),
        StoredAuthority.Status.valueOf(row.getString("status")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("changed_at")),
        certificate == null
            ? null
            : new StoredAuthority.Own(
                certificate,
                row.getString("chain"),
                row.getString("serial"),
                Instant.ofEpochMilli(row.getLong("not_before")),
                Instant.ofEpochMilli(row.getLong("not_after"))),
        time(row, "restorable_until"),
        row.getString("policy"),
        row.getLong("issued"));
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
