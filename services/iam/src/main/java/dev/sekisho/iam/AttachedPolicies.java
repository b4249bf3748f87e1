package dev.sekisho.iam;

import dev.sekisho.contract.iam.AttachGroupPolicyRequest;
import dev.sekisho.contract.iam.AttachGroupPolicyResponse;
import dev.sekisho.contract.iam.AttachRolePolicyRequest;
import dev.sekisho.contract.iam.AttachRolePolicyResponse;
import dev.sekisho.contract.iam.AttachUserPolicyRequest;
import dev.sekisho.contract.iam.AttachUserPolicyResponse;
import dev.sekisho.contract.iam.AttachedPolicy;
import dev.sekisho.contract.iam.DetachGroupPolicyRequest;
import dev.sekisho.contract.iam.DetachGroupPolicyResponse;
import dev.sekisho.contract.iam.DetachRolePolicyRequest;
import dev.sekisho.contract.iam.DetachRolePolicyResponse;
import dev.sekisho.contract.iam.DetachUserPolicyRequest;
import dev.sekisho.contract.iam.DetachUserPolicyResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListAttachedGroupPoliciesRequest;
import dev.sekisho.contract.iam.ListAttachedGroupPoliciesResponse;
import dev.sekisho.contract.iam.ListAttachedRolePoliciesRequest;
import dev.sekisho.contract.iam.ListAttachedRolePoliciesResponse;
import dev.sekisho.contract.iam.ListAttachedUserPoliciesRequest;
import dev.sekisho.contract.iam.ListAttachedUserPoliciesResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Managed policies attached to users, groups and roles. */
final class AttachedPolicies implements IamApi.AttachedPolicies {

  private final IamContext iam;

