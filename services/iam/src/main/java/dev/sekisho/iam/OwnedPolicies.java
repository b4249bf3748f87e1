package dev.sekisho.iam;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The policies of a user, group or role: those within it and those attached to it. */
final class OwnedPolicies {

  /** A policy within an entity. */
  record Inline(String name, String document) {}

  private OwnedPolicies() {}

  static List<Inline> inline(Handle handle, String ownerId) {
    return handle
        .createQuery(
            "select name, document from iam_inline_policy where owner_id = :owner order by name")
        .bind("owner", ownerId)
        .map((row, _) -> new Inline(row.getString("name"), row.getString("document")))
        .list();
  }

  static Optional<Inline> inline(Handle handle, String ownerId, String name) {
    return inline(handle, ownerId).stream().filter(each -> each.name().equals(name)).findFirst();
  }

  static void put(Transaction transaction, String ownerId, Inline policy) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_inline_policy (owner_id, name, document)"
                + " values (:owner, :name, :document)"
                + " on conflict (owner_id, name) do update set document = excluded.document")
        .bind("owner", ownerId)
        .bind("name", policy.name())
        .bind("document", policy.document())
        .execute();
  }

  static int delete(Transaction transaction, String ownerId, String name) {
    return StoreTransaction.handle(transaction)
        .createUpdate("delete from iam_inline_policy where owner_id = :owner and name = :name")
        .bind("owner", ownerId)
        .bind("name", name)
        .execute();
  }

  /** The ARNs of the attached managed policies. */
  static List<String> attached(Handle handle, String ownerId) {
    return handle
        .createQuery(
            "select policy_arn from iam_attached_policy where owner_id = :owner order by policy_arn")
        .bind("owner", ownerId)
        .mapTo(String.class)
        .list();
  }

  static void attach(Transaction transaction, String ownerId, String policyArn, long seconds) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_attached_policy (owner_id, policy_arn, attached_at)"
                + " values (:owner, :arn, :at) on conflict (owner_id, policy_arn) do nothing")
        .bind("owner", ownerId)
        .bind("arn", policyArn)
        .bind("at", seconds)
        .execute();
  }

  static int detach(Transaction transaction, String ownerId, String policyArn) {
    return StoreTransaction.handle(transaction)
        .createUpdate(
            "delete from iam_attached_policy where owner_id = :owner and policy_arn = :arn")
        .bind("owner", ownerId)
        .bind("arn", policyArn)
        .execute();
  }

  /**
   * Refuses to go on while the entity has policies.
   *
   * @throws dev.sekisho.core.ServiceException DeleteConflict
   */
  static void requireNone(Handle handle, Entity entity) {
    if (!inline(handle, entity.id()).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    if (!attached(handle, entity.id()).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
  }
}
