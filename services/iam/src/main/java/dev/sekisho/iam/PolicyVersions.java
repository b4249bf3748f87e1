package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreatePolicyVersionRequest;
import dev.sekisho.contract.iam.CreatePolicyVersionResponse;
import dev.sekisho.contract.iam.DeletePolicyVersionRequest;
import dev.sekisho.contract.iam.DeletePolicyVersionResponse;
import dev.sekisho.contract.iam.GetPolicyVersionRequest;
import dev.sekisho.contract.iam.GetPolicyVersionResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListPolicyVersionsRequest;
import dev.sekisho.contract.iam.ListPolicyVersionsResponse;
import dev.sekisho.contract.iam.PolicyVersion;
import dev.sekisho.contract.iam.SetDefaultPolicyVersionRequest;
import dev.sekisho.contract.iam.SetDefaultPolicyVersionResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The versions of managed policies, one of which is in force. */
final class PolicyVersions implements IamApi.PolicyVersions {

  private static final int QUOTA = 5;

  private final IamContext iam;

  PolicyVersions(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreatePolicyVersionResponse> createPolicyVersion(
      Call<CreatePolicyVersionRequest> call) {
    CreatePolicyVersionRequest input = call.input();
    return Guarded.by(
        ManagedPolicies.check("iam:CreatePolicyVersion", input.policyArn()),
        _ -> {
          ManagedPolicies.checkDocument(input.policyDocument());
          return Outcome.change(transaction -> insert(transaction, call));
        });
  }

  private CreatePolicyVersionResponse insert(
      Transaction transaction, Call<CreatePolicyVersionRequest> call) {
    CreatePolicyVersionRequest input = call.input();
    Handle handle = StoreTransaction.handle(transaction);
    ManagedPolicy policy = ManagedPolicies.requireOwn(handle, input.policyArn(), call.account());
    if (ManagedPolicyStore.versions(handle, policy).size() >= QUOTA) {
      throw IamErrors.limitExceeded(
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
    Instant now = iam.now();
    int number = policy.latestVersion() + 1;
    boolean inForce = Boolean.TRUE.equals(input.setAsDefault());
    ManagedPolicyStore.insertVersion(transaction, policy.id(), number, input.policyDocument(), now);
    ManagedPolicyStore.setVersions(
        transaction, policy, inForce ? number : policy.defaultVersion(), number, now);
    iam.changed(transaction);
    return CreatePolicyVersionResponse.builder()
        .policyVersion(
            PolicyVersion.builder()
                .versionId("v" + number)
                .isDefaultVersion(inForce)
                .createDate(now)
                .build())
        .build();
  }

  @Override
  public Guarded<GetPolicyVersionResponse> getPolicyVersion(Call<GetPolicyVersionRequest> call) {
    GetPolicyVersionRequest input = call.input();
    return Guarded.by(
        ManagedPolicies.check("iam:GetPolicyVersion", input.policyArn()),
        _ ->
            iam.database()
                .read(handle -> {
                  ManagedPolicy policy =
                      ManagedPolicies.require(handle, input.policyArn(), call.account());
                  ManagedPolicy.Version version = require(handle, policy, input.versionId());
                  return Outcome.answer(
                      GetPolicyVersionResponse.builder()
                          .policyVersion(
                              shown(policy, version)
                                  .document(Documents.encode(version.document()))
                                  .build())
                          .build());
                }));
  }

  @Override
  public Guarded<ListPolicyVersionsResponse> listPolicyVersions(
      Call<ListPolicyVersionsRequest> call) {
    String arn = call.input().policyArn();
    return Guarded.by(
        ManagedPolicies.check("iam:ListPolicyVersions", arn),
        _ ->
            iam.database()
                .read(handle -> {
                  ManagedPolicy policy = ManagedPolicies.require(handle, arn, call.account());
                  // A policy has five versions at most, so there is one page.
                  List<PolicyVersion> versions =
                      ManagedPolicyStore.versions(handle, policy).stream()
                          .map(version -> shown(policy, version).build())
                          .toList();
                  return Outcome.answer(
                      ListPolicyVersionsResponse.builder()
                          .versions(versions)
                          .isTruncated(false)
                          .build());
                }));
  }

  @Override
  public Guarded<DeletePolicyVersionResponse> deletePolicyVersion(
      Call<DeletePolicyVersionRequest> call) {
    DeletePolicyVersionRequest input = call.input();
    return Guarded.by(
        ManagedPolicies.check("iam:DeletePolicyVersion", input.policyArn()),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              ManagedPolicy policy =
                  ManagedPolicies.requireOwn(handle, input.policyArn(), call.account());
              ManagedPolicy.Version version = require(handle, policy, input.versionId());
              if (version.number() == policy.defaultVersion()) {
                throw IamErrors.deleteConflict("Cannot delete the default version of a policy.");
              }
              ManagedPolicyStore.deleteVersion(transaction, policy, version.number());
              iam.changed(transaction);
              return DeletePolicyVersionResponse.builder().build();
            }));
  }

  @Override
  public Guarded<SetDefaultPolicyVersionResponse> setDefaultPolicyVersion(
      Call<SetDefaultPolicyVersionRequest> call) {
    SetDefaultPolicyVersionRequest input = call.input();
    return Guarded.by(
        ManagedPolicies.check("iam:SetDefaultPolicyVersion", input.policyArn()),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              ManagedPolicy policy =
                  ManagedPolicies.requireOwn(handle, input.policyArn(), call.account());
              ManagedPolicy.Version version = require(handle, policy, input.versionId());
              ManagedPolicyStore.setVersions(
                  transaction, policy, version.number(), policy.latestVersion(), iam.now());
              iam.changed(transaction);
              return SetDefaultPolicyVersionResponse.builder().build();
            }));
  }

  private static ManagedPolicy.Version require(
      Handle handle, ManagedPolicy policy, String versionId) throws ServiceException {
    return ManagedPolicyStore.version(handle, policy, versionId)
        .orElseThrow(() ->
            IamErrors.noSuchEntity(
                "Policy "
                    + policy.arn()
                    + " version "
                    + versionId
                    + " does not exist or is not attachable."));
  }

  private static PolicyVersion.Builder shown(ManagedPolicy policy, ManagedPolicy.Version version) {
    return PolicyVersion.builder()
        .versionId(version.id())
        .isDefaultVersion(version.number() == policy.defaultVersion())
        .createDate(version.createdAt());
  }
}
