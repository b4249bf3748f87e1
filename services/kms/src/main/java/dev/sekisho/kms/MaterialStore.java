package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The table of key material.
 *
 * <p>INVARIANT: material is sealed for its own id, so that it opens in its own row only.
 */
final class MaterialStore {

  /**
   * Key material, opened.
   *
   * @param id 64 hexadecimal digits; ciphertexts carry it
   */
  record Material(String id, KeyName key, Secret bytes) {}

  private final Keyring keyring;

  MaterialStore(Keyring keyring) {
    this.keyring = keyring;
  }

  void insert(Transaction transaction, Material material, Instant now) {
    byte[] revealed = material.bytes().reveal();
    try {
      KeyStore.named(
              StoreTransaction.handle(transaction)
                  .createUpdate(
                      "insert into kms_material (region, id, account, key_id, sealed, created_at)"
                          + " values (:region, :id, :account, :key, :sealed, :now)"),
              material.key())
          .bind("id", material.id())
          .bind("sealed", keyring.seal(purpose(material.id()), revealed))
          .bind("now", now.toEpochMilli())
          .execute();
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** The material of the id in the Region, opened; nothing when there is none or none any more. */
  Optional<Material> find(Handle handle, String region, String id) {
    return handle
        .createQuery(
            "select account, key_id, sealed from kms_material where region = :region and id = :id"
                + " and sealed is not null")
        .bind("region", region)
        .bind("id", id)
        .map((row, _) ->
            new Material(
                id,
                new KeyName(
                    new AccountId(row.getString("account")), region, row.getString("key_id")),
                open(id, row.getBytes("sealed"))))
        .findOne();
  }

  void deleteAll(Transaction transaction, KeyName key) {
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "delete from kms_material where account = :account and region = :region"
                        + " and key_id = :key"),
            key)
        .execute();
  }

  private Secret open(String id, byte[] sealed) {
    byte[] opened = keyring.open(purpose(id), sealed);
    try {
      return Secret.of(opened);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }

  private static String purpose(String id) {
    return "kms/material/" + id;
  }
}
