package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tags on roots, units, accounts and policies. Keys are told apart by case. */
final class TagStore {

  private static final int QUOTA = 50;

  private TagStore() {}

  /**
   * Refuses tags that Organizations does not take.
   *
   * @throws dev.sekisho.core.ServiceException InvalidInputException
   */
  static List<Tag> check(@Nullable List<Tag> tags) {
    if (tags == null) {
      return List.of();
    }
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (tag.key().regionMatches(true, 0, "aws:", 0, 4)) {
        throw OrganizationsErrors.invalidInput(
            "INVALID_SYSTEM_TAGS_PARAMETER",
            "You specified a tag key that is a system tag. You can't add, edit, or delete system"
                + " tag keys because they're reserved for AWS use.");
      }
      if (!keys.add(tag.key())) {
        throw OrganizationsErrors.invalidInput(
            "DUPLICATE_TAG_KEY", "Tag keys must be unique among the tags attached to the entity.");
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

  static List<Tag> of(Handle handle, String owner) {
    return handle
        .createQuery(
            "select tag_key, tag_value from organization_tag where owner = :owner order by tag_key")
        .bind("owner", owner)
        .map((row, _) ->
            Tag.builder().key(row.getString("tag_key")).value(row.getString("tag_value")).build())
        .list();
  }

  /**
   * Adds tags; a key that is there gets the new value.
   *
   * @throws dev.sekisho.core.ServiceException ConstraintViolationException when there are too many
   */
  static void put(
      Transaction transaction, Organization organization, String owner, List<Tag> tags) {
    Handle handle = StoreTransaction.handle(transaction);
    for (Tag tag : tags) {
      handle
          .createUpdate(
              "insert into organization_tag (organization, owner, tag_key, tag_value)"
                  + " values (:organization, :owner, :key, :value) on conflict (owner, tag_key)"
                  + " do update set tag_value = excluded.tag_value")
          .bind("organization", organization.id())
          .bind("owner", owner)
          .bind("key", tag.key())
          .bind("value", tag.value())
          .execute();
    }
    if (!tags.isEmpty() && of(handle, owner).size() > QUOTA) {
      throw OrganizationsErrors.constraint(
          "MAX_TAG_LIMIT_EXCEEDED",
          "You have exceeded the number of tags allowed on this resource.");
    }
  }

  static void remove(Transaction transaction, String owner, List<String> keys) {
    for (String key : keys) {
      StoreTransaction.handle(transaction)
          .createUpdate("delete from organization_tag where owner = :owner and tag_key = :key")
          .bind("owner", owner)
          .bind("key", key)
          .execute();
    }
  }

  static void removeAll(Transaction transaction, String owner) {
    StoreTransaction.handle(transaction)
        .createUpdate("delete from organization_tag where owner = :owner")
        .bind("owner", owner)
        .execute();
  }
}
