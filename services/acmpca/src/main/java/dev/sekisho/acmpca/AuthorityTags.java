package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.Tag;
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

/** The tags of authorities: their rules, their table, and what policies are asked of them. */
final class AuthorityTags {

  private static final int MOST = 50;

  private AuthorityTags() {}

  /**
   * The tags of a call, each key once.
   *
   * @throws dev.sekisho.core.ServiceException InvalidTagException
   */
  static Map<String, String> read(@Nullable List<Tag> tags) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Tag tag : tags == null ? List.<Tag>of() : tags) {
      if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw AcmPcaErrors.invalidTag("Tag keys that begin with aws: are reserved for AWS.");
      }
      if (read.put(tag.key(), Objects.requireNonNullElse(tag.value(), "")) != null) {
        throw AcmPcaErrors.invalidTag("The tag key " + tag.key() + " is there twice.");
      }
    }
    return read;
  }

  static void requireFew(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw AcmPcaErrors.tooManyTags(MOST);
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

  static Map<String, String> of(Handle handle, String authority) {
    Map<String, String> tags = new LinkedHashMap<>();
    handle
        .createQuery(
            "select tag_key, tag_value from acmpca_tag where authority = :authority"
                + " order by tag_key")
        .bind("authority", authority)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  static void put(Transaction transaction, String authority, Map<String, String> tags) {
    tags.forEach((key, value) ->
        StoreTransaction.handle(transaction)
            .execute(
                "insert into acmpca_tag (authority, tag_key, tag_value) values (?, ?, ?)"
                    + " on conflict (authority, tag_key) do update set"
                    + " tag_value = excluded.tag_value",
                authority,
                key,
                value));
  }

  /** Takes a tag off; with a value only when it has that value. */
  static void remove(
      Transaction transaction, String authority, String key, @Nullable String value) {
    Handle handle = StoreTransaction.handle(transaction);
    if (value == null) {
      handle.execute("delete from acmpca_tag where authority = ? and tag_key = ?", authority, key);
    } else {
      handle.execute(
          "delete from acmpca_tag where authority = ? and tag_key = ? and tag_value = ?",
          authority,
          key,
          value);
    }
  }
}
