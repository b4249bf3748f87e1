package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.Tag;
import java.util.List;
import java.util.Map;

/** Tags between the contract's form and ours. */
final class Tags {

  private Tags() {}

  static Map<String, String> require(List<Tag> tags, int most) {
    return TagRules.require(
        tags.stream()
            .map(tag ->
                new TagRules.Given(
                    requireNonNullElse(tag.key(), ""), requireNonNullElse(tag.value(), "")))
            .toList(),
        most);
  }

  static List<Tag> shown(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
