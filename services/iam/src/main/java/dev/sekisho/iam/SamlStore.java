package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The tables of SAML providers.
 *
 * <p>INVARIANT: a private key is sealed for its own id.
 */
final class SamlStore {

  /**
   * A provider.
   *
   * @param id its UUID, which its tags are kept under as well
   * @param encryptionMode {@code Required} or {@code Allowed}, if one was chosen
   */
  record Provider(
      String id,
      AccountId account,
      String name,
      String metadata,
      Instant validUntil,
      @Nullable String encryptionMode,
      Instant createdAt) {
    Arn arn() {
      return SamlStore.arn(account, name);
    }
  }

  /** A private key that is not shown again. */
  record PrivateKey(String id, Instant addedAt) {}

  static final String ARN_PREFIX = "saml-provider/";

  private static final String PURPOSE = "iam/saml-private-key/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn("iam_saml_private_key", "sealed_key", List.of("id"), PURPOSE, "id");

  private final Keyring keyring;

  SamlStore(Keyring keyring) {
    this.keyring = keyring;
  }

  static Arn arn(AccountId account, String name) {
    return Arn.of("iam", "", account.value(), ARN_PREFIX + name);
  }

  static Optional<Provider> find(Handle handle, AccountId account, String name) {
    return handle
        .createQuery("select * from iam_saml_provider where account = :account and name = :name")
        .bind("account", account.value())
        .bind("name", name)
        .map((row, _) -> provider(row))
        .findOne();
  }

  static List<Provider> list(Handle handle, AccountId account) {
    return handle
        .createQuery("select * from iam_saml_provider where account = :account order by name")
        .bind("account", account.value())
        .map((row, _) -> provider(row))
        .list();
  }

  static void insert(Transaction transaction, Provider provider) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_saml_provider (id, account, name, metadata, valid_until,"
                + " encryption_mode, created_at) values (:id, :account, :name, :metadata, :until,"
                + " :mode, :created)")
        .bind("id", provider.id())
        .bind("account", provider.account().value())
        .bind("name", provider.name())
        .bind("metadata", provider.metadata())
        .bind("until", provider.validUntil().getEpochSecond())
        .bind("mode", provider.encryptionMode())
        .bind("created", provider.createdAt().getEpochSecond())
        .execute();
  }

  static void update(Transaction transaction, Provider provider) {
    StoreTransaction.handle(transaction)
        .execute(
            "update iam_saml_provider set metadata = ?, valid_until = ?, encryption_mode = ?"
                + " where id = ?",
            provider.metadata(),
            provider.validUntil().getEpochSecond(),
            provider.encryptionMode(),
            provider.id());
  }

  static void delete(Transaction transaction, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from iam_tag where owner_id = ?", id);
    handle.execute("delete from iam_saml_private_key where provider_id = ?", id);
    handle.execute("delete from iam_saml_provider where id = ?", id);
  }

  static List<PrivateKey> keys(Handle handle, String providerId) {
    return handle
        .createQuery(
            "select id, added_at from iam_saml_private_key where provider_id = :provider"
                + " order by added_at, id")
        .bind("provider", providerId)
        .map((row, _) ->
            new PrivateKey(row.getString("id"), Instant.ofEpochSecond(row.getLong("added_at"))))
        .list();
  }

  void insertKey(Transaction transaction, String providerId, PrivateKey key, Secret pem) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into iam_saml_private_key (id, provider_id, sealed_key, added_at)"
                + " values (?, ?, ?, ?)",
            key.id(),
            providerId,
            keyring.seal(purpose(key.id()), pem.reveal()),
            key.addedAt().getEpochSecond());
  }

  static void deleteKey(Transaction transaction, String id) {
    StoreTransaction.handle(transaction)
        .execute("delete from iam_saml_private_key where id = ?", id);
  }

  /** The keys themselves, in PEM, the newest first. */
  List<Secret> secrets(Handle handle, String providerId) {
    return handle
        .createQuery(
            "select id, sealed_key from iam_saml_private_key where provider_id = :provider"
                + " order by added_at desc, id")
        .bind("provider", providerId)
        .map((row, _) ->
            Secret.of(keyring.open(purpose(row.getString("id")), row.getBytes("sealed_key"))))
        .list();
  }

  private static String purpose(String keyId) {
    return PURPOSE + keyId;
  }

  private static Provider provider(ResultSet row) throws SQLException {
    return new Provider(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("name"),
        row.getString("metadata"),
        Instant.ofEpochSecond(row.getLong("valid_until")),
        row.getString("encryption_mode"),
        Instant.ofEpochSecond(row.getLong("created_at")));
  }
}
