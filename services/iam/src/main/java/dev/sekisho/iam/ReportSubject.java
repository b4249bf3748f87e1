package dev.sekisho.iam;

import dev.sekisho.contract.iam.PolicyGrantingServiceAccess;
import dev.sekisho.core.AccountId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What an access report is about: a user, group, role or policy, with the policies that give access
 * and the users and roles that have it.
 *
 * @param entities the users and roles that can have used the access
 * @param grants the policies
 */
record ReportSubject(boolean isPolicy, List<Entity> entities, List<Grant> grants) {

  /**
   * One policy and what it gives.
   *
   * @param owner who has it within; none for a managed one
   */
  record Grant(String name, @Nullable String arn, @Nullable Entity owner, Set<String> services) {}

  /**
   * Finds what the ARN names.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static ReportSubject of(Handle handle, AccountId account, String arn) {
    for (EntityKind kind : EntityKind.values()) {
      Optional<Entity> found = entity(handle, account, kind, arn);
      if (found.isPresent()) {
        return of(handle, found.get());
      }
    }
    ManagedPolicy policy =
        ManagedPolicies.find(handle, arn, account)
            .orElseThrow(() -> IamErrors.noSuchEntity("ARN " + arn + " cannot be found."));
    Set<Entity> having = new LinkedHashSet<>();
    for (EntityKind kind : EntityKind.values()) {
      for (Entity owner : ManagedPolicyStore.attachedOwners(handle, kind, arn, account)) {
        having.addAll(acting(handle, owner));
      }
    }
    return new ReportSubject(true, List.copyOf(having), List.of(managed(handle, policy)));
  }

  private static Optional<Entity> entity(
      Handle handle, AccountId account, EntityKind kind, String arn) {
    String prefix = Entity.arn(kind, account, "/", "").toString();
    return arn.startsWith(prefix)
        ? EntityStore.find(handle, kind, account, arn.substring(arn.lastIndexOf('/') + 1))
            .filter(entity -> entity.arn().toString().equals(arn))
        : Optional.empty();
  }

  private static ReportSubject of(Handle handle, Entity entity) {
    List<Grant> grants = new ArrayList<>(owned(handle, entity));
    if (entity.kind() == EntityKind.USER) {
      for (String groupId : Groups.groupIds(handle, entity.id())) {
        EntityStore.byId(handle, EntityKind.GROUP, groupId)
            .ifPresent(group -> grants.addAll(owned(handle, group)));
      }
    }
    return new ReportSubject(false, acting(handle, entity), grants);
  }

  private static List<Grant> owned(Handle handle, Entity entity) {
    List<Grant> grants = new ArrayList<>();
    for (OwnedPolicies.Inline inline : OwnedPolicies.inline(handle, entity.id())) {
      grants.add(new Grant(inline.name(), null, entity, GrantedServices.of(inline.document())));
    }
    for (String arn : OwnedPolicies.attached(handle, entity.id())) {
      ManagedPolicyStore.find(handle, arn).ifPresent(policy -> grants.add(managed(handle, policy)));
    }
    return grants;
  }

  private static Grant managed(Handle handle, ManagedPolicy policy) {
    return new Grant(
        policy.name(),
        policy.arn(),
        null,
        GrantedServices.of(ManagedPolicyStore.document(handle, policy)));
  }

  /** Those who act with an entity's policies: itself, or a group's members. */
  private static List<Entity> acting(Handle handle, Entity entity) {
    return entity.kind() == EntityKind.GROUP
        ? Groups.memberIds(handle, entity.id()).stream()
            .flatMap(id -> EntityStore.byId(handle, EntityKind.USER, id).stream())
            .toList()
        : List.of(entity);
  }

  /** The namespaces of the services that can be called, in their order. */
  List<String> services() {
    return grants.stream().flatMap(grant -> grant.services().stream()).sorted().distinct().toList();
  }

  /** The policies that let the service be called. */
  List<PolicyGrantingServiceAccess> granting(String service) {
    return grants.stream()
        .filter(grant -> grant.services().contains(service))
        .map(grant -> {
          Entity owner = grant.owner();
          return PolicyGrantingServiceAccess.builder()
              .policyName(grant.name())
              .policyType(owner == null ? "MANAGED" : "INLINE")
              .policyArn(grant.arn())
              .entityType(owner == null ? null : owner.kind().name())
              .entityName(owner == null ? null : owner.name())
              .build();
        })
        .toList();
  }
}
