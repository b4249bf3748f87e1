package dev.sekisho.kms;

import dev.sekisho.contract.kms.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.ServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of tags. */
final class Tags {

  /** Tags a key may have at most. */
  static final int MOST = 50;

  private Tags() {}

  /** The check with the condition keys of the tags that are asked for. */
  static AccessCheck requested(AccessCheck check, Map<String, String> tags) {
    if (tags.isEmpty()) {
      return check;
    }
    AccessCheck tagged = check.with("aws:TagKeys", List.copyOf(tags.keySet()));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      tagged = tagged.with("aws:RequestTag/" + tag.getKey(), tag.getValue());
    }
    return tagged;
  }

  /**
   * The tags of a request as a map.
   *
   * @throws ServiceException TagException when one is given twice, reserved, or one too many
   */
  static Map<String, String> of(@Nullable List<Tag> tags) {
    if (tags == null) {
      return Map.of();
    }
    Map<String, String> found = new LinkedHashMap<>();
    for (Tag tag : tags) {
      if (tag.tagKey().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw KmsErrors.tag("Tags beginning with aws: are reserved");
      }
      if (found.put(tag.tagKey(), tag.tagValue()) != null) {
        throw KmsErrors.tag("Duplicate tag keys");
      }
    }
    if (found.size() > MOST) {
      throw KmsErrors.tag("Too many tags");
    }
    return found;
  }
}
