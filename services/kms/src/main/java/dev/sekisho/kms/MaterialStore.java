package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Digests;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.kms.ImportedMaterial.Entry;
import dev.sekisho.store.SealedColumn;
import dev.sekisho.store.StoreTransaction;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

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
   * @param bytes the secret, or the private half of a key pair as PKCS#8
   * @param publicKey the public half of a key pair; none for a secret
   */
  record Material(String id, KeyName key, Secret bytes, @Nullable Blob publicKey) {

    /** The same material for the same key in another Region. */
    Material in(KeyName another) {
      return new Material(id, another, bytes, publicKey);
    }
  }

  private static final String PURPOSE = "kms/material/";
  private static final String MARK = "kms/fingerprint/";

  /** What the keyring has sealed here. */
  static final List<SealedColumn> SEALED =
      List.of(
          new SealedColumn("kms_material", "sealed", List.of("region", "id"), PURPOSE, "id"),
          new SealedColumn("kms_material", "fingerprint", List.of("region", "id"), MARK, "id"));

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
                      "insert into kms_material (region, id, account, key_id, sealed, created_at,"
                          + " public_key) values (:region, :id, :account, :key, :sealed, :now,"
                          + " :public)"),
              material.key())
          .bind("id", material.id())
          .bind("sealed", keyring.seal(purpose(material.id()), revealed))
          .bind("now", now.toEpochMilli())
          .bind("public", material.publicKey() == null ? null : material.publicKey().bytes())
          .execute();
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** The material of the id in the Region, opened; nothing when there is none or none any more. */
  Optional<Material> find(Handle handle, String region, String id) {
    return handle
        .createQuery(
            "select account, key_id, sealed, public_key from kms_material where region = :region and id = :id"
                + " and sealed is not null")
        .bind("region", region)
        .bind("id", id)
        .map((row, _) ->
            new Material(
                id,
                new KeyName(
                    new AccountId(row.getString("account")), region, row.getString("key_id")),
                open(id, row.getBytes("sealed")),
                blob(row.getBytes("public_key"))))
        .findOne();
  }

  /** The key whose material it is, or was before it was destroyed. */
  Optional<KeyName> keyOf(Handle handle, String region, String id) {
    return handle
        .createQuery("select account, key_id from kms_material where region = :region and id = :id")
        .bind("region", region)
        .bind("id", id)
        .map((row, _) ->
            new KeyName(new AccountId(row.getString("account")), region, row.getString("key_id")))
        .findOne();
  }

  /** Whether the id is that of material in any Region, or was before its key was deleted. */
  boolean isAnywhere(Handle handle, String id) {
    return handle
        .createQuery(
            "select 1 from kms_material where id = :id union select 1 from kms_destroyed"
                + " where id = :id limit 1")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /** Takes the key's material away; its ids stay known. */
  void deleteAll(Transaction transaction, KeyName key) {
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "insert into kms_destroyed (region, id) select region, id from kms_material"
                        + " where account = :account and region = :region and key_id = :key"
                        + " on conflict (id, region) do nothing"),
            key)
        .execute();
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "delete from kms_material where account = :account and region = :region"
                        + " and key_id = :key"),
            key)
        .execute();
  }

  /** Keeps material that came from outside. */
  void insertImported(
      Transaction transaction,
      Material material,
      MaterialState state,
      @Nullable String description,
      @Nullable Instant validTo,
      Instant now) {
    insert(transaction, material, now);
    one(
            transaction,
            material.key(),
            material.id(),
            "update kms_material set state = :state, description = :description,"
                + " valid_to = :valid, fingerprint = :fingerprint")
        .bind("state", state.name())
        .bind("description", description)
        .bind("valid", validTo == null ? null : validTo.toEpochMilli())
        .bind("fingerprint", keyring.seal(mark(material.id()), fingerprint(material)))
        .execute();
  }

  /** Notes that the key needs this material, which is not here yet, as it needs it elsewhere. */
  void remember(Transaction transaction, KeyName key, Entry elsewhere, Instant now) {
    RotationType type = elsewhere.rotationType();
    Instant at = elsewhere.rotatedAt();
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "insert into kms_material (region, id, account, key_id, created_at, state,"
                        + " fingerprint, rotated_at, rotation_type) values (:region, :id,"
                        + " :account, :key, :now, :state, :fingerprint, :at, :type)"),
            key)
        .bind("id", elsewhere.id())
        .bind("now", now.toEpochMilli())
        .bind("state", elsewhere.state().name())
        .bind("fingerprint", elsewhere.fingerprint())
        .bind("at", at == null ? null : at.toEpochMilli())
        .bind("type", type == null ? null : type.name())
        .execute();
  }

  /** Takes over what part the material plays in its key elsewhere. */
  void setPart(Transaction transaction, KeyName key, Entry elsewhere) {
    RotationType type = elsewhere.rotationType();
    Instant at = elsewhere.rotatedAt();
    one(
            transaction,
            key,
            elsewhere.id(),
            "update kms_material set state = :state, rotated_at = :at, rotation_type = :type")
        .bind("state", elsewhere.state().name())
        .bind("at", at == null ? null : at.toEpochMilli())
        .bind("type", type == null ? null : type.name())
        .execute();
  }

  /** Keeps material again that is known by its fingerprint. */
  void restore(
      Transaction transaction,
      Material material,
      @Nullable String description,
      @Nullable Instant validTo) {
    byte[] revealed = material.bytes().reveal();
    try {
      one(
              transaction,
              material.key(),
              material.id(),
              "update kms_material set sealed = :sealed, public_key = :public,"
                  + " fingerprint = :fingerprint, description = :description, valid_to = :valid")
          .bind("sealed", keyring.seal(purpose(material.id()), revealed))
          .bind("public", material.publicKey() == null ? null : material.publicKey().bytes())
          .bind("fingerprint", keyring.seal(mark(material.id()), fingerprint(material)))
          .bind("description", description)
          .bind("valid", validTo == null ? null : validTo.toEpochMilli())
          .execute();
    } finally {
      Arrays.fill(revealed, (byte) 0);
    }
  }

  /** What is known of the key's materials, the oldest first. */
  List<Entry> entries(Handle handle, KeyName key) {
    return KeyStore.named(
            handle.createQuery(
                "select id, state, description, valid_to, fingerprint, sealed is not null as there,"
                    + " rotated_at, rotation_type from kms_material where account = :account and region = :region"
                    + " and key_id = :key order by created_at, id"),
            key)
        .map((row, _) -> entry(row))
        .list();
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String type = row.getString("rotation_type");
    return new Entry(
        row.getString("id"),
        MaterialState.valueOf(row.getString("state")),
        row.getString("description"),
        instant(row, "valid_to"),
        row.getBoolean("there"),
        row.getBytes("fingerprint"),
        instant(row, "rotated_at"),
        type == null ? null : RotationType.valueOf(type));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  /** Whether the material is the one that the entry is, or was, of. */
  boolean isSame(Entry entry, Material material) {
    byte[] known = entry.fingerprint();
    return known != null
        && MessageDigest.isEqual(keyring.open(mark(entry.id()), known), fingerprint(material));
  }

  /** Makes the material the current one in place of what was. */
  void makeCurrent(Transaction transaction, KeyName key, String id, Instant at, RotationType type) {
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "update kms_material set state = :state where account = :account"
                        + " and region = :region and key_id = :key and state = :current"),
            key)
        .bind("state", MaterialState.NON_CURRENT.name())
        .bind("current", MaterialState.CURRENT.name())
        .execute();
    one(
            transaction,
            key,
            id,
            "update kms_material set state = :state, rotated_at = :at, rotation_type = :type")
        .bind("state", MaterialState.CURRENT.name())
        .bind("at", at.toEpochMilli())
        .bind("type", type.name())
        .execute();
  }

  /** Takes the bytes away; that there was such material stays known. */
  void destroy(Transaction transaction, KeyName key, String id) {
    one(transaction, key, id, "update kms_material set sealed = null, valid_to = null").execute();
  }

  void delete(Transaction transaction, KeyName key, String id) {
    one(transaction, key, id, "delete from kms_material").execute();
  }

  /** Takes the bytes of whatever has expired in the key away, and says how many there were. */
  int destroyExpired(Transaction transaction, KeyName key, Instant now) {
    return KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "update kms_material set sealed = null, valid_to = null"
                        + " where account = :account and region = :region and key_id = :key"
                        + " and valid_to <= :now"),
            key)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Keys that have material whose time is over. */
  List<KeyName> expired(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "select distinct account, region, key_id from kms_material where valid_to <= :now"
                + " limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((row, _) ->
            new KeyName(
                new AccountId(row.getString("account")),
                row.getString("region"),
                row.getString("key_id")))
        .list();
  }

  private static Update one(Transaction transaction, KeyName key, String id, String statement) {
    return KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    statement
                        + " where account = :account and region = :region and key_id = :key"
                        + " and id = :id"),
            key)
        .bind("id", id);
  }

  /** Of a key pair, by its public half: one private key has many encodings. */
  private static byte[] fingerprint(Material material) {
    Blob publicKey = material.publicKey();
    byte[] bytes = publicKey == null ? material.bytes().reveal() : publicKey.bytes();
    return Digests.sha256(bytes);
  }

  private static String mark(String id) {
    return MARK + id;
  }

  private Secret open(String id, byte[] sealed) {
    byte[] opened = keyring.open(purpose(id), sealed);
    try {
      return Secret.of(opened);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }

  private static @Nullable Blob blob(byte @Nullable [] bytes) {
    return bytes == null ? null : Blob.of(bytes);
  }

  private static String purpose(String id) {
    return PURPOSE + id;
  }
}
