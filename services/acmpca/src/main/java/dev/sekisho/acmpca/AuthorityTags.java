package dev.sekisho.acmpca;

import dev.sekisho.contract.acmpca.Tag;
import dev.sekisho.store.TagTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tags of authorities: their rules, their table, and what policies are asked of them. */
final class AuthorityTags {

  static final TagTable TABLE = new TagTable("acmpca_tag", "authority");

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
}
