package dev.sekisho.cloudtrail;

import static dev.sekisho.cloudtrail.BasicSelection.orEmpty;

import dev.sekisho.contract.cloudtrail.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The tags of trails, and what of them policies are asked about. */
final class TrailTags {

  static final int MOST = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private TrailTags() {}

  /** The tags of a call, each key once. */
  static Map<String, String> read(@Nullable List<Tag> tags) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Tag tag : orEmpty(tags)) {
      String value = Objects.requireNonNullElse(tag.value(), "");
      if (tag.key().startsWith("aws:")) {
        throw CloudTrailErrors.invalidTag("Tag keys must not begin with aws:.");
      }
      if (tag.key().length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
        throw CloudTrailErrors.invalidTag(
            "A tag key has at most 128 characters, a value at most 256.");
      }
      if (read.put(tag.key(), value) != null) {
        throw CloudTrailErrors.invalidTag("Duplicate tag key: " + tag.key());
      }
    }
    return read;
  }

  static void requireFew(int tags, String arn) {
    if (tags > MOST) {
      throw CloudTrailErrors.tooManyTags(arn);
    }
  }

  /** The check with the tags that a call gives. */
  static AccessCheck condition(AccessCheck check, Map<String, String> tags) {
    AccessCheck asked = check;
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      asked = asked.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
    }
    return tags.isEmpty() ? asked : asked.with("aws:TagKeys", List.copyOf(tags.keySet()));
  }

  static Map<String, String> of(Handle handle, String trail) {
    Map<String, String> tags = new LinkedHashMap<>();
    handle
        .createQuery(
            "select tag_key, tag_value from cloudtrail_tag where trail = :trail order by tag_key")
        .bind("trail", trail)
        .map((row, _) -> tags.put(row.getString(1), row.getString(2)))
        .stream()
        .forEach(_ -> {});
    return tags;
  }

  static void put(Transaction transaction, StoredTrail trail, Map<String, String> tags) {
    tags.forEach((key, value) ->
        StoreTransaction.handle(transaction)
            .execute(
                "insert into cloudtrail_tag (trail, tag_key, tag_value) values (?, ?, ?)"
                    + " on conflict (trail, tag_key) do update set tag_value = excluded.tag_value",
                trail.id(),
                key,
                value));
  }

  static void remove(Transaction transaction, StoredTrail trail, String key) {
    StoreTransaction.handle(transaction)
        .execute("delete from cloudtrail_tag where trail = ? and tag_key = ?", trail.id(), key);
  }
}
