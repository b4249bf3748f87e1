package dev.sekisho.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What policies are asked of the tags that a call gives. */
public final class RequestTags {

  private RequestTags() {}

  /** {@code aws:RequestTag/KEY} of each tag, and {@code aws:TagKeys}; nothing without tags. */
  public static Map<String, List<String>> conditions(Map<String, String> tags) {
    Map<String, List<String>> conditions = new HashMap<>();
    tags.forEach((key, value) -> conditions.put("aws:RequestTag/" + key, List.of(value)));
    if (!tags.isEmpty()) {
      conditions.put("aws:TagKeys", List.copyOf(tags.keySet()));
    }
    return conditions;
  }
}
