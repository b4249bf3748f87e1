package dev.sekisho.organizations;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Which root, unit or account carries which policy. */
final class AttachmentStore {

  private AttachmentStore() {}

  /** The ids of the policies of the type on the target, those attached first coming first. */
  static List<String> policies(Handle handle, String target, PolicyType type) {
    return handle
        .createQuery(
            "select policy from organization_attachment where target = :target and type = :type"
                + " order by attached_at, policy")
        .bind("target", target)
        .bind("type", type.name())
        .mapTo(String.class)
        .list();
  }

  /** When the policies of the type on the target, or what they say, last changed. */
  static Instant lastChange(Handle handle, String target, PolicyType type) {
    return handle
        .createQuery(
            "select coalesce(max(a.attached_at), 0) as attached,"
                + " coalesce(max(p.updated_at), 0) as updated from organization_attachment a"
                + " left join organization_policy p on p.id = a.policy"
                + " where a.target = :target and a.type = :type")
        .bind("target", target)
        .bind("type", type.name())
        .map((row, _) ->
            Instant.ofEpochMilli(Math.max(row.getLong("attached"), row.getLong("updated"))))
        .one();
  }

  static List<String> targets(Handle handle, Organization organization, String policy) {
    return handle
        .createQuery(
            "select target from organization_attachment where organization = :organization"
                + " and policy = :policy order by target")
        .bind("organization", organization.id())
        .bind("policy", policy)
        .mapTo(String.class)
        .list();
  }

  static void attach(
      Transaction transaction,
      Organization organization,
      String target,
      Policy policy,
      Instant when) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_attachment (target, policy, organization, type, attached_at)"
                + " values (:target, :policy, :organization, :type, :at)")
        .bind("target", target)
        .bind("policy", policy.id())
        .bind("organization", organization.id())
        .bind("type", policy.type().name())
        .bind("at", when.toEpochMilli())
        .execute();
  }

  /** Gives something new what AWS attaches by itself for the types that are enabled. */
  static void attachUsual(
      Transaction transaction,
      Organization organization,
      String target,
      Set<PolicyType> types,
      Instant when) {
    for (PolicyType type : types) {
      AwsManagedPolicies.of(type)
          .ifPresent(policy -> attach(transaction, organization, target, policy, when));
    }
  }

  static void detach(Transaction transaction, String target, String policy) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "delete from organization_attachment where target = :target and policy = :policy")
        .bind("target", target)
        .bind("policy", policy)
        .execute();
  }

  /** Takes everything from what leaves or is deleted. */
  static void detachAll(Transaction transaction, String target) {
    StoreTransaction.handle(transaction)
        .createUpdate("delete from organization_attachment where target = :target")
        .bind("target", target)
        .execute();
  }

  static void detachAll(Transaction transaction, Organization organization, PolicyType type) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "delete from organization_attachment where organization = :organization"
                + " and type = :type")
        .bind("organization", organization.id())
        .bind("type", type.name())
        .execute();
  }
}
