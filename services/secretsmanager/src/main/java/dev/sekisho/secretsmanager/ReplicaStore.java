package dev.sekisho.secretsmanager;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The SQL of the Regions to which secrets are replicated. */
final class ReplicaStore {

  private ReplicaStore() {}

  static List<ReplicaStatus> of(Handle handle, StoredSecret primary) {
    return handle
        .createQuery(
            "select region, kms_key, message from secretsmanager_replica where secret = :secret"
                + " order by region")
        .bind("secret", primary.arn())
        .map((row, _) ->
            new ReplicaStatus(
                row.getString("region"), row.getString("kms_key"), row.getString("message")))
        .list();
  }

  static void put(Transaction transaction, StoredSecret primary, ReplicaStatus status) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into secretsmanager_replica (secret, region, kms_key, status, message)"
                + " values (?, ?, ?, ?, ?) on conflict (secret, region) do update set"
                + " kms_key = excluded.kms_key, status = excluded.status,"
                + " message = excluded.message",
            primary.arn(),
            status.region(),
            status.kmsKey(),
            status.status(),
            status.failure());
  }

  static void remove(Transaction transaction, String primary, String region) {
    StoreTransaction.handle(transaction)
        .execute(
            "delete from secretsmanager_replica where secret = ? and region = ?", primary, region);
  }
}
