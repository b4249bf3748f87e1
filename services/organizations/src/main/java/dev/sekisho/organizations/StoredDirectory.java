package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the tables say of an account's place, read anew each time: those who ask keep it. */
public final class StoredDirectory implements OrganizationDirectory {

  private final Database database;

  public StoredDirectory(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Membership> membership(AccountId account) {
    return database.read(handle ->
        OrganizationStore.ofAccount(handle, account)
            .flatMap(organization ->
                MemberStore.find(handle, account.value())
                    .map(member -> membership(handle, organization, member))));
  }

  @Override
  public boolean isSuspended(AccountId account) {
    return database.read(handle ->
        MemberStore.find(handle, account.value())
            .filter(member -> member.state() != Member.State.ACTIVE)
            .isPresent());
  }

  @Override
  public Optional<ServiceReach> reach(AccountId account, String service) {
    return database.read(handle ->
        OrganizationStore.ofAccount(handle, account)
            .map(organization ->
                new ServiceReach(
                    organization.id(),
                    organization.management(),
                    organization.allFeatures(),
                    ServiceAccess.isEnabled(handle, organization, service))));
  }

  private static Membership membership(Handle handle, Organization organization, Member member) {
    List<String> entities = new ArrayList<>();
    StringBuilder path = new StringBuilder(organization.id()).append('/');
    for (Unit unit : UnitStore.way(handle, organization, member.parent())) {
      entities.add(unit.id());
      path.append(unit.id()).append('/');
    }
    entities.add(member.id().value());
    Set<PolicyType> enabled =
        organization.isManagement(member.id())
            ? Set.of()
            : PolicyStore.enabled(handle, organization);
    return new Membership(
        organization.id(),
        path.toString(),
        levels(handle, organization, entities, enabled, PolicyType.SERVICE_CONTROL_POLICY),
        levels(handle, organization, entities, enabled, PolicyType.RESOURCE_CONTROL_POLICY));
  }

  private static @Nullable List<List<ControlPolicy>> levels(
      Handle handle,
      Organization organization,
      List<String> entities,
      Set<PolicyType> enabled,
      PolicyType type) {
    return enabled.contains(type)
        ? entities.stream().map(entity -> level(handle, organization, entity, type)).toList()
        : null;
  }

  private static List<ControlPolicy> level(
      Handle handle, Organization organization, String entity, PolicyType type) {
    return AttachmentStore.policies(handle, entity, type).stream()
        .flatMap(id -> PolicyStore.find(handle, organization, id).stream())
        .map(policy ->
            new ControlPolicy(organization.policyArn(type, policy.id()), policy.content()))
        .toList();
  }
}
