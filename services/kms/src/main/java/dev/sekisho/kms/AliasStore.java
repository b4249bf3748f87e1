package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The table of aliases. */
final class AliasStore {

  /** An alias and the id of the key it stands for. */
  record Alias(AliasName name, String keyId, Instant createdAt, Instant updatedAt) {}

  private static final String WHERE =
      " where account = :account and region = :region and name = :name";

  Optional<Alias> find(Handle handle, AliasName alias) {
    return named(
            handle.createQuery("select key_id, created_at, updated_at from kms_alias" + WHERE),
            alias)
        .map((row, _) ->
            new Alias(
                alias,
                row.getString("key_id"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at"))))
        .findOne();
  }

  /** The names of the key's aliases, in order. */
  List<String> of(Handle handle, KeyName key) {
    return KeyStore.named(
            handle.createQuery(
                "select name from kms_alias where account = :account and region = :region"
                    + " and key_id = :key order by name"),
            key)
        .mapTo(String.class)
        .list();
  }

  /**
   * Aliases in the order of their names, beginning after the one given.
   *
   * @param keyId only this key's, if given
   */
  List<Alias> list(
      Handle handle,
      AccountId account,
      String region,
      @Nullable String keyId,
      String after,
      int limit) {
    String ofKey = keyId == null ? "" : " and key_id = :key";
    var query =
        handle
            .createQuery(
                "select name, key_id, created_at, updated_at from kms_alias"
                    + " where account = :account and region = :region and name > :after"
                    + ofKey
                    + " order by name limit :limit")
            .bind("account", account.value())
            .bind("region", region)
            .bind("after", after)
            .bind("limit", limit);
    if (keyId != null) {
      query.bind("key", keyId);
    }
    return query
        .map((row, _) ->
            new Alias(
                new AliasName(account, region, row.getString("name")),
                row.getString("key_id"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at"))))
        .list();
  }

  void insert(Transaction transaction, AliasName alias, String keyId, Instant now) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "insert into kms_alias (account, region, name, key_id, created_at, updated_at)"
                        + " values (:account, :region, :name, :key, :now, :now)"),
            alias)
        .bind("key", keyId)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  void update(Transaction transaction, AliasName alias, String keyId, Instant now) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate("update kms_alias set key_id = :key, updated_at = :now" + WHERE),
            alias)
        .bind("key", keyId)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  void delete(Transaction transaction, AliasName alias) {
    named(StoreTransaction.handle(transaction).createUpdate("delete from kms_alias" + WHERE), alias)
        .execute();
  }

  void deleteAll(Transaction transaction, KeyName key) {
    KeyStore.named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "delete from kms_alias where account = :account and region = :region"
                        + " and key_id = :key"),
            key)
        .execute();
  }

  private static <S extends SqlStatement<S>> S named(S statement, AliasName alias) {
    return statement
        .bind("account", alias.account().value())
        .bind("region", alias.region())
        .bind("name", alias.name());
  }
}
