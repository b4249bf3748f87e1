package dev.sekisho.acm;

import dev.sekisho.contract.acm.Tag;
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

/** The tags of certificates: their rules, their table, and what policies are asked of them. */
final class CertificateTags {

  private static final int MOST = 50;

  private CertificateTags() {}

  /**
   * The tags of a call, each key once.
   *
   * @throws dev.sekisho.core.ServiceException InvalidTagException
   */
  static Map<String, String> read(@Nullable List<Tag> tags) {
    Map<String, String> read = new LinkedHashMap<>();
    for (Tag tag : tags == null ? List.<Tag>of() : tags) {
      if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw AcmErrors.invalidTag("Tag keys that begin with aws: are reserved for AWS.");
      }
      if (read.put(tag.key(), Objects.requireNonNullElse(tag.value(), "")) != null) {
        throw AcmErrors.invalidTag("The tag key " + tag.key() + " is there twice.");
      }
    }
    return read;
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

  static Map<String, String> of(Handle handle, String certificate) {
    Map<String, String> tags = new LinkedHashMap<>();
    handle
        .createQuery(
            "select tag_key, tag_value from acm_tag where certificate = :certificate"
                + " order by tag_key")
        .bind("certificate", certificate)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  /**
   * Puts tags on a certificate.
   *
   * @throws dev.sekisho.core.ServiceException TooManyTagsException
   */
  static void put(Transaction transaction, String certificate, Map<String, String> tags) {
    Handle handle = StoreTransaction.handle(transaction);
    tags.forEach((key, value) ->
        handle.execute(
            "insert into acm_tag (certificate, tag_key, tag_value) values (?, ?, ?)"
                + " on conflict (certificate, tag_key) do update set"
                + " tag_value = excluded.tag_value",
            certificate,
            key,
            value));
    if (of(handle, certificate).size() > MOST) {
      throw AcmErrors.tooManyTags(MOST);
    }
  }

  /** Takes a tag off; with a value only when it has that value. */
  static void remove(
      Transaction transaction, String certificate, String key, @Nullable String value) {
    Handle handle = StoreTransaction.handle(transaction);
    if (value == null) {
      handle.execute("delete from acm_tag where certificate = ? and tag_key = ?", certificate, key);
    } else {
      handle.execute(
          "delete from acm_tag where certificate = ? and tag_key = ? and tag_value = ?",
          certificate,
          key,
          value);
    }
  }
}
