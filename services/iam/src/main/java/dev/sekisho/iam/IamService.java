package dev.sekisho.iam;

import dev.sekisho.contract.iam.AddRoleToInstanceProfileRequest;
import dev.sekisho.contract.iam.AddRoleToInstanceProfileResponse;
import dev.sekisho.contract.iam.AddUserToGroupRequest;
import dev.sekisho.contract.iam.AddUserToGroupResponse;
import dev.sekisho.contract.iam.AttachGroupPolicyRequest;
import dev.sekisho.contract.iam.AttachGroupPolicyResponse;
import dev.sekisho.contract.iam.AttachRolePolicyRequest;
import dev.sekisho.contract.iam.AttachRolePolicyResponse;
import dev.sekisho.contract.iam.AttachUserPolicyRequest;
import dev.sekisho.contract.iam.AttachUserPolicyResponse;
import dev.sekisho.contract.iam.CreateAccessKeyRequest;
import dev.sekisho.contract.iam.CreateAccessKeyResponse;
import dev.sekisho.contract.iam.CreateAccountAliasRequest;
import dev.sekisho.contract.iam.CreateAccountAliasResponse;
import dev.sekisho.contract.iam.CreateGroupRequest;
import dev.sekisho.contract.iam.CreateGroupResponse;
import dev.sekisho.contract.iam.CreateInstanceProfileRequest;
import dev.sekisho.contract.iam.CreateInstanceProfileResponse;
import dev.sekisho.contract.iam.CreatePolicyRequest;
import dev.sekisho.contract.iam.CreatePolicyResponse;
import dev.sekisho.contract.iam.CreatePolicyVersionRequest;
import dev.sekisho.contract.iam.CreatePolicyVersionResponse;
import dev.sekisho.contract.iam.CreateRoleRequest;
import dev.sekisho.contract.iam.CreateRoleResponse;
import dev.sekisho.contract.iam.CreateUserRequest;
import dev.sekisho.contract.iam.CreateUserResponse;
import dev.sekisho.contract.iam.DeleteAccessKeyRequest;
import dev.sekisho.contract.iam.DeleteAccessKeyResponse;
import dev.sekisho.contract.iam.DeleteAccountAliasRequest;
import dev.sekisho.contract.iam.DeleteAccountAliasResponse;
import dev.sekisho.contract.iam.DeleteGroupPolicyRequest;
import dev.sekisho.contract.iam.DeleteGroupPolicyResponse;
import dev.sekisho.contract.iam.DeleteGroupRequest;
import dev.sekisho.contract.iam.DeleteGroupResponse;
import dev.sekisho.contract.iam.DeleteInstanceProfileRequest;
import dev.sekisho.contract.iam.DeleteInstanceProfileResponse;
import dev.sekisho.contract.iam.DeletePolicyRequest;
import dev.sekisho.contract.iam.DeletePolicyResponse;
import dev.sekisho.contract.iam.DeletePolicyVersionRequest;
import dev.sekisho.contract.iam.DeletePolicyVersionResponse;
import dev.sekisho.contract.iam.DeleteRolePermissionsBoundaryRequest;
import dev.sekisho.contract.iam.DeleteRolePermissionsBoundaryResponse;
import dev.sekisho.contract.iam.DeleteRolePolicyRequest;
import dev.sekisho.contract.iam.DeleteRolePolicyResponse;
import dev.sekisho.contract.iam.DeleteRoleRequest;
import dev.sekisho.contract.iam.DeleteRoleResponse;
import dev.sekisho.contract.iam.DeleteUserPermissionsBoundaryRequest;
import dev.sekisho.contract.iam.DeleteUserPermissionsBoundaryResponse;
import dev.sekisho.contract.iam.DeleteUserPolicyRequest;
import dev.sekisho.contract.iam.DeleteUserPolicyResponse;
import dev.sekisho.contract.iam.DeleteUserRequest;
import dev.sekisho.contract.iam.DeleteUserResponse;
import dev.sekisho.contract.iam.DetachGroupPolicyRequest;
import dev.sekisho.contract.iam.DetachGroupPolicyResponse;
import dev.sekisho.contract.iam.DetachRolePolicyRequest;
import dev.sekisho.contract.iam.DetachRolePolicyResponse;
import dev.sekisho.contract.iam.DetachUserPolicyRequest;
import dev.sekisho.contract.iam.DetachUserPolicyResponse;
import dev.sekisho.contract.iam.GetAccountSummaryRequest;
import dev.sekisho.contract.iam.GetAccountSummaryResponse;
import dev.sekisho.contract.iam.GetContextKeysForCustomPolicyRequest;
import dev.sekisho.contract.iam.GetContextKeysForPolicyResponse;
import dev.sekisho.contract.iam.GetContextKeysForPrincipalPolicyRequest;
import dev.sekisho.contract.iam.GetGroupPolicyRequest;
import dev.sekisho.contract.iam.GetGroupPolicyResponse;
import dev.sekisho.contract.iam.GetGroupRequest;
import dev.sekisho.contract.iam.GetGroupResponse;
import dev.sekisho.contract.iam.GetInstanceProfileRequest;
import dev.sekisho.contract.iam.GetInstanceProfileResponse;
import dev.sekisho.contract.iam.GetPolicyRequest;
import dev.sekisho.contract.iam.GetPolicyResponse;
import dev.sekisho.contract.iam.GetPolicyVersionRequest;
import dev.sekisho.contract.iam.GetPolicyVersionResponse;
import dev.sekisho.contract.iam.GetRolePolicyRequest;
import dev.sekisho.contract.iam.GetRolePolicyResponse;
import dev.sekisho.contract.iam.GetRoleRequest;
import dev.sekisho.contract.iam.GetRoleResponse;
import dev.sekisho.contract.iam.GetUserPolicyRequest;
import dev.sekisho.contract.iam.GetUserPolicyResponse;
import dev.sekisho.contract.iam.GetUserRequest;
import dev.sekisho.contract.iam.GetUserResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListAccessKeysRequest;
import dev.sekisho.contract.iam.ListAccessKeysResponse;
import dev.sekisho.contract.iam.ListAccountAliasesRequest;
import dev.sekisho.contract.iam.ListAccountAliasesResponse;
import dev.sekisho.contract.iam.ListAttachedGroupPoliciesRequest;
import dev.sekisho.contract.iam.ListAttachedGroupPoliciesResponse;
import dev.sekisho.contract.iam.ListAttachedRolePoliciesRequest;
import dev.sekisho.contract.iam.ListAttachedRolePoliciesResponse;
import dev.sekisho.contract.iam.ListAttachedUserPoliciesRequest;
import dev.sekisho.contract.iam.ListAttachedUserPoliciesResponse;
import dev.sekisho.contract.iam.ListEntitiesForPolicyRequest;
import dev.sekisho.contract.iam.ListEntitiesForPolicyResponse;
import dev.sekisho.contract.iam.ListGroupPoliciesRequest;
import dev.sekisho.contract.iam.ListGroupPoliciesResponse;
import dev.sekisho.contract.iam.ListGroupsForUserRequest;
import dev.sekisho.contract.iam.ListGroupsForUserResponse;
import dev.sekisho.contract.iam.ListGroupsRequest;
import dev.sekisho.contract.iam.ListGroupsResponse;
import dev.sekisho.contract.iam.ListInstanceProfileTagsRequest;
import dev.sekisho.contract.iam.ListInstanceProfileTagsResponse;
import dev.sekisho.contract.iam.ListInstanceProfilesForRoleRequest;
import dev.sekisho.contract.iam.ListInstanceProfilesForRoleResponse;
import dev.sekisho.contract.iam.ListInstanceProfilesRequest;
import dev.sekisho.contract.iam.ListInstanceProfilesResponse;
import dev.sekisho.contract.iam.ListPoliciesRequest;
import dev.sekisho.contract.iam.ListPoliciesResponse;
import dev.sekisho.contract.iam.ListPolicyTagsRequest;
import dev.sekisho.contract.iam.ListPolicyTagsResponse;
import dev.sekisho.contract.iam.ListPolicyVersionsRequest;
import dev.sekisho.contract.iam.ListPolicyVersionsResponse;
import dev.sekisho.contract.iam.ListRolePoliciesRequest;
import dev.sekisho.contract.iam.ListRolePoliciesResponse;
import dev.sekisho.contract.iam.ListRoleTagsRequest;
import dev.sekisho.contract.iam.ListRoleTagsResponse;
import dev.sekisho.contract.iam.ListRolesRequest;
import dev.sekisho.contract.iam.ListRolesResponse;
import dev.sekisho.contract.iam.ListUserPoliciesRequest;
import dev.sekisho.contract.iam.ListUserPoliciesResponse;
import dev.sekisho.contract.iam.ListUserTagsRequest;
import dev.sekisho.contract.iam.ListUserTagsResponse;
import dev.sekisho.contract.iam.ListUsersRequest;
import dev.sekisho.contract.iam.ListUsersResponse;
import dev.sekisho.contract.iam.PutGroupPolicyRequest;
import dev.sekisho.contract.iam.PutGroupPolicyResponse;
import dev.sekisho.contract.iam.PutRolePermissionsBoundaryRequest;
import dev.sekisho.contract.iam.PutRolePermissionsBoundaryResponse;
import dev.sekisho.contract.iam.PutRolePolicyRequest;
import dev.sekisho.contract.iam.PutRolePolicyResponse;
import dev.sekisho.contract.iam.PutUserPermissionsBoundaryRequest;
import dev.sekisho.contract.iam.PutUserPermissionsBoundaryResponse;
import dev.sekisho.contract.iam.PutUserPolicyRequest;
import dev.sekisho.contract.iam.PutUserPolicyResponse;
import dev.sekisho.contract.iam.RemoveRoleFromInstanceProfileRequest;
import dev.sekisho.contract.iam.RemoveRoleFromInstanceProfileResponse;
import dev.sekisho.contract.iam.RemoveUserFromGroupRequest;
import dev.sekisho.contract.iam.RemoveUserFromGroupResponse;
import dev.sekisho.contract.iam.SetDefaultPolicyVersionRequest;
import dev.sekisho.contract.iam.SetDefaultPolicyVersionResponse;
import dev.sekisho.contract.iam.SimulateCustomPolicyRequest;
import dev.sekisho.contract.iam.SimulatePolicyResponse;
import dev.sekisho.contract.iam.SimulatePrincipalPolicyRequest;
import dev.sekisho.contract.iam.TagInstanceProfileRequest;
import dev.sekisho.contract.iam.TagInstanceProfileResponse;
import dev.sekisho.contract.iam.TagPolicyRequest;
import dev.sekisho.contract.iam.TagPolicyResponse;
import dev.sekisho.contract.iam.TagRoleRequest;
import dev.sekisho.contract.iam.TagRoleResponse;
import dev.sekisho.contract.iam.TagUserRequest;
import dev.sekisho.contract.iam.TagUserResponse;
import dev.sekisho.contract.iam.UntagInstanceProfileRequest;
import dev.sekisho.contract.iam.UntagInstanceProfileResponse;
import dev.sekisho.contract.iam.UntagPolicyRequest;
import dev.sekisho.contract.iam.UntagPolicyResponse;
import dev.sekisho.contract.iam.UntagRoleRequest;
import dev.sekisho.contract.iam.UntagRoleResponse;
import dev.sekisho.contract.iam.UntagUserRequest;
import dev.sekisho.contract.iam.UntagUserResponse;
import dev.sekisho.contract.iam.UpdateAccessKeyRequest;
import dev.sekisho.contract.iam.UpdateAccessKeyResponse;
import dev.sekisho.contract.iam.UpdateAssumeRolePolicyRequest;
import dev.sekisho.contract.iam.UpdateAssumeRolePolicyResponse;
import dev.sekisho.contract.iam.UpdateGroupRequest;
import dev.sekisho.contract.iam.UpdateGroupResponse;
import dev.sekisho.contract.iam.UpdateRoleDescriptionRequest;
import dev.sekisho.contract.iam.UpdateRoleDescriptionResponse;
import dev.sekisho.contract.iam.UpdateRoleRequest;
import dev.sekisho.contract.iam.UpdateRoleResponse;
import dev.sekisho.contract.iam.UpdateUserRequest;
import dev.sekisho.contract.iam.UpdateUserResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;

