package dev.sekisho.s3;

import dev.sekisho.core.AccessCheck;
import java.util.List;
import java.util.Map;

/** The condition keys of tags that a request brings. */
final class TagConditions {

  private TagConditions() {}

  static AccessCheck requested(AccessCheck bare, Map<String, String> tags) {
    AccessCheck check = bare.with("s3:RequestObjectTagKeys", List.copyOf(tags.keySet()));
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      check = check.with("s3:RequestObjectTag/" + tag.getKey(), tag.getValue());
    }
    return check;
  }
}
