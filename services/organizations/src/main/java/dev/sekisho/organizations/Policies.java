package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.CreatePolicyRequest;
import dev.sekisho.contract.organizations.CreatePolicyResponse;
import dev.sekisho.contract.organizations.DeletePolicyRequest;
import dev.sekisho.contract.organizations.DeletePolicyResponse;
import dev.sekisho.contract.organizations.DescribePolicyRequest;
import dev.sekisho.contract.organizations.DescribePolicyResponse;
import dev.sekisho.contract.organizations.ListPoliciesRequest;
import dev.sekisho.contract.organizations.ListPoliciesResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.contract.organizations.UpdatePolicyRequest;
import dev.sekisho.contract.organizations.UpdatePolicyResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Policies of every type: written, read, changed, deleted. */
final class Policies implements OrganizationsApi.Policies {

  private static final int QUOTA = 10_000;

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  Policies(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  @Override
  public Guarded<CreatePolicyResponse> createPolicy(Call<CreatePolicyRequest> call) {
    CreatePolicyRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        (_, _, action) ->
            List.of(
                TagStore.requested(
                    AccessCheck.of(action, "*").with("organizations:PolicyType", input.type()),
                    input.tags())),
        (transaction, organization) -> create(transaction, organization, input));
  }

  private CreatePolicyResponse create(
      Transaction transaction, Organization organization, CreatePolicyRequest input) {
    Handle handle = StoreTransaction.handle(transaction);
    List<Tag> tags = TagStore.check(input.tags());
    if (!organization.allFeatures()) {
      throw OrganizationsErrors.typeNotAvailable();
    }
    Policy policy =
        new Policy(
            ids.policy(),
            PolicyType.valueOf(input.type()),
            input.name(),
            input.description(),
            input.content());
    PolicyContents.check(policy.type(), policy.content());
    requireFreeName(handle, organization, policy);
    if (PolicyStore.count(handle, organization) >= QUOTA) {
      throw OrganizationsErrors.constraint(
          "POLICY_NUMBER_LIMIT_EXCEEDED", "You have exceeded the allowed number of policies.");
    }
    PolicyStore.insert(transaction, organization, policy, organizations.now());
    TagStore.put(transaction, organization, policy.id(), tags);
    return CreatePolicyResponse.builder().policy(policy.shown(organization)).build();
  }

  @Override
  public Guarded<UpdatePolicyResponse> updatePolicy(Call<UpdatePolicyRequest> call) {
    UpdatePolicyRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.policy(input.policyId(), null),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          Policy before = requireOwn(handle, organization, input.policyId());
          Policy policy =
              new Policy(
                  before.id(),
                  before.type(),
                  Objects.requireNonNullElse(input.name(), before.name()),
                  Objects.requireNonNullElse(input.description(), before.description()),
                  Objects.requireNonNullElse(input.content(), before.content()));
          PolicyContents.check(policy.type(), policy.content());
          requireFreeName(handle, organization, policy);
          PolicyStore.update(transaction, policy, organizations.now());
          organizations.changed(transaction);
          return UpdatePolicyResponse.builder().policy(policy.shown(organization)).build();
        });
  }

  @Override
  public Guarded<DeletePolicyResponse> deletePolicy(Call<DeletePolicyRequest> call) {
    String id = call.input().policyId();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.policy(id, null),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          Policy policy = requireOwn(handle, organization, id);
          if (!AttachmentStore.targets(handle, organization, id).isEmpty()) {
            throw OrganizationsErrors.policyInUse();
          }
          TagStore.removeAll(transaction, id);
          PolicyStore.delete(transaction, policy);
          return DeletePolicyResponse.builder().build();
        });
  }

  @Override
  public Guarded<DescribePolicyResponse> describePolicy(Call<DescribePolicyRequest> call) {
    String id = call.input().policyId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.policy(id, null),
        (handle, organization) ->
            DescribePolicyResponse.builder()
                .policy(require(handle, organization, id).shown(organization))
                .build());
  }

  @Override
  public Guarded<ListPoliciesResponse> listPolicies(Call<ListPoliciesRequest> call) {
    String filter = call.input().filter();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any("organizations:PolicyType", filter),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  filter,
                  call.input().nextToken(),
                  call.input().maxResults());
          PolicyType type = PolicyType.valueOf(filter);
          List<Policy> policies = new ArrayList<>(PolicyStore.own(handle, organization, type));
          AwsManagedPolicies.of(type).ifPresent(policies::add);
          policies.sort(Comparator.comparing(Policy::id));
          PageRequest.Page<Policy> page = request.cut(policies, Policy::id);
          return ListPoliciesResponse.builder()
              .policies(page.items().stream().map(policy -> policy.summary(organization)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  /**
   * The policy, whoever made it.
   *
   * @throws dev.sekisho.core.ServiceException PolicyNotFoundException
   */
  static Policy require(Handle handle, Organization organization, String id) {
    return PolicyStore.find(handle, organization, id)
        .orElseThrow(OrganizationsErrors::policyNotFound);
  }

  private static Policy requireOwn(Handle handle, Organization organization, String id) {
    if (AwsManagedPolicies.isOne(id)) {
      throw OrganizationsErrors.invalidInput(
          "IMMUTABLE_POLICY", "You can't modify or delete a policy that is managed by AWS.");
    }
    return require(handle, organization, id);
  }

  private static void requireFreeName(Handle handle, Organization organization, Policy policy) {
    boolean taken =
        PolicyStore.own(handle, organization, policy.type()).stream()
            .anyMatch(
                other -> other.name().equals(policy.name()) && !other.id().equals(policy.id()));
    if (taken
        || AwsManagedPolicies.of(policy.type())
            .filter(other -> other.name().equals(policy.name()))
            .isPresent()) {
      throw OrganizationsErrors.duplicatePolicy();
    }
  }
}