/** IAM's operations, one line each. */
public final class IamService implements IamApi {

  private final AccessKeys accessKeys;
  private final Tagging tagging;
  private final PolicySimulator policySimulator;
  private final InstanceProfiles instanceProfiles;
  private final Boundaries boundaries;
  private final AccountSettings accountSettings;
  private final AttachedPolicies attachedPolicies;
  private final Groups groups;
  private final InlinePolicies inlinePolicies;
  private final ManagedPolicies managedPolicies;
  private final PolicyVersions policyVersions;
  private final Roles roles;
  private final Users users;

  public IamService(IamContext iam) {
    this.accessKeys = new AccessKeys(iam);
    this.tagging = new Tagging(iam);
    this.policySimulator = new PolicySimulator(iam);
    this.instanceProfiles = new InstanceProfiles(iam);
    this.boundaries = new Boundaries(iam);
    this.accountSettings = new AccountSettings(iam);
    this.attachedPolicies = new AttachedPolicies(iam);
    this.groups = new Groups(iam);
    this.inlinePolicies = new InlinePolicies(iam);
    this.managedPolicies = new ManagedPolicies(iam);
    this.policyVersions = new PolicyVersions(iam);
    this.roles = new Roles(iam);
    this.users = new Users(iam);
  }

  @Override
  public Guarded<AddUserToGroupResponse> addUserToGroup(Call<AddUserToGroupRequest> call) {
    return groups.add(call);
  }

