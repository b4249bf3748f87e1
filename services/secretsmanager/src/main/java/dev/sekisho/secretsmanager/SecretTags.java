package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.Tag;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tags of secrets: their rules, their table, and what policies are asked of them. */
final class SecretTags {

  private static final int MOST = 50;

  private SecretTags() {}

  /**
   * The tags of a call, each key once.
   *
   * @throws dev.sekisho.core.ServiceException InvalidParameterException
   */
  static Map<String, String> read(@Nullable List<Tag> tags) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Tag tag : tags == null ? List.<Tag>of() : tags) {
      String key = tag.key();
      if (key == null) {
        throw SecretsManagerErrors.invalidParameter("A tag must have a key.");
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw SecretsManagerErrors.invalidParameter(
            "Tag keys that begin with aws: are reserved for AWS.");
      }
      if (read.put(key, Objects.requireNonNullElse(tag.value(), "")) != null) {
        throw SecretsManagerErrors.invalidParameter("Duplicate tag key: " + key);
      }
    }
    requireFew(read);
    return read;
  }

  static void requireFew(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw SecretsManagerErrors.invalidParameter("A secret can have at most " + MOST + " tags.");
    }
  }

  /** The condition keys of tags that a call gives. */
  static Map<String, List<String>> requested(Map<String, String> tags) {
    Map<String, List<String>> conditions = new HashMap<>();
    tags.forEach((key, value) -> conditions.put("aws:RequestTag/" + key, List.of(value)));
    if (!tags.isEmpty()) {
      conditions.put("aws:TagKeys", List.copyOf(tags.keySet()));
    }
    return conditions;
  }

  static List<Tag> shown(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static Map<String, String> of(Handle handle, String secret) {
    Map<String, String> tags = new LinkedHashMap<>();
    handle
        .createQuery(
            "select tag_key, tag_value from secretsmanager_tag where secret = :secret"
                + " order by tag_key")
        .bind("secret", secret)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  static void put(Transaction transaction, String secret, Map<String, String> tags) {
    tags.forEach((key, value) ->
        StoreTransaction.handle(transaction)
            .execute(
                "insert into secretsmanager_tag (secret, tag_key, tag_value) values (?, ?, ?)"
                    + " on conflict (secret, tag_key) do update set tag_value = excluded.tag_value",
                secret,
                key,
                value));
  }

  static void replace(Transaction transaction, String secret, Map<String, String> tags) {
    StoreTransaction.handle(transaction)
        .execute("delete from secretsmanager_tag where secret = ?", secret);
    put(transaction, secret, tags);
  }

  static void remove(Transaction transaction, String secret, List<String> keys) {
    keys.forEach(key ->
        StoreTransaction.handle(transaction)
            .execute(
                "delete from secretsmanager_tag where secret = ? and tag_key = ?", secret, key));
  }
}
