package dev.sekisho.iam;

import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Digests;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of service-specific credentials. What a credential's password is, nobody can read. */
final class ServiceCredentialStore {

  /**
   * A credential without its password.
   *
   * @param serviceUserName what the service asks for beside the password
   * @param expiresAt none when it does not expire
   */
  record Credential(
      String id,
      String userId,
      String service,
      String serviceUserName,
      String status,
      Instant createdAt,
      @Nullable Instant expiresAt) {}

  private ServiceCredentialStore() {}

  static List<Credential> ofUser(Handle handle, String userId) {
    return handle
        .createQuery(
            "select id, user_id, service, service_user_name, status, created_at, expires_at"
                + " from iam_service_credential where user_id = :user order by id")
        .bind("user", userId)
        .map((row, _) -> credential(row))
        .list();
  }

  static void insert(Transaction transaction, Credential credential, Secret password) {
    Instant expiresAt = credential.expiresAt();
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_service_credential (id, user_id, service, service_user_name,"
                + " password_digest, status, created_at, expires_at) values (:id, :user, :service,"
                + " :name, :digest, :status, :created, :expires)")
        .bind("id", credential.id())
        .bind("user", credential.userId())
        .bind("service", credential.service())
        .bind("name", credential.serviceUserName())
        .bind("digest", digest(password))
        .bind("status", credential.status())
        .bind("created", credential.createdAt().getEpochSecond())
        .bind("expires", expiresAt == null ? null : expiresAt.getEpochSecond())
        .execute();
  }

  static void setPassword(Transaction transaction, String id, Secret password) {
    StoreTransaction.handle(transaction)
        .execute(
            "update iam_service_credential set password_digest = ? where id = ?",
            digest(password),
            id);
  }

  static void setStatus(Transaction transaction, String id, String status) {
    StoreTransaction.handle(transaction)
        .execute("update iam_service_credential set status = ? where id = ?", status, id);
  }

  static void delete(Transaction transaction, String id) {
    StoreTransaction.handle(transaction)
        .execute("delete from iam_service_credential where id = ?", id);
  }

  private static byte[] digest(Secret password) {
    return Digests.sha256(password.reveal());
  }

  private static Credential credential(ResultSet row) throws SQLException {
    long expires = row.getLong("expires_at");
    return new Credential(
        row.getString("id"),
        row.getString("user_id"),
        row.getString("service"),
        row.getString("service_user_name"),
        row.getString("status"),
        Instant.ofEpochSecond(row.getLong("created_at")),
        expires == 0 ? null : Instant.ofEpochSecond(expires));
  }
}
