package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.ListResourceTagsRequest;
import dev.sekisho.contract.kms.ListResourceTagsResponse;
import dev.sekisho.contract.kms.Tag;
import dev.sekisho.contract.kms.TagResourceRequest;
import dev.sekisho.contract.kms.TagResourceResponse;
import dev.sekisho.contract.kms.UntagResourceRequest;
import dev.sekisho.contract.kms.UntagResourceResponse;
import dev.sekisho.contract.kms.UpdateKeyDescriptionRequest;
import dev.sekisho.contract.kms.UpdateKeyDescriptionResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.Markers.Page;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What people note on a key: its description and its tags. */
final class KeyDetails {

  private static final int USUAL_LIMIT = 50;

  private final OwnKeyChange changes;
  private final Keys keys;
  private final KeyAccess access;
  private final KeyStore store;
  private final TagStore tags;
  private final Markers markers;

  KeyDetails(
      OwnKeyChange changes,
      Keys keys,
      KeyAccess access,
      KeyStore store,
      TagStore tags,
      Markers markers) {
    this.changes = changes;
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.tags = tags;
    this.markers = markers;
  }

  Guarded<UpdateKeyDescriptionResponse> describe(Call<UpdateKeyDescriptionRequest> call) {
    return changes.of(
        call,
        call.input().keyId(),
        (transaction, found) -> {
          found.requireNotPendingDeletion();
          store.setDescription(transaction, found.name(), call.input().description());
          return UpdateKeyDescriptionResponse.builder().build();
        });
  }

  Guarded<TagResourceResponse> tag(Call<TagResourceRequest> call) {
    Map<String, String> added = Tags.of(call.input().tags());
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put("aws:TagKeys", List.copyOf(added.keySet()));
    added.forEach((tag, value) -> conditions.put("aws:RequestTag/" + tag, List.of(value)));
    return changes.of(
        call,
        call.input().keyId(),
        _ -> conditions,
        (transaction, found) -> {
          found.requireNotPendingDeletion();
          Set<String> all = new HashSet<>(found.tags().keySet());
          all.addAll(added.keySet());
          if (all.size() > Tags.MOST) {
            throw KmsErrors.tag("Too many tags");
          }
          tags.put(transaction, found.name(), added);
          return TagResourceResponse.builder().build();
        });
  }

  Guarded<UntagResourceResponse> untag(Call<UntagResourceRequest> call) {
    List<String> removed = call.input().tagKeys();
    return changes.of(
        call,
        call.input().keyId(),
        _ -> Map.of("aws:TagKeys", removed.stream().distinct().toList()),
        (transaction, found) -> {
          found.requireNotPendingDeletion();
          tags.remove(transaction, found.name(), removed);
          return UntagResourceResponse.builder().build();
        });
  }

  Guarded<ListResourceTagsResponse> list(Call<ListResourceTagsRequest> call) {
    String action = "kms:ListResourceTags";
    ListResourceTagsRequest input = call.input();
    Key key = keys.manage(call, input.keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          int asked = requireNonNullElse(input.limit(), USUAL_LIMIT);
          Page<Tag> page =
              markers.page(
                  call,
                  key.name().id(),
                  input.marker(),
                  Math.min(asked, USUAL_LIMIT),
                  (after, limit) -> tags(key, after, limit),
                  Tag::tagKey);
          return Outcome.answer(
              ListResourceTagsResponse.builder()
                  .tags(page.items())
                  .truncated(page.truncated())
                  .nextMarker(page.next())
                  .build());
        });
  }

  private static List<Tag> tags(Key key, String after, int limit) {
    return key.tags().entrySet().stream()
        .filter(tag -> tag.getKey().compareTo(after) > 0)
        .sorted(Map.Entry.comparingByKey())
        .limit(limit)
        .map(tag -> Tag.builder().tagKey(tag.getKey()).tagValue(tag.getValue()).build())
        .toList();
  }
}
