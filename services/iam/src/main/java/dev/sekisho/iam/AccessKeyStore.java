package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The table of access keys.
 *
 * <p>INVARIANT: a secret is sealed for its own key id, so that a row's secret opens in that row
 * only.
 */
final class AccessKeyStore {

  /**
   * A long-term key without its secret.
   *
   * @param userId none for the account's root user
   */
  record AccessKey(
      String id, AccountId account, @Nullable String userId, boolean active, Instant createdAt) {
    String status() {
      return active ? "Active" : "Inactive";
    }
  }

  private static final String COLUMNS = "id, account, user_id, status, created_at";

  private static final String PURPOSE = "iam/access-key/";

  /** What the keyring has sealed here. */
  static final SealedColumn SEALED =
      new SealedColumn("iam_access_key", "sealed_secret", List.of("id"), PURPOSE, "id");

  private final Keyring keyring;

  AccessKeyStore(Keyring keyring) {
    this.keyring = keyring;
  }

  void insert(Transaction transaction, AccessKey key, Secret secret) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_access_key (id, account, user_id, sealed_secret, status, created_at)"
                + " values (:id, :account, :user, :secret, :status, :created)")
        .bind("id", key.id())
        .bind("account", key.account().value())
        .bind("user", key.userId())
        .bind("secret", keyring.seal(purpose(key.id()), secret.reveal()))
        .bind("status", key.status())
        .bind("created", key.createdAt().getEpochSecond())
        .execute();
  }

  Optional<AccessKey> find(Handle handle, String id) {
    return handle
        .createQuery("select " + COLUMNS + " from iam_access_key where id = :id")
        .bind("id", id)
        .map((row, _) -> key(row))
        .findOne();
  }

  List<AccessKey> ofUser(Handle handle, String userId) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from iam_access_key where user_id = :user order by created_at, id")
        .bind("user", userId)
        .map((row, _) -> key(row))
        .list();
  }

  List<AccessKey> ofRoot(Handle handle, AccountId account) {
    return handle
        .createQuery(
            "select "
                + COLUMNS
                + " from iam_access_key where account = :account and user_id is null order by id")
        .bind("account", account.value())
        .map((row, _) -> key(row))
        .list();
  }

  Secret secret(Handle handle, String id) {
    byte[] sealed =
        handle
            .createQuery("select sealed_secret from iam_access_key where id = :id")
            .bind("id", id)
            .mapTo(byte[].class)
            .one();
    return Secret.of(new String(keyring.open(purpose(id), sealed), StandardCharsets.UTF_8));
  }

  void setStatus(Transaction transaction, String id, String status) {
    StoreTransaction.handle(transaction)
        .createUpdate("update iam_access_key set status = :status where id = :id")
        .bind("id", id)
        .bind("status", status)
        .execute();
  }

  void delete(Transaction transaction, String id) {
    StoreTransaction.handle(transaction)
        .createUpdate("delete from iam_access_key where id = :id")
        .bind("id", id)
        .execute();
  }

  private static String purpose(String id) {
    return PURPOSE + id;
  }

  private static AccessKey key(ResultSet row) throws SQLException {
    return new AccessKey(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("user_id"),
        row.getString("status").equals("Active"),
        Instant.ofEpochSecond(row.getLong("created_at")));
  }
}