  @Override
  public Guarded<AttachGroupPolicyResponse> attachGroupPolicy(Call<AttachGroupPolicyRequest> call) {
    return attachedPolicies.attachToGroup(call);
  }

  @Override
  public Guarded<AttachRolePolicyResponse> attachRolePolicy(Call<AttachRolePolicyRequest> call) {
    return attachedPolicies.attachToRole(call);
  }

  @Override
  public Guarded<AttachUserPolicyResponse> attachUserPolicy(Call<AttachUserPolicyRequest> call) {
    return attachedPolicies.attachToUser(call);
  }

  @Override
  public Guarded<CreateAccessKeyResponse> createAccessKey(Call<CreateAccessKeyRequest> call) {
    return accessKeys.create(call);
  }

  @Override
  public Guarded<CreateGroupResponse> createGroup(Call<CreateGroupRequest> call) {
    return groups.create(call);
  }

  @Override
  public Guarded<CreatePolicyResponse> createPolicy(Call<CreatePolicyRequest> call) {
    return managedPolicies.create(call);
  }

  @Override
  public Guarded<CreatePolicyVersionResponse> createPolicyVersion(
      Call<CreatePolicyVersionRequest> call) {
    return policyVersions.create(call);
  }

  @Override
  public Guarded<CreateRoleResponse> createRole(Call<CreateRoleRequest> call) {
    return roles.create(call);
  }

