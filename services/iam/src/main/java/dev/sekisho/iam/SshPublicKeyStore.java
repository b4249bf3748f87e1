package dev.sekisho.iam;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of SSH public keys. */
final class SshPublicKeyStore {

  /**
   * A user's key.
   *
   * @param body as SSH writes it
   * @param fingerprint the MD5 of the key
   */
  record Key(
      String id,
      String userId,
      String body,
      String fingerprint,
      String status,
      Instant uploadedAt) {}

  private SshPublicKeyStore() {}

  static List<Key> ofUser(Handle handle, String userId) {
    return handle
        .createQuery(
            "select id, user_id, body, fingerprint, status, uploaded_at from iam_ssh_public_key"
                + " where user_id = :user order by id")
        .bind("user", userId)
        .map((row, _) ->
            new Key(
                row.getString("id"),
                row.getString("user_id"),
                row.getString("body"),
                row.getString("fingerprint"),
                row.getString("status"),
                Instant.ofEpochSecond(row.getLong("uploaded_at"))))
        .list();
  }

  static void insert(Transaction transaction, Key key) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_ssh_public_key (id, user_id, body, fingerprint, status, uploaded_at)"
                + " values (:id, :user, :body, :fingerprint, :status, :uploaded)")
        .bind("id", key.id())
        .bind("user", key.userId())
        .bind("body", key.body())
        .bind("fingerprint", key.fingerprint())
        .bind("status", key.status())
        .bind("uploaded", key.uploadedAt().getEpochSecond())
        .execute();
  }

  static void setStatus(Transaction transaction, String id, String status) {
    StoreTransaction.handle(transaction)
        .execute("update iam_ssh_public_key set status = ? where id = ?", status, id);
  }

  static void delete(Transaction transaction, String id) {
    StoreTransaction.handle(transaction).execute("delete from iam_ssh_public_key where id = ?", id);
  }
}
