package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.AcceptHandshakeRequest;
import dev.sekisho.contract.organizations.AcceptHandshakeResponse;
import dev.sekisho.contract.organizations.AttachPolicyRequest;
import dev.sekisho.contract.organizations.AttachPolicyResponse;
import dev.sekisho.contract.organizations.CancelHandshakeRequest;
import dev.sekisho.contract.organizations.CancelHandshakeResponse;
import dev.sekisho.contract.organizations.CloseAccountRequest;
import dev.sekisho.contract.organizations.CloseAccountResponse;
import dev.sekisho.contract.organizations.CreateAccountRequest;
import dev.sekisho.contract.organizations.CreateAccountResponse;
import dev.sekisho.contract.organizations.CreateOrganizationRequest;
import dev.sekisho.contract.organizations.CreateOrganizationResponse;
import dev.sekisho.contract.organizations.CreateOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.CreateOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.CreatePolicyRequest;
import dev.sekisho.contract.organizations.CreatePolicyResponse;
import dev.sekisho.contract.organizations.DeclineHandshakeRequest;
import dev.sekisho.contract.organizations.DeclineHandshakeResponse;
import dev.sekisho.contract.organizations.DeleteOrganizationRequest;
import dev.sekisho.contract.organizations.DeleteOrganizationResponse;
import dev.sekisho.contract.organizations.DeleteOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.DeleteOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.DeletePolicyRequest;
import dev.sekisho.contract.organizations.DeletePolicyResponse;
import dev.sekisho.contract.organizations.DeleteResourcePolicyRequest;
import dev.sekisho.contract.organizations.DeleteResourcePolicyResponse;
import dev.sekisho.contract.organizations.DeregisterDelegatedAdministratorRequest;
import dev.sekisho.contract.organizations.DeregisterDelegatedAdministratorResponse;
import dev.sekisho.contract.organizations.DescribeAccountRequest;
import dev.sekisho.contract.organizations.DescribeAccountResponse;
import dev.sekisho.contract.organizations.DescribeCreateAccountStatusRequest;
import dev.sekisho.contract.organizations.DescribeCreateAccountStatusResponse;
import dev.sekisho.contract.organizations.DescribeEffectivePolicyRequest;
import dev.sekisho.contract.organizations.DescribeEffectivePolicyResponse;
import dev.sekisho.contract.organizations.DescribeHandshakeRequest;
import dev.sekisho.contract.organizations.DescribeHandshakeResponse;
import dev.sekisho.contract.organizations.DescribeOrganizationRequest;
import dev.sekisho.contract.organizations.DescribeOrganizationResponse;
import dev.sekisho.contract.organizations.DescribeOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.DescribeOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.DescribePolicyRequest;
import dev.sekisho.contract.organizations.DescribePolicyResponse;
import dev.sekisho.contract.organizations.DescribeResourcePolicyRequest;
import dev.sekisho.contract.organizations.DescribeResourcePolicyResponse;
import dev.sekisho.contract.organizations.DetachPolicyRequest;
import dev.sekisho.contract.organizations.DetachPolicyResponse;
import dev.sekisho.contract.organizations.DisableAWSServiceAccessRequest;
import dev.sekisho.contract.organizations.DisableAWSServiceAccessResponse;
import dev.sekisho.contract.organizations.DisablePolicyTypeRequest;
import dev.sekisho.contract.organizations.DisablePolicyTypeResponse;
import dev.sekisho.contract.organizations.EnableAWSServiceAccessRequest;
import dev.sekisho.contract.organizations.EnableAWSServiceAccessResponse;
import dev.sekisho.contract.organizations.EnableAllFeaturesRequest;
import dev.sekisho.contract.organizations.EnableAllFeaturesResponse;
import dev.sekisho.contract.organizations.EnablePolicyTypeRequest;
import dev.sekisho.contract.organizations.EnablePolicyTypeResponse;
import dev.sekisho.contract.organizations.InviteAccountToOrganizationRequest;
import dev.sekisho.contract.organizations.InviteAccountToOrganizationResponse;
import dev.sekisho.contract.organizations.LeaveOrganizationRequest;
import dev.sekisho.contract.organizations.LeaveOrganizationResponse;
import dev.sekisho.contract.organizations.ListAWSServiceAccessForOrganizationRequest;
import dev.sekisho.contract.organizations.ListAWSServiceAccessForOrganizationResponse;
import dev.sekisho.contract.organizations.ListAccountsForParentRequest;
import dev.sekisho.contract.organizations.ListAccountsForParentResponse;
import dev.sekisho.contract.organizations.ListAccountsRequest;
import dev.sekisho.contract.organizations.ListAccountsResponse;
import dev.sekisho.contract.organizations.ListChildrenRequest;
import dev.sekisho.contract.organizations.ListChildrenResponse;
import dev.sekisho.contract.organizations.ListCreateAccountStatusRequest;
import dev.sekisho.contract.organizations.ListCreateAccountStatusResponse;
import dev.sekisho.contract.organizations.ListDelegatedAdministratorsRequest;
import dev.sekisho.contract.organizations.ListDelegatedAdministratorsResponse;
import dev.sekisho.contract.organizations.ListDelegatedServicesForAccountRequest;
import dev.sekisho.contract.organizations.ListDelegatedServicesForAccountResponse;
import dev.sekisho.contract.organizations.ListHandshakesForAccountRequest;
import dev.sekisho.contract.organizations.ListHandshakesForAccountResponse;
import dev.sekisho.contract.organizations.ListHandshakesForOrganizationRequest;
import dev.sekisho.contract.organizations.ListHandshakesForOrganizationResponse;
import dev.sekisho.contract.organizations.ListOrganizationalUnitsForParentRequest;
import dev.sekisho.contract.organizations.ListOrganizationalUnitsForParentResponse;
import dev.sekisho.contract.organizations.ListParentsRequest;
import dev.sekisho.contract.organizations.ListParentsResponse;
import dev.sekisho.contract.organizations.ListPoliciesForTargetRequest;
import dev.sekisho.contract.organizations.ListPoliciesForTargetResponse;
import dev.sekisho.contract.organizations.ListPoliciesRequest;
import dev.sekisho.contract.organizations.ListPoliciesResponse;
import dev.sekisho.contract.organizations.ListRootsRequest;
import dev.sekisho.contract.organizations.ListRootsResponse;
import dev.sekisho.contract.organizations.ListTagsForResourceRequest;
import dev.sekisho.contract.organizations.ListTagsForResourceResponse;
import dev.sekisho.contract.organizations.ListTargetsForPolicyRequest;
import dev.sekisho.contract.organizations.ListTargetsForPolicyResponse;
import dev.sekisho.contract.organizations.MoveAccountRequest;
import dev.sekisho.contract.organizations.MoveAccountResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.PutResourcePolicyRequest;
import dev.sekisho.contract.organizations.PutResourcePolicyResponse;
import dev.sekisho.contract.organizations.RegisterDelegatedAdministratorRequest;
import dev.sekisho.contract.organizations.RegisterDelegatedAdministratorResponse;
import dev.sekisho.contract.organizations.RemoveAccountFromOrganizationRequest;
import dev.sekisho.contract.organizations.RemoveAccountFromOrganizationResponse;
import dev.sekisho.contract.organizations.TagResourceRequest;
import dev.sekisho.contract.organizations.TagResourceResponse;
import dev.sekisho.contract.organizations.UntagResourceRequest;
import dev.sekisho.contract.organizations.UntagResourceResponse;
import dev.sekisho.contract.organizations.UpdateOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.UpdateOrganizationalUnitResponse;
import dev.sekisho.contract.organizations.UpdatePolicyRequest;
import dev.sekisho.contract.organizations.UpdatePolicyResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.Schema;
import java.time.Instant;

