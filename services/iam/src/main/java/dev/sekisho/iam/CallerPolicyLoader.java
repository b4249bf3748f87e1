package dev.sekisho.iam;

import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.OrganizationDirectory;
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

  /** What the root user may do. */
  static final CompiledPolicy EVERYTHING =
      Documents.compile(
          "root",
          "{\"Version\":\"2012-10-17\",\"Statement\":"
              + "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}");

  private static final int CACHED = 50_000;

  private final Database database;
  private final CompiledDocuments documents = new CompiledDocuments();
  private final OrganizationDirectory directory;
  private final StampedCache<String, CallerPolicies> callers;
  private final StampedCache<String, Optional<CompiledPolicy>> managed;
  private final StampedCache<AccountId, OrganizationPolicies> organizations;

  CallerPolicyLoader(Database database, ChangeStamps stamps, OrganizationDirectory directory) {
    this.database = database;
    this.directory = directory;
    this.callers = new StampedCache<>(stamps, IamPrincipals.TOPIC, CACHED);
    this.managed = new StampedCache<>(stamps, IamPrincipals.TOPIC, CACHED);
    this.organizations = new StampedCache<>(stamps, IamPrincipals.TOPIC, CACHED);
  }

  /** The policies of the user or role as they are now; a caller of another kind has none. */
  CallerPolicies of(Principal principal) {
    return switch (principal) {
      case Principal.User user -> load(EntityKind.USER, user.id(), user.account());
      case Principal.RoleSession role -> load(EntityKind.ROLE, role.roleId(), role.account());
      case Principal.Root root -> CallerPolicies.NONE.in(organization(root.account()));
      case Principal.FederatedUser federated -> federated(federated);
      case Principal.Service _,
          Principal.Anonymous _,
          Principal.WebIdentity _,
          Principal.SamlIdentity _ ->
          CallerPolicies.NONE;
    };
  }

  /** Whoever made the session lends it its policies; the root user may do everything. */
  private CallerPolicies federated(Principal.FederatedUser federated) {
    CallerPolicies issuer = of(federated.issuer());
    return federated.issuer() instanceof Principal.Root
        ? new CallerPolicies(List.of(EVERYTHING), null, Map.of(), issuer.organization())
        : new CallerPolicies(issuer.identity(), issuer.boundary(), Map.of(), issuer.organization());
  }

  /** What the account's organization says now. */
  OrganizationPolicies organization(AccountId account) {
    return organizations.get(account, this::loadOrganization);
  }

  private OrganizationPolicies loadOrganization(AccountId account) {
    return directory
        .membership(account)
        .map(OrganizationPolicies::of)
        .orElse(OrganizationPolicies.NONE);
  }

  /** A managed policy that a session was narrowed by; none when it is there no longer. */
  Optional<CompiledPolicy> managed(String arn, AccountId account) {
    return managed.get(
        account + " " + arn,
        _ ->
            database.read(handle ->
                ManagedPolicies.find(handle, arn, account)
                    .map(
                        policy -> documents.of(arn, ManagedPolicyStore.document(handle, policy)))));
  }

  /** The organization's are kept with the caller's own, so that each call looks up once. */
  private CallerPolicies load(EntityKind kind, String id, AccountId account) {
    return callers.get(
        id,
        _ ->
            database
                .read(handle ->
                    EntityStore.byId(handle, kind, id)
                        .map(entity -> load(handle, entity))
                        .orElse(CallerPolicies.NONE))
                .in(loadOrganization(account)));
  }

  private CallerPolicies load(Handle handle, Entity entity) {
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
    return new CallerPolicies(identity, boundary(handle, entity), tags, OrganizationPolicies.NONE);
  }

  private List<CompiledPolicy> owned(Handle handle, Entity entity) {
    List<CompiledPolicy> policies = new ArrayList<>();
    for (OwnedPolicies.Inline inline : OwnedPolicies.inline(handle, entity.id())) {
      policies.add(Documents.compile(entity.arn() + "/" + inline.name(), inline.document()));
    }
    for (String arn : OwnedPolicies.attached(handle, entity.id())) {
      ManagedPolicyStore.find(handle, arn)
          .ifPresent(policy ->
              policies.add(documents.of(arn, ManagedPolicyStore.document(handle, policy))));
    }
    return policies;
  }

  /** INVARIANT: an entity whose boundary is gone may do nothing, rather than everything. */
  private @Nullable CompiledPolicy boundary(Handle handle, Entity entity) {
    String arn = entity.boundary();
    return arn == null
        ? null
        : ManagedPolicyStore.find(handle, arn)
            .map(policy -> documents.of(arn, ManagedPolicyStore.document(handle, policy)))
            .orElseGet(() -> CompiledPolicy.nothing(arn));
  }
}
