package dev.sekisho.acm;

import dev.sekisho.contract.acm.Tag;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import dev.sekisho.store.TagTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tags of certificates: their rules, their table, and what policies are asked of them. */
final class CertificateTags {

  static final TagTable TABLE = new TagTable("acm_tag", "certificate");

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

  static List<Tag> shown(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /**
   * Puts tags on a certificate.
   *
   * @throws dev.sekisho.core.ServiceException TooManyTagsException
   */
  static void put(Transaction transaction, String certificate, Map<String, String> tags) {
    TABLE.put(transaction, certificate, tags);
    if (TABLE.of(StoreTransaction.handle(transaction), certificate).size() > MOST) {
      throw AcmErrors.tooManyTags(MOST);
    }
  }
}