/** Organizations' operations, one line each. */
public final class OrganizationsService implements OrganizationsApi {

  /** Organizations' tables. */
  public static final Schema SCHEMA = new Schema(OrganizationsService.class, "organizations", 1);

  private final OrganizationLifecycle lifecycle;
  private final OrganizationalUnits units;
  private final Tree tree;
  private final Accounts accounts;
  private final AccountCreation creation;
  private final Membership membership;
  private final Invitations invitations;
  private final Handshakes handshakes;
  private final HandshakeLists handshakeLists;
  private final FeatureMigration migration;
  private final Policies policies;
  private final PolicyAttachments attachments;
  private final PolicyTypes types;
  private final EffectivePolicies effectivePolicies;
  private final DelegatedAdministrators administrators;
  private final ServiceAccess serviceAccess;
  private final DelegationPolicy delegationPolicy;
  private final Tagging tagging;

  public OrganizationsService(OrganizationsContext organizations) {
    Gate gate = new Gate(organizations.database());
    Ids ids = new Ids(organizations.randomness());
    lifecycle = new OrganizationLifecycle(organizations, gate, ids);
    units = new OrganizationalUnits(organizations, gate, ids);
    tree = new Tree(organizations, gate);
    accounts = new Accounts(organizations, gate);
    creation = new AccountCreation(organizations, gate, ids);
    membership = new Membership(organizations, gate);
    invitations = new Invitations(organizations, gate, ids);
    handshakes = new Handshakes(organizations);
    handshakeLists = new HandshakeLists(organizations, gate);
    migration = new FeatureMigration(organizations, gate, ids);
    policies = new Policies(organizations, gate, ids);
    attachments = new PolicyAttachments(organizations, gate);
    types = new PolicyTypes(organizations, gate);
    effectivePolicies = new EffectivePolicies(gate);
    administrators = new DelegatedAdministrators(organizations, gate);
    serviceAccess = new ServiceAccess(organizations, gate);
    delegationPolicy = new DelegationPolicy(organizations, gate, ids);
    tagging = new Tagging(organizations, gate);
  }

