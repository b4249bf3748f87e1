package dev.sekisho.iam;

import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tags on everything in IAM that can carry them. Keys are unique ignoring case; the case given is
 * kept.
 */
final class TagStore {

  private TagStore() {}

  /**
   * Refuses tags that IAM does not take.
   *
   * @throws dev.sekisho.core.ServiceException InvalidInput
   */
  static List<Tag> check(@Nullable List<Tag> tags) {
    if (tags == null) {
      return List.of();
    }
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (tag.key().regionMatches(true, 0, "aws:", 0, 4)) {
        throw IamErrors.invalidInput(
            "System tags cannot be added/updated/deleted: tag keys must not begin with aws:");
      }
      if (!keys.add(EntityStore.fold(tag.key()))) {
        throw IamErrors.invalidInput(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return tags;
  }

  /** The check with the keys that conditions on requested tags need. */
  static AccessCheck requested(AccessCheck check, @Nullable List<Tag> tags) {
    if (tags == null || tags.isEmpty()) {
      return check;
    }
    AccessCheck with = check.with("aws:TagKeys", tags.stream().map(Tag::key).toList());
    for (Tag tag : tags) {
      with = with.with("aws:RequestTag/" + tag.key(), tag.value());
    }
    return with;
  }

  /** The check with the keys that conditions on the tags of what it is about need. */
  static AccessCheck carried(AccessCheck check, Handle handle, String ownerId) {
    AccessCheck with = check;
    for (Tag tag : of(handle, ownerId)) {
      with = with.with("aws:ResourceTag/" + tag.key(), tag.value());
    }
    return with;
  }

  /** Adds tags; a key that is there gets the new value, and the new case. */
  static void put(Transaction transaction, String ownerId, List<Tag> tags) {
    for (Tag tag : tags) {
      StoreTransaction.handle(transaction)
          .createUpdate(
              "insert into iam_tag (owner_id, folded_key, tag_key, tag_value)"
                  + " values (:owner, :folded, :key, :value) on conflict (owner_id, folded_key)"
                  + " do update set tag_key = excluded.tag_key, tag_value = excluded.tag_value")
          .bind("owner", ownerId)
          .bind("folded", EntityStore.fold(tag.key()))
          .bind("key", tag.key())
          .bind("value", tag.value())
          .execute();
    }
  }

  /** Takes tags away; keys that are not there are passed over. */
  static void remove(Transaction transaction, String ownerId, List<String> keys) {
    for (String key : keys) {
      StoreTransaction.handle(transaction)
          .createUpdate("delete from iam_tag where owner_id = :owner and folded_key = :folded")
          .bind("owner", ownerId)
          .bind("folded", EntityStore.fold(key))
          .execute();
    }
  }

  static List<Tag> of(Handle handle, String ownerId) {
    return handle
        .createQuery(
            "select tag_key, tag_value from iam_tag where owner_id = :owner order by folded_key")
        .bind("owner", ownerId)
        .map((row, _) ->
            Tag.builder().key(row.getString("tag_key")).value(row.getString("tag_value")).build())
        .list();
  }

  /** As answers hold them: absent rather than empty. */
  static @Nullable List<Tag> shown(List<Tag> tags) {
    return tags.isEmpty() ? null : tags;
  }
}