  AttachedPolicies(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<AttachUserPolicyResponse> attachUserPolicy(Call<AttachUserPolicyRequest> call) {
    return attach(
        call,
        EntityKind.USER,
        call.input().userName(),
        call.input().policyArn(),
        AttachUserPolicyResponse.builder().build());
  }

  @Override
  public Guarded<DetachUserPolicyResponse> detachUserPolicy(Call<DetachUserPolicyRequest> call) {
    return detach(
        call,
        EntityKind.USER,
        call.input().userName(),
        call.input().policyArn(),
        DetachUserPolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListAttachedUserPoliciesResponse> listAttachedUserPolicies(
      Call<ListAttachedUserPoliciesRequest> call) {
    ListAttachedUserPoliciesRequest input = call.input();
    return list(
        call,
        EntityKind.USER,
        input.userName(),
        input.pathPrefix(),
        input.marker(),
        input.maxItems(),
        page ->
            ListAttachedUserPoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<AttachGroupPolicyResponse> attachGroupPolicy(Call<AttachGroupPolicyRequest> call) {
    return attach(
        call,
        EntityKind.GROUP,
        call.input().groupName(),
        call.input().policyArn(),
        AttachGroupPolicyResponse.builder().build());
  }

  @Override
  public Guarded<DetachGroupPolicyResponse> detachGroupPolicy(Call<DetachGroupPolicyRequest> call) {
    return detach(
        call,
        EntityKind.GROUP,
        call.input().groupName(),
        call.input().policyArn(),
        DetachGroupPolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListAttachedGroupPoliciesResponse> listAttachedGroupPolicies(
      Call<ListAttachedGroupPoliciesRequest> call) {
    ListAttachedGroupPoliciesRequest input = call.input();
    return list(
        call,
        EntityKind.GROUP,
        input.groupName(),
        input.pathPrefix(),
        input.marker(),
        input.maxItems(),
        page ->
            ListAttachedGroupPoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<AttachRolePolicyResponse> attachRolePolicy(Call<AttachRolePolicyRequest> call) {
    return attach(
        call,
        EntityKind.ROLE,
        call.input().roleName(),
        call.input().policyArn(),
        AttachRolePolicyResponse.builder().build());
  }

  @Override
  public Guarded<DetachRolePolicyResponse> detachRolePolicy(Call<DetachRolePolicyRequest> call) {
    return detach(
        call,
        EntityKind.ROLE,
        call.input().roleName(),
        call.input().policyArn(),
        DetachRolePolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListAttachedRolePoliciesResponse> listAttachedRolePolicies(
      Call<ListAttachedRolePoliciesRequest> call) {
    ListAttachedRolePoliciesRequest input = call.input();
    return list(
        call,
        EntityKind.ROLE,
        input.roleName(),
        input.pathPrefix(),
        input.marker(),
        input.maxItems(),
        page ->
            ListAttachedRolePoliciesResponse.builder()
                .attachedPolicies(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  private <O> Guarded<O> attach(
      Call<?> call, EntityKind kind, String owner, String policyArn, O output) {
    return Guarded.by(
        check(call, kind, owner, policyArn),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              Entity entity =
                  EntityStore.requireModifiable(transaction, kind, call.account(), owner);
              if (ManagedPolicies.find(handle, policyArn, call.account()).isEmpty()) {
                throw IamErrors.noSuchEntity(
                    "Policy " + policyArn + " does not exist or is not attachable.");
              }
              if (policyArn.startsWith(
                  AwsManagedPolicies.ARN_PREFIX + ServiceLinkedRoleTemplate.PATH.substring(1))) {
                throw new ServiceException(
                    "PolicyNotAttachable",
                    400,
                    "Cannot attach a Service Role Policy to a Customer Role.");
              }
              List<String> attached = OwnedPolicies.attached(handle, entity.id());
              if (attached.size() >= kind.attachedQuota() && !attached.contains(policyArn)) {
                throw IamErrors.limitExceeded(
                    "Cannot exceed quota for PoliciesPer"
                        + kind.displayName()
                        + ": "
                        + kind.attachedQuota());
              }
              OwnedPolicies.attach(transaction, entity.id(), policyArn, iam.now().getEpochSecond());
              iam.changed(transaction);
              return output;
            }));
  }

  private <O> Guarded<O> detach(
      Call<?> call, EntityKind kind, String owner, String policyArn, O output) {
    return Guarded.by(
        check(call, kind, owner, policyArn),
        _ ->
            Outcome.change(transaction -> {
              Entity entity =
                  EntityStore.requireModifiable(transaction, kind, call.account(), owner);
              if (OwnedPolicies.detach(transaction, entity.id(), policyArn) == 0) {
                throw IamErrors.noSuchPolicy(policyArn);
              }
              iam.changed(transaction);
              return output;
            }));
  }

  private <O> Guarded<O> list(
      Call<?> call,
      EntityKind kind,
      String owner,
      @Nullable String pathPrefix,
      @Nullable String marker,
      @Nullable Integer maxItems,
      Function<PageRequest.Page<AttachedPolicy>, O> answer) {
    String prefix = Objects.requireNonNullElse(pathPrefix, "/");
    return Guarded.by(
        EntityChecks.of(iam, action(call), kind, call.account(), owner),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), owner + '|' + prefix, marker, maxItems);
          return iam.database()
              .read(handle -> {
                Entity entity =
                    EntityStore.find(handle, kind, call.account(), owner)
                        .orElseThrow(() -> kind.noSuch(owner));
                List<AttachedPolicy> policies =
                    OwnedPolicies.attached(handle, entity.id()).stream()
                        .flatMap(arn -> ManagedPolicyStore.find(handle, arn).stream())
                        .filter(policy -> policy.path().startsWith(prefix))
                        .filter(policy -> policy.arn().compareTo(request.after()) > 0)
                        .limit(request.limit() + 1L)
                        .map(AttachedPolicies::shown)
                        .toList();
                return Outcome.answer(
                    answer.apply(
                        request.cut(
                            policies,
                            iam.pages(),
                            policy -> Objects.requireNonNull(policy.policyArn()))));
              });
        });
  }

  private AccessCheck check(Call<?> call, EntityKind kind, String owner, String policyArn) {
    // Refuses what is not a policy's ARN before anything is looked up.
    ManagedPolicies.check(action(call), policyArn);
    return EntityChecks.of(iam, action(call), kind, call.account(), owner)
        .with("iam:PolicyARN", policyArn);
  }

  private static String action(Call<?> call) {
    return "iam:" + call.context().operation();
  }

  private static AttachedPolicy shown(ManagedPolicy policy) {
    return AttachedPolicy.builder().policyName(policy.name()).policyArn(policy.arn()).build();
  }
}