  /** How Organizations refuses input that breaks a constraint of its model. */
  public static ServiceException violation(String message) {
    return OrganizationsErrors.violation(message);
  }

  /** Does everything whose time has come, for the server to call now and then. */
  public void sweep(Instant now) {
    membership.sweep(now);
  }

  @Override
  public Guarded<AcceptHandshakeResponse> acceptHandshake(Call<AcceptHandshakeRequest> call) {
    return handshakes.accept(call);
  }

  @Override
  public Guarded<AttachPolicyResponse> attachPolicy(Call<AttachPolicyRequest> call) {
    return attachments.attach(call);
  }

  @Override
  public Guarded<CancelHandshakeResponse> cancelHandshake(Call<CancelHandshakeRequest> call) {
    return handshakes.cancel(call);
  }

  @Override
  public Guarded<CloseAccountResponse> closeAccount(Call<CloseAccountRequest> call) {
    return membership.close(call);
  }

  @Override
  public Guarded<CreateAccountResponse> createAccount(Call<CreateAccountRequest> call) {
    return creation.create(call);
  }

  @Override
  public Guarded<CreateOrganizationResponse> createOrganization(
      Call<CreateOrganizationRequest> call) {
    return lifecycle.create(call);
  }

  @Override
  public Guarded<CreateOrganizationalUnitResponse> createOrganizationalUnit(
      Call<CreateOrganizationalUnitRequest> call) {
    return units.create(call);
  }

  @Override
  public Guarded<CreatePolicyResponse> createPolicy(Call<CreatePolicyRequest> call) {
    return policies.create(call);
  }

  @Override
  public Guarded<DeclineHandshakeResponse> declineHandshake(Call<DeclineHandshakeRequest> call) {
    return handshakes.decline(call);
  }

  @Override
  public Guarded<DeleteOrganizationResponse> deleteOrganization(
      Call<DeleteOrganizationRequest> call) {
    return lifecycle.delete(call);
  }

  @Override
  public Guarded<DeleteOrganizationalUnitResponse> deleteOrganizationalUnit(
      Call<DeleteOrganizationalUnitRequest> call) {
    return units.delete(call);
  }