  @Override
  public Guarded<CreateUserResponse> createUser(Call<CreateUserRequest> call) {
    return users.create(call);
  }

  @Override
  public Guarded<DeleteAccessKeyResponse> deleteAccessKey(Call<DeleteAccessKeyRequest> call) {
    return accessKeys.delete(call);
  }

  @Override
  public Guarded<DeleteGroupResponse> deleteGroup(Call<DeleteGroupRequest> call) {
    return groups.delete(call);
  }

  @Override
  public Guarded<DeleteGroupPolicyResponse> deleteGroupPolicy(Call<DeleteGroupPolicyRequest> call) {
    return inlinePolicies.deleteFromGroup(call);
  }

  @Override
  public Guarded<DeletePolicyResponse> deletePolicy(Call<DeletePolicyRequest> call) {
    return managedPolicies.delete(call);
  }

  @Override
  public Guarded<DeletePolicyVersionResponse> deletePolicyVersion(
      Call<DeletePolicyVersionRequest> call) {
    return policyVersions.delete(call);
  }

  @Override
  public Guarded<DeleteRoleResponse> deleteRole(Call<DeleteRoleRequest> call) {
    return roles.delete(call);
  }

  @Override
  public Guarded<DeleteRolePolicyResponse> deleteRolePolicy(Call<DeleteRolePolicyRequest> call) {
    return inlinePolicies.deleteFromRole(call);
  }

  @Override
  public Guarded<DeleteUserResponse> deleteUser(Call<DeleteUserRequest> call) {
    return users.delete(call);
  }

