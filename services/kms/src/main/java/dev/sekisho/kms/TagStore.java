package dev.sekisho.kms;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table of keys' tags. */
final class TagStore {

  private static final String WHERE =
      " where account = :account and region = :region and key_id = :key";

  /** The key's tags in the order of their keys. */
  Map<String, String> of(Handle handle, KeyName name) {
    Map<String, String> tags = new LinkedHashMap<>();
    KeyStore.named(
            handle.createQuery(
                "select tag_key, tag_value from kms_tag" + WHERE + " order by tag_key"),
            name)
        .map((row, _) -> Map.entry(row.getString("tag_key"), row.getString("tag_value")))
        .list()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  /** Adds tags; one that is there takes its new value. */
  void put(Transaction transaction, KeyName name, Map<String, String> tags) {
    tags.forEach((tag, value) ->
        KeyStore.named(
                StoreTransaction.handle(transaction)
                    .createUpdate(
                        "insert into kms_tag (account, region, key_id, tag_key, tag_value)"
                            + " values (:account, :region, :key, :tag, :value)"
                            + " on conflict (account, region, key_id, tag_key)"
                            + " do update set tag_value = excluded.tag_value"),
                name)
            .bind("tag", tag)
            .bind("value", value)
            .execute());
  }

  void remove(Transaction transaction, KeyName name, List<String> tagKeys) {
    tagKeys.forEach(tag ->
        KeyStore.named(
                StoreTransaction.handle(transaction)
                    .createUpdate("delete from kms_tag" + WHERE + " and tag_key = :tag"),
                name)
            .bind("tag", tag)
            .execute());
  }

  void removeAll(Transaction transaction, KeyName name) {
    KeyStore.named(
            StoreTransaction.handle(transaction).createUpdate("delete from kms_tag" + WHERE), name)
        .execute();
  }
}
