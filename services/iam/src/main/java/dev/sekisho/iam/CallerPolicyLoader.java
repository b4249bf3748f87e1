package dev.sekisho.iam;

import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import dev.sekisho.store.StampedCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Finds, compiles and keeps the policies of callers, for as long as nothing in IAM changes. */
final class CallerPolicyLoader {

  private static final int CACHED = 50_000;

  private final Database database;
  private final StampedCache<String, CallerPolicies> callers;
  private final StampedCache<String, Optional<CompiledPolicy>> managed;

  CallerPolicyLoader(Database database, ChangeStamps stamps) {
    this.database = database;
    this.callers = new StampedCache<>(stamps, IamPrincipals.TOPIC, CACHED);
    this.managed = new StampedCache<>(stamps, IamPrincipals.TOPIC, CACHED);
  }

  /** The policies of the user or role as they are now; a caller of another kind has none. */
  CallerPolicies of(Principal principal) {
    return switch (principal) {
      case Principal.User user -> load(EntityKind.USER, user.id());
      case Principal.RoleSession role -> load(EntityKind.ROLE, role.roleId());
      case Principal.Root _,
          Principal.FederatedUser _,
          Principal.Service _,
          Principal.Anonymous _ ->
          CallerPolicies.NONE;
    };
  }

  /** A managed policy that a session was narrowed by; none when it is there no longer. */
  Optional<CompiledPolicy> managed(String arn, AccountId account) {
    return managed.get(
        account + " " + arn,
        _ ->
            database.read(handle ->
                ManagedPolicies.find(handle, arn, account)
                    .map(policy ->
                        Documents.compile(arn, ManagedPolicyStore.document(handle, policy)))));
  }

  private CallerPolicies load(EntityKind kind, String id) {
    return callers.get(
        id,
        _ ->
            database.read(handle ->
                EntityStore.byId(handle, kind, id)
                    .map(entity -> load(handle, entity))
                    .orElse(CallerPolicies.NONE)));
  }

  private static CallerPolicies load(Handle handle, Entity entity) {
    List<CompiledPolicy> identity = new ArrayList<>(owned(handle, entity));
    if (entity.kind() == EntityKind.USER) {
      for (String groupId : Groups.groupIds(handle, entity.id())) {
        EntityStore.byId(handle, EntityKind.GROUP, groupId)
            .ifPresent(group -> identity.addAll(owned(handle, group)));
      }
    }
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : TagStore.of(handle, entity.id())) {
      tags.put(tag.key(), tag.value());
    }
    return new CallerPolicies(identity, boundary(handle, entity), tags);
  }

  private static List<CompiledPolicy> owned(Handle handle, Entity entity) {
    List<CompiledPolicy> policies = new ArrayList<>();
    for (OwnedPolicies.Inline inline : OwnedPolicies.inline(handle, entity.id())) {
      policies.add(Documents.compile(entity.arn() + "/" + inline.name(), inline.document()));
    }
    for (String arn : OwnedPolicies.attached(handle, entity.id())) {
      ManagedPolicyStore.find(handle, arn)
          .ifPresent(policy ->
              policies.add(Documents.compile(arn, ManagedPolicyStore.document(handle, policy))));
    }
    return policies;
  }

  /** INVARIANT: an entity whose boundary is gone may do nothing, rather than everything. */
  private static @Nullable CompiledPolicy boundary(Handle handle, Entity entity) {
    String arn = entity.boundary();
    return arn == null
        ? null
        : ManagedPolicyStore.find(handle, arn)
            .map(policy -> Documents.compile(arn, ManagedPolicyStore.document(handle, policy)))
            .orElseGet(() -> CompiledPolicy.nothing(arn));
  }
}