  @Override
  public Guarded<DeleteUserPolicyResponse> deleteUserPolicy(Call<DeleteUserPolicyRequest> call) {
    return inlinePolicies.deleteFromUser(call);
  }

  @Override
  public Guarded<DetachGroupPolicyResponse> detachGroupPolicy(Call<DetachGroupPolicyRequest> call) {
    return attachedPolicies.detachFromGroup(call);
  }

  @Override
  public Guarded<DetachRolePolicyResponse> detachRolePolicy(Call<DetachRolePolicyRequest> call) {
    return attachedPolicies.detachFromRole(call);
  }

  @Override
  public Guarded<DetachUserPolicyResponse> detachUserPolicy(Call<DetachUserPolicyRequest> call) {
    return attachedPolicies.detachFromUser(call);
  }

  @Override
  public Guarded<GetGroupResponse> getGroup(Call<GetGroupRequest> call) {
    return groups.get(call);
  }

  @Override
  public Guarded<GetGroupPolicyResponse> getGroupPolicy(Call<GetGroupPolicyRequest> call) {
    return inlinePolicies.getFromGroup(call);
  }

  @Override
  public Guarded<GetPolicyResponse> getPolicy(Call<GetPolicyRequest> call) {
    return managedPolicies.get(call);
  }

  @Override
  public Guarded<GetPolicyVersionResponse> getPolicyVersion(Call<GetPolicyVersionRequest> call) {
    return policyVersions.get(call);
  }

  @Override
  public Guarded<GetRoleResponse> getRole(Call<GetRoleRequest> call) {
    return roles.get(call);
  }

  @Override
  public Guarded<GetRolePolicyResponse> getRolePolicy(Call<GetRolePolicyRequest> call) {
    return inlinePolicies.getFromRole(call);
  }

  @Override
  public Guarded<GetUserResponse> getUser(Call<GetUserRequest> call) {
    return users.get(call);
  }

  @Override
  public Guarded<GetUserPolicyResponse> getUserPolicy(Call<GetUserPolicyRequest> call) {
    return inlinePolicies.getFromUser(call);
  }

  @Override
  public Guarded<ListAccessKeysResponse> listAccessKeys(Call<ListAccessKeysRequest> call) {
    return accessKeys.list(call);
  }

  @Override
  public Guarded<ListAttachedGroupPoliciesResponse> listAttachedGroupPolicies(
      Call<ListAttachedGroupPoliciesRequest> call) {
    return attachedPolicies.listOfGroup(call);
  }

  @Override
  public Guarded<ListAttachedRolePoliciesResponse> listAttachedRolePolicies(
      Call<ListAttachedRolePoliciesRequest> call) {
    return attachedPolicies.listOfRole(call);
  }

  @Override
  public Guarded<ListAttachedUserPoliciesResponse> listAttachedUserPolicies(
      Call<ListAttachedUserPoliciesRequest> call) {
    return attachedPolicies.listOfUser(call);
  }

  @Override
  public Guarded<ListEntitiesForPolicyResponse> listEntitiesForPolicy(
      Call<ListEntitiesForPolicyRequest> call) {
    return managedPolicies.entities(call);
  }

  @Override
  public Guarded<ListGroupPoliciesResponse> listGroupPolicies(Call<ListGroupPoliciesRequest> call) {
    return inlinePolicies.listOfGroup(call);
  }

  @Override
  public Guarded<ListGroupsResponse> listGroups(Call<ListGroupsRequest> call) {
    return groups.list(call);
  }

  @Override
  public Guarded<ListGroupsForUserResponse> listGroupsForUser(Call<ListGroupsForUserRequest> call) {
    return groups.ofUser(call);
  }

  @Override
  public Guarded<ListPoliciesResponse> listPolicies(Call<ListPoliciesRequest> call) {
    return managedPolicies.list(call);
  }

  @Override
  public Guarded<ListPolicyVersionsResponse> listPolicyVersions(
      Call<ListPolicyVersionsRequest> call) {
    return policyVersions.list(call);
  }

  @Override
  public Guarded<ListRolePoliciesResponse> listRolePolicies(Call<ListRolePoliciesRequest> call) {
    return inlinePolicies.listOfRole(call);
  }

