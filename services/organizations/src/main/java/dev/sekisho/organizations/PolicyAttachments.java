package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.AttachPolicyRequest;
import dev.sekisho.contract.organizations.AttachPolicyResponse;
import dev.sekisho.contract.organizations.DetachPolicyRequest;
import dev.sekisho.contract.organizations.DetachPolicyResponse;
import dev.sekisho.contract.organizations.ListPoliciesForTargetRequest;
import dev.sekisho.contract.organizations.ListPoliciesForTargetResponse;
import dev.sekisho.contract.organizations.ListTargetsForPolicyRequest;
import dev.sekisho.contract.organizations.ListTargetsForPolicyResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.PolicyTargetSummary;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Puts policies on roots, units and accounts, and takes them off. */
final class PolicyAttachments implements OrganizationsApi.PolicyAttachments {

  private final OrganizationsContext organizations;
  private final Gate gate;

  PolicyAttachments(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<AttachPolicyResponse> attachPolicy(Call<AttachPolicyRequest> call) {
    AttachPolicyRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.policy(input.policyId(), input.targetId()),
        (transaction, organization) -> {
          attach(transaction, organization, input.policyId(), input.targetId());
          return AttachPolicyResponse.builder().build();
        });
  }

  private void attach(
      Transaction transaction, Organization organization, String policyId, String target) {
    Handle handle = StoreTransaction.handle(transaction);
    Policy policy = Policies.require(handle, organization, policyId);
    requireTarget(handle, organization, target);
    requireEnabled(handle, organization, policy.type());
    List<String> attached = AttachmentStore.policies(handle, target, policy.type());
    if (attached.contains(policyId)) {
      throw OrganizationsErrors.duplicateAttachment();
    }
    if (attached.size() >= policy.type().attachments()) {
      throw OrganizationsErrors.constraint(
          "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
          "You have attached the maximum number of policies to the specified target.");
    }
    AttachmentStore.attach(transaction, organization, target, policy, organizations.now());
    organizations.changed(transaction);
  }

  @Override
  public Guarded<DetachPolicyResponse> detachPolicy(Call<DetachPolicyRequest> call) {
    DetachPolicyRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.policy(input.policyId(), input.targetId()),
        (transaction, organization) -> {
          detach(transaction, organization, input.policyId(), input.targetId());
          return DetachPolicyResponse.builder().build();
        });
  }

  private void detach(
      Transaction transaction, Organization organization, String policyId, String target) {
    Handle handle = StoreTransaction.handle(transaction);
    Policy policy = Policies.require(handle, organization, policyId);
    requireTarget(handle, organization, target);
    List<String> attached = AttachmentStore.policies(handle, target, policy.type());
    if (!attached.contains(policyId)) {
      throw OrganizationsErrors.policyNotAttached();
    }
    if (policy.type() == PolicyType.RESOURCE_CONTROL_POLICY && AwsManagedPolicies.isOne(policyId)) {
      throw OrganizationsErrors.invalidInput(
          "NON_DETACHABLE_POLICY", "You can't detach the policy RCPFullAWSAccess.");
    }
    if (policy.type() == PolicyType.SERVICE_CONTROL_POLICY && attached.size() == 1) {
      throw OrganizationsErrors.constraint(
          "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
          "You cannot remove the last policy attached to the specified target. You must have at"
              + " least one attached at all times.");
    }
    AttachmentStore.detach(transaction, target, policyId);
    organizations.changed(transaction);
  }

  @Override
  public Guarded<ListPoliciesForTargetResponse> listPoliciesForTarget(
      Call<ListPoliciesForTargetRequest> call) {
    ListPoliciesForTargetRequest input = call.input();
    return gate.read(
        call,
        Gate.Who.READERS,
        (_, organization, action) ->
            List.of(
                AccessCheck.of(action, organization.entityArn(input.targetId()))
                    .with("organizations:PolicyType", input.filter())),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  input.targetId() + '/' + input.filter(),
                  input.nextToken(),
                  input.maxResults());
          requireTarget(handle, organization, input.targetId());
          List<Policy> policies =
              AttachmentStore.policies(handle, input.targetId(), PolicyType.valueOf(input.filter()))
                  .stream()
                  .map(id -> Policies.require(handle, organization, id))
                  .sorted(Comparator.comparing(Policy::id))
                  .toList();
          PageRequest.Page<Policy> page = request.cut(policies, Policy::id);
          return ListPoliciesForTargetResponse.builder()
              .policies(page.items().stream().map(policy -> policy.summary(organization)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  @Override
  public Guarded<ListTargetsForPolicyResponse> listTargetsForPolicy(
      Call<ListTargetsForPolicyRequest> call) {
    String id = call.input().policyId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.policy(id, null),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  id,
                  call.input().nextToken(),
                  call.input().maxResults());
          Policies.require(handle, organization, id);
          PageRequest.Page<String> page =
              request.cut(AttachmentStore.targets(handle, organization, id), target -> target);
          return ListTargetsForPolicyResponse.builder()
              .targets(
                  page.items().stream()
                      .map(target -> summary(handle, organization, target))
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static PolicyTargetSummary summary(
      Handle handle, Organization organization, String target) {
    PolicyTargetSummary.Builder summary =
        PolicyTargetSummary.builder().targetId(target).arn(organization.entityArn(target));
    return UnitStore.find(handle, organization, target)
        .map(unit ->
            summary.name(unit.name()).type(unit.isRoot() ? "ROOT" : "ORGANIZATIONAL_UNIT").build())
        .orElseGet(() ->
            summary
                .name(Accounts.require(handle, organization, target).name())
                .type("ACCOUNT")
                .build());
  }

  private static void requireTarget(Handle handle, Organization organization, String target) {
    if (!Tree.exists(handle, organization, target)) {
      throw OrganizationsErrors.targetNotFound();
    }
  }

  private static void requireEnabled(Handle handle, Organization organization, PolicyType type) {
    if (!PolicyStore.enabled(handle, organization).contains(type)) {
      throw OrganizationsErrors.typeNotEnabled();
    }
  }
}
