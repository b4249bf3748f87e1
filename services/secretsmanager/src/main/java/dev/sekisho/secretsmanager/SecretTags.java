package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.Tag;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import dev.sekisho.store.TagTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tags of secrets: their rules, their table, and what policies are asked of them. */
final class SecretTags {

  static final TagTable TABLE = new TagTable("secretsmanager_tag", "secret");

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

  static List<Tag> shown(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  static void replace(Transaction transaction, String secret, Map<String, String> tags) {
    StoreTransaction.handle(transaction)
        .execute("delete from secretsmanager_tag where secret = ?", secret);
    TABLE.put(transaction, secret, tags);
  }
}