  @Override
  public Guarded<DeletePolicyResponse> deletePolicy(Call<DeletePolicyRequest> call) {
    return policies.delete(call);
  }

  @Override
  public Guarded<DeleteResourcePolicyResponse> deleteResourcePolicy(
      Call<DeleteResourcePolicyRequest> call) {
    return delegationPolicy.delete(call);
  }

  @Override
  public Guarded<DeregisterDelegatedAdministratorResponse> deregisterDelegatedAdministrator(
      Call<DeregisterDelegatedAdministratorRequest> call) {
    return administrators.deregister(call);
  }

  @Override
  public Guarded<DescribeAccountResponse> describeAccount(Call<DescribeAccountRequest> call) {
    return accounts.describe(call);
  }

  @Override
  public Guarded<DescribeCreateAccountStatusResponse> describeCreateAccountStatus(
      Call<DescribeCreateAccountStatusRequest> call) {
    return creation.describe(call);
  }

  @Override
  public Guarded<DescribeEffectivePolicyResponse> describeEffectivePolicy(
      Call<DescribeEffectivePolicyRequest> call) {
    return effectivePolicies.describe(call);
  }

  @Override
  public Guarded<DescribeHandshakeResponse> describeHandshake(Call<DescribeHandshakeRequest> call) {
    return handshakes.describe(call);
  }

  @Override
  public Guarded<DescribeOrganizationResponse> describeOrganization(
      Call<DescribeOrganizationRequest> call) {
    return lifecycle.describe(call);
  }

  @Override
  public Guarded<DescribeOrganizationalUnitResponse> describeOrganizationalUnit(
      Call<DescribeOrganizationalUnitRequest> call) {
    return units.describe(call);
  }

  @Override
  public Guarded<DescribePolicyResponse> describePolicy(Call<DescribePolicyRequest> call) {
    return policies.describe(call);
  }

  @Override
  public Guarded<DescribeResourcePolicyResponse> describeResourcePolicy(
      Call<DescribeResourcePolicyRequest> call) {
    return delegationPolicy.describe(call);
  }

  @Override
  public Guarded<DetachPolicyResponse> detachPolicy(Call<DetachPolicyRequest> call) {
    return attachments.detach(call);
  }

  @Override
  public Guarded<DisableAWSServiceAccessResponse> disableAWSServiceAccess(
      Call<DisableAWSServiceAccessRequest> call) {
    return serviceAccess.disable(call);
  }

  @Override
  public Guarded<DisablePolicyTypeResponse> disablePolicyType(Call<DisablePolicyTypeRequest> call) {
    return types.disable(call);
  }

  @Override
  public Guarded<EnableAWSServiceAccessResponse> enableAWSServiceAccess(
      Call<EnableAWSServiceAccessRequest> call) {
    return serviceAccess.enable(call);
  }

  @Override
  public Guarded<EnableAllFeaturesResponse> enableAllFeatures(Call<EnableAllFeaturesRequest> call) {
    return migration.enable(call);
  }

  @Override
  public Guarded<EnablePolicyTypeResponse> enablePolicyType(Call<EnablePolicyTypeRequest> call) {
    return types.enable(call);
  }

  @Override
  public Guarded<InviteAccountToOrganizationResponse> inviteAccountToOrganization(
      Call<InviteAccountToOrganizationRequest> call) {
    return invitations.invite(call);
  }

  @Override
  public Guarded<LeaveOrganizationResponse> leaveOrganization(Call<LeaveOrganizationRequest> call) {
    return membership.leave(call);
  }

  @Override
  public Guarded<ListAWSServiceAccessForOrganizationResponse> listAWSServiceAccessForOrganization(
      Call<ListAWSServiceAccessForOrganizationRequest> call) {
    return serviceAccess.list(call);
  }

  @Override
  public Guarded<ListAccountsResponse> listAccounts(Call<ListAccountsRequest> call) {
    return accounts.list(call);
  }