  @Override
  public Guarded<ListRolesResponse> listRoles(Call<ListRolesRequest> call) {
    return roles.list(call);
  }

  @Override
  public Guarded<ListUserPoliciesResponse> listUserPolicies(Call<ListUserPoliciesRequest> call) {
    return inlinePolicies.listOfUser(call);
  }

  @Override
  public Guarded<ListUsersResponse> listUsers(Call<ListUsersRequest> call) {
    return users.list(call);
  }

  @Override
  public Guarded<PutGroupPolicyResponse> putGroupPolicy(Call<PutGroupPolicyRequest> call) {
    return inlinePolicies.putInGroup(call);
  }

  @Override
  public Guarded<PutRolePolicyResponse> putRolePolicy(Call<PutRolePolicyRequest> call) {
    return inlinePolicies.putInRole(call);
  }

  @Override
  public Guarded<PutUserPolicyResponse> putUserPolicy(Call<PutUserPolicyRequest> call) {
    return inlinePolicies.putInUser(call);
  }

  @Override
  public Guarded<RemoveUserFromGroupResponse> removeUserFromGroup(
      Call<RemoveUserFromGroupRequest> call) {
    return groups.remove(call);
  }

  @Override
  public Guarded<SetDefaultPolicyVersionResponse> setDefaultPolicyVersion(
      Call<SetDefaultPolicyVersionRequest> call) {
    return policyVersions.setDefault(call);
  }

  @Override
  public Guarded<UpdateAccessKeyResponse> updateAccessKey(Call<UpdateAccessKeyRequest> call) {
    return accessKeys.update(call);
  }

  @Override
  public Guarded<UpdateAssumeRolePolicyResponse> updateAssumeRolePolicy(
      Call<UpdateAssumeRolePolicyRequest> call) {
    return roles.updateTrust(call);
  }

  @Override
  public Guarded<UpdateGroupResponse> updateGroup(Call<UpdateGroupRequest> call) {
    return groups.update(call);
  }

  @Override
  public Guarded<UpdateRoleResponse> updateRole(Call<UpdateRoleRequest> call) {
    return roles.update(call);
  }

  @Override
  public Guarded<UpdateRoleDescriptionResponse> updateRoleDescription(
      Call<UpdateRoleDescriptionRequest> call) {
    return roles.updateDescription(call);
  }

  @Override
  public Guarded<UpdateUserResponse> updateUser(Call<UpdateUserRequest> call) {
    return users.update(call);
  }

  @Override
  public Guarded<AddRoleToInstanceProfileResponse> addRoleToInstanceProfile(
      Call<AddRoleToInstanceProfileRequest> call) {
    return instanceProfiles.add(call);
  }

  @Override
  public Guarded<CreateAccountAliasResponse> createAccountAlias(
      Call<CreateAccountAliasRequest> call) {
    return accountSettings.createAlias(call);
  }

  @Override
  public Guarded<CreateInstanceProfileResponse> createInstanceProfile(
      Call<CreateInstanceProfileRequest> call) {
    return instanceProfiles.create(call);
  }

  @Override
  public Guarded<DeleteAccountAliasResponse> deleteAccountAlias(
      Call<DeleteAccountAliasRequest> call) {
    return accountSettings.deleteAlias(call);
  }

  @Override
  public Guarded<DeleteInstanceProfileResponse> deleteInstanceProfile(
      Call<DeleteInstanceProfileRequest> call) {
    return instanceProfiles.delete(call);
  }

  @Override
  public Guarded<DeleteRolePermissionsBoundaryResponse> deleteRolePermissionsBoundary(
      Call<DeleteRolePermissionsBoundaryRequest> call) {
    return boundaries.deleteFromRole(call);
  }

  @Override
  public Guarded<DeleteUserPermissionsBoundaryResponse> deleteUserPermissionsBoundary(
      Call<DeleteUserPermissionsBoundaryRequest> call) {
    return boundaries.deleteFromUser(call);
  }

  @Override
  public Guarded<GetAccountSummaryResponse> getAccountSummary(Call<GetAccountSummaryRequest> call) {
    return accountSettings.summary(call);
  }

  @Override
  public Guarded<GetContextKeysForPolicyResponse> getContextKeysForCustomPolicy(
      Call<GetContextKeysForCustomPolicyRequest> call) {
    return policySimulator.customKeys(call);
  }

