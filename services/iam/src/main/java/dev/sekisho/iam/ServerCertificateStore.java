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
 * The table of server certificates.
 *
 * <p>INVARIANT: a private key is sealed for its own certificate's id.
 */
final class ServerCertificateStore {

  /**
   * A certificate without its private key.
   *
   * @param id the unique id, {@code ASCA…}
   * @param body in PEM
   * @param chain in PEM
   */
  record Certificate(
      String id,
      AccountId account,
      String name,
      String path,
      String body,
      @Nullable String chain,
      Instant uploadedAt,
      Instant expiresAt) {
    Arn arn() {
      return ServerCertificateStore.arn(account, path, name);
    }
  }

  private static final String COLUMNS =
      "select id, account, name, path, body, chain, uploaded_at, expires_at"
          + " from iam_server_certificate";

  private static final String PURPOSE = "iam/server-certificate/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn(
          "iam_server_certificate", "sealed_private_key", List.of("id"), PURPOSE, "id");

  private final Keyring keyring;

  ServerCertificateStore(Keyring keyring) {
    this.keyring = keyring;
  }

  static Arn arn(AccountId account, String path, String name) {
    return Arn.of("iam", "", account.value(), "server-certificate" + path + name);
  }

  Optional<Certificate> find(Handle handle, AccountId account, String name) {
    return handle
        .createQuery(COLUMNS + " where account = :account and folded_name = :name")
        .bind("account", account.value())
        .bind("name", EntityStore.fold(name))
        .map((row, _) -> certificate(row))
        .findOne();
  }

  /**
   * The certificate by its name.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  Certificate require(Handle handle, AccountId account, String name) {
    return find(handle, account, name)
        .orElseThrow(() ->
            IamErrors.noSuchEntity(
                "The Server Certificate with name " + name + " cannot be found."));
  }

  List<Certificate> list(Handle handle, AccountId account, String pathPrefix, PageRequest page) {
    return handle
        .createQuery(
            COLUMNS
                + " where account = :account and folded_name > :after"
                + " and substr(path, 1, length(:prefix)) = :prefix order by folded_name limit :limit")
        .bind("account", account.value())
        .bind("after", page.after())
        .bind("prefix", pathPrefix)
        .bind("limit", page.limit() + 1)
        .map((row, _) -> certificate(row))
        .list();
  }

  int count(Handle handle, AccountId account) {
    return handle
        .createQuery("select count(*) from iam_server_certificate where account = :account")
        .bind("account", account.value())
        .mapTo(Integer.class)
        .one();
  }

  void insert(Transaction transaction, Certificate certificate, Secret privateKey) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_server_certificate (id, account, folded_name, name, path, body, chain,"
                + " sealed_private_key, uploaded_at, expires_at) values (:id, :account, :folded,"
                + " :name, :path, :body, :chain, :key, :uploaded, :expires)")
        .bind("id", certificate.id())
        .bind("account", certificate.account().value())
        .bind("folded", EntityStore.fold(certificate.name()))
        .bind("name", certificate.name())
        .bind("path", certificate.path())
        .bind("body", certificate.body())
        .bind("chain", certificate.chain())
        .bind("key", keyring.seal(PURPOSE + certificate.id(), privateKey.reveal()))
        .bind("uploaded", certificate.uploadedAt().getEpochSecond())
        .bind("expires", certificate.expiresAt().getEpochSecond())
        .execute();
  }

  void rename(Transaction transaction, String id, String name, String path) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update iam_server_certificate set name = :name, folded_name = :folded, path = :path"
                + " where id = :id")
        .bind("name", name)
        .bind("folded", EntityStore.fold(name))
        .bind("path", path)
        .bind("id", id)
        .execute();
  }

  void delete(Transaction transaction, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from iam_tag where owner_id = ?", id);
    handle.execute("delete from iam_server_certificate where id = ?", id);
  }

  private static Certificate certificate(ResultSet row) throws SQLException {
    return new Certificate(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("name"),
        row.getString("path"),
        row.getString("body"),
        row.getString("chain"),
        Instant.ofEpochSecond(row.getLong("uploaded_at")),
        Instant.ofEpochSecond(row.getLong("expires_at")));
  }
}