  @Override
  public Guarded<ListAccountsForParentResponse> listAccountsForParent(
      Call<ListAccountsForParentRequest> call) {
    return accounts.listForParent(call);
  }

  @Override
  public Guarded<ListChildrenResponse> listChildren(Call<ListChildrenRequest> call) {
    return tree.listChildren(call);
  }

  @Override
  public Guarded<ListCreateAccountStatusResponse> listCreateAccountStatus(
      Call<ListCreateAccountStatusRequest> call) {
    return creation.list(call);
  }

  @Override
  public Guarded<ListDelegatedAdministratorsResponse> listDelegatedAdministrators(
      Call<ListDelegatedAdministratorsRequest> call) {
    return administrators.list(call);
  }

  @Override
  public Guarded<ListDelegatedServicesForAccountResponse> listDelegatedServicesForAccount(
      Call<ListDelegatedServicesForAccountRequest> call) {
    return administrators.listServices(call);
  }

  @Override
  public Guarded<ListHandshakesForAccountResponse> listHandshakesForAccount(
      Call<ListHandshakesForAccountRequest> call) {
    return handshakeLists.ofAccount(call);
  }

  @Override
  public Guarded<ListHandshakesForOrganizationResponse> listHandshakesForOrganization(
      Call<ListHandshakesForOrganizationRequest> call) {
    return handshakeLists.ofOrganization(call);
  }

  @Override
  public Guarded<ListOrganizationalUnitsForParentResponse> listOrganizationalUnitsForParent(
      Call<ListOrganizationalUnitsForParentRequest> call) {
    return units.listForParent(call);
  }

  @Override
  public Guarded<ListParentsResponse> listParents(Call<ListParentsRequest> call) {
    return tree.listParents(call);
  }

  @Override
  public Guarded<ListPoliciesResponse> listPolicies(Call<ListPoliciesRequest> call) {
    return policies.list(call);
  }

  @Override
  public Guarded<ListPoliciesForTargetResponse> listPoliciesForTarget(
      Call<ListPoliciesForTargetRequest> call) {
    return attachments.listForTarget(call);
  }

  @Override
  public Guarded<ListRootsResponse> listRoots(Call<ListRootsRequest> call) {
    return lifecycle.listRoots(call);
  }

  @Override
  public Guarded<ListTagsForResourceResponse> listTagsForResource(
      Call<ListTagsForResourceRequest> call) {
    return tagging.list(call);
  }

  @Override
  public Guarded<ListTargetsForPolicyResponse> listTargetsForPolicy(
      Call<ListTargetsForPolicyRequest> call) {
    return attachments.listTargets(call);
  }

  @Override
  public Guarded<MoveAccountResponse> moveAccount(Call<MoveAccountRequest> call) {
    return accounts.move(call);
  }

  @Override
  public Guarded<PutResourcePolicyResponse> putResourcePolicy(Call<PutResourcePolicyRequest> call) {
    return delegationPolicy.put(call);
  }

  @Override
  public Guarded<RegisterDelegatedAdministratorResponse> registerDelegatedAdministrator(
      Call<RegisterDelegatedAdministratorRequest> call) {
    return administrators.register(call);
  }

  @Override
  public Guarded<RemoveAccountFromOrganizationResponse> removeAccountFromOrganization(
      Call<RemoveAccountFromOrganizationRequest> call) {
    return membership.remove(call);
  }

  @Override
  public Guarded<TagResourceResponse> tagResource(Call<TagResourceRequest> call) {
    return tagging.tag(call);
  }

  @Override
  public Guarded<UntagResourceResponse> untagResource(Call<UntagResourceRequest> call) {
    return tagging.untag(call);
  }

  @Override
  public Guarded<UpdateOrganizationalUnitResponse> updateOrganizationalUnit(
      Call<UpdateOrganizationalUnitRequest> call) {
    return units.update(call);
  }

  @Override
  public Guarded<UpdatePolicyResponse> updatePolicy(Call<UpdatePolicyRequest> call) {
    return policies.update(call);
  }
}
