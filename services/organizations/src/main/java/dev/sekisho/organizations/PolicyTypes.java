package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.DisablePolicyTypeRequest;
import dev.sekisho.contract.organizations.DisablePolicyTypeResponse;
import dev.sekisho.contract.organizations.EnablePolicyTypeRequest;
import dev.sekisho.contract.organizations.EnablePolicyTypeResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.Root;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Which types of policy are in force in an organization. */
final class PolicyTypes implements OrganizationsApi.PolicyTypes {

  private final OrganizationsContext organizations;
  private final Gate gate;

  PolicyTypes(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<EnablePolicyTypeResponse> enablePolicyType(Call<EnablePolicyTypeRequest> call) {
    EnablePolicyTypeRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        root(input.rootId(), input.policyType()),
        (transaction, organization) ->
            EnablePolicyTypeResponse.builder()
                .root(
                    enable(
                        transaction,
                        organization,
                        input.rootId(),
                        PolicyType.valueOf(input.policyType())))
                .build());
  }

  private Root enable(
      Transaction transaction, Organization organization, String root, PolicyType type) {
    Handle handle = StoreTransaction.handle(transaction);
    requireRoot(organization, root);
    if (!organization.allFeatures()) {
      throw OrganizationsErrors.typeNotAvailable();
    }
    if (PolicyStore.enabled(handle, organization).contains(type)) {
      throw OrganizationsErrors.typeAlreadyEnabled();
    }
    PolicyStore.enable(transaction, organization, type);
    Set<PolicyType> enabled = Set.of(type);
    for (Unit unit : UnitStore.all(handle, organization)) {
      AttachmentStore.attachUsual(
          transaction, organization, unit.id(), enabled, organizations.now());
    }
    for (Member member : MemberStore.all(handle, organization, "", Membership.QUOTA)) {
      AttachmentStore.attachUsual(
          transaction, organization, member.id().value(), enabled, organizations.now());
    }
    organizations.changed(transaction);
    return OrganizationLifecycle.root(handle, organization);
  }

  @Override
  public Guarded<DisablePolicyTypeResponse> disablePolicyType(Call<DisablePolicyTypeRequest> call) {
    DisablePolicyTypeRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        root(input.rootId(), input.policyType()),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          requireRoot(organization, input.rootId());
          PolicyType type = PolicyType.valueOf(input.policyType());
          if (!PolicyStore.enabled(handle, organization).contains(type)) {
            throw OrganizationsErrors.typeNotEnabled();
          }
          AttachmentStore.detachAll(transaction, organization, type);
          PolicyStore.disable(transaction, organization, type);
          organizations.changed(transaction);
          return DisablePolicyTypeResponse.builder()
              .root(OrganizationLifecycle.root(handle, organization))
              .build();
        });
  }

  private static Gate.Resources root(String root, String type) {
    return (_, organization, action) ->
        List.of(
            AccessCheck.of(action, organization.entityArn(root))
                .with("organizations:PolicyType", type));
  }

  private static void requireRoot(Organization organization, String root) {
    if (!organization.rootId().equals(root)) {
      throw OrganizationsErrors.rootNotFound();
    }
  }
}