  @Override
  public Guarded<GetContextKeysForPolicyResponse> getContextKeysForPrincipalPolicy(
      Call<GetContextKeysForPrincipalPolicyRequest> call) {
    return policySimulator.principalKeys(call);
  }

  @Override
  public Guarded<GetInstanceProfileResponse> getInstanceProfile(
      Call<GetInstanceProfileRequest> call) {
    return instanceProfiles.get(call);
  }

  @Override
  public Guarded<ListAccountAliasesResponse> listAccountAliases(
      Call<ListAccountAliasesRequest> call) {
    return accountSettings.listAliases(call);
  }

  @Override
  public Guarded<ListInstanceProfileTagsResponse> listInstanceProfileTags(
      Call<ListInstanceProfileTagsRequest> call) {
    return tagging.listInstanceProfileTags(call);
  }

  @Override
  public Guarded<ListInstanceProfilesResponse> listInstanceProfiles(
      Call<ListInstanceProfilesRequest> call) {
    return instanceProfiles.list(call);
  }

  @Override
  public Guarded<ListInstanceProfilesForRoleResponse> listInstanceProfilesForRole(
      Call<ListInstanceProfilesForRoleRequest> call) {
    return instanceProfiles.ofRole(call);
  }

  @Override
  public Guarded<ListPolicyTagsResponse> listPolicyTags(Call<ListPolicyTagsRequest> call) {
    return tagging.listPolicyTags(call);
  }

  @Override
  public Guarded<ListRoleTagsResponse> listRoleTags(Call<ListRoleTagsRequest> call) {
    return tagging.listRoleTags(call);
  }

  @Override
  public Guarded<ListUserTagsResponse> listUserTags(Call<ListUserTagsRequest> call) {
    return tagging.listUserTags(call);
  }

  @Override
  public Guarded<PutRolePermissionsBoundaryResponse> putRolePermissionsBoundary(
      Call<PutRolePermissionsBoundaryRequest> call) {
    return boundaries.putOnRole(call);
  }

  @Override
  public Guarded<PutUserPermissionsBoundaryResponse> putUserPermissionsBoundary(
      Call<PutUserPermissionsBoundaryRequest> call) {
    return boundaries.putOnUser(call);
  }

  @Override
  public Guarded<RemoveRoleFromInstanceProfileResponse> removeRoleFromInstanceProfile(
      Call<RemoveRoleFromInstanceProfileRequest> call) {
    return instanceProfiles.remove(call);
  }

  @Override
  public Guarded<SimulatePolicyResponse> simulateCustomPolicy(
      Call<SimulateCustomPolicyRequest> call) {
    return policySimulator.custom(call);
  }

  @Override
  public Guarded<SimulatePolicyResponse> simulatePrincipalPolicy(
      Call<SimulatePrincipalPolicyRequest> call) {
    return policySimulator.principal(call);
  }

  @Override
  public Guarded<TagInstanceProfileResponse> tagInstanceProfile(
      Call<TagInstanceProfileRequest> call) {
    return tagging.tagInstanceProfile(call);
  }

  @Override
  public Guarded<TagPolicyResponse> tagPolicy(Call<TagPolicyRequest> call) {
    return tagging.tagPolicy(call);
  }

  @Override
  public Guarded<TagRoleResponse> tagRole(Call<TagRoleRequest> call) {
    return tagging.tagRole(call);
  }

  @Override
  public Guarded<TagUserResponse> tagUser(Call<TagUserRequest> call) {
    return tagging.tagUser(call);
  }

  @Override
  public Guarded<UntagInstanceProfileResponse> untagInstanceProfile(
      Call<UntagInstanceProfileRequest> call) {
    return tagging.untagInstanceProfile(call);
  }

  @Override
  public Guarded<UntagPolicyResponse> untagPolicy(Call<UntagPolicyRequest> call) {
    return tagging.untagPolicy(call);
  }

  @Override
  public Guarded<UntagRoleResponse> untagRole(Call<UntagRoleRequest> call) {
    return tagging.untagRole(call);
  }

  @Override
  public Guarded<UntagUserResponse> untagUser(Call<UntagUserRequest> call) {
    return tagging.untagUser(call);
  }
}
