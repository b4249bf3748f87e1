package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeleteGroupPolicyRequest;
import dev.sekisho.contract.iam.DeleteGroupPolicyResponse;
import dev.sekisho.contract.iam.DeleteRolePolicyRequest;
import dev.sekisho.contract.iam.DeleteRolePolicyResponse;
import dev.sekisho.contract.iam.DeleteUserPolicyRequest;
import dev.sekisho.contract.iam.DeleteUserPolicyResponse;
import dev.sekisho.contract.iam.GetGroupPolicyRequest;
import dev.sekisho.contract.iam.GetGroupPolicyResponse;
import dev.sekisho.contract.iam.GetRolePolicyRequest;
import dev.sekisho.contract.iam.GetRolePolicyResponse;
import dev.sekisho.contract.iam.GetUserPolicyRequest;
import dev.sekisho.contract.iam.GetUserPolicyResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListGroupPoliciesRequest;
import dev.sekisho.contract.iam.ListGroupPoliciesResponse;
import dev.sekisho.contract.iam.ListRolePoliciesRequest;
import dev.sekisho.contract.iam.ListRolePoliciesResponse;
import dev.sekisho.contract.iam.ListUserPoliciesRequest;
import dev.sekisho.contract.iam.ListUserPoliciesResponse;
import dev.sekisho.contract.iam.PutGroupPolicyRequest;
import dev.sekisho.contract.iam.PutGroupPolicyResponse;
import dev.sekisho.contract.iam.PutRolePolicyRequest;
import dev.sekisho.contract.iam.PutRolePolicyResponse;
import dev.sekisho.contract.iam.PutUserPolicyRequest;
import dev.sekisho.contract.iam.PutUserPolicyResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Policies written into users, groups and roles. */
final class InlinePolicies implements IamApi.InlinePolicies {

  private final IamContext iam;

  InlinePolicies(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<PutUserPolicyResponse> putUserPolicy(Call<PutUserPolicyRequest> call) {
    PutUserPolicyRequest input = call.input();
    return put(
        call,
        EntityKind.USER,
        input.userName(),
        new OwnedPolicies.Inline(input.policyName(), input.policyDocument()),
        PutUserPolicyResponse.builder().build());
  }

  @Override
  public Guarded<GetUserPolicyResponse> getUserPolicy(Call<GetUserPolicyRequest> call) {
    GetUserPolicyRequest input = call.input();
    return get(
        call,
        EntityKind.USER,
        input.userName(),
        input.policyName(),
        (entity, policy) ->
            GetUserPolicyResponse.builder()
                .userName(entity.name())
                .policyName(policy.name())
                .policyDocument(Documents.encode(policy.document()))
                .build());
  }

  @Override
  public Guarded<DeleteUserPolicyResponse> deleteUserPolicy(Call<DeleteUserPolicyRequest> call) {
    return delete(
        call,
        EntityKind.USER,
        call.input().userName(),
        call.input().policyName(),
        DeleteUserPolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListUserPoliciesResponse> listUserPolicies(Call<ListUserPoliciesRequest> call) {
    ListUserPoliciesRequest input = call.input();
    return list(
        call,
        EntityKind.USER,
        input.userName(),
        input.marker(),
        input.maxItems(),
        page ->
            ListUserPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<PutGroupPolicyResponse> putGroupPolicy(Call<PutGroupPolicyRequest> call) {
    PutGroupPolicyRequest input = call.input();
    return put(
        call,
        EntityKind.GROUP,
        input.groupName(),
        new OwnedPolicies.Inline(input.policyName(), input.policyDocument()),
        PutGroupPolicyResponse.builder().build());
  }

  @Override
  public Guarded<GetGroupPolicyResponse> getGroupPolicy(Call<GetGroupPolicyRequest> call) {
    GetGroupPolicyRequest input = call.input();
    return get(
        call,
        EntityKind.GROUP,
        input.groupName(),
        input.policyName(),
        (entity, policy) ->
            GetGroupPolicyResponse.builder()
                .groupName(entity.name())
                .policyName(policy.name())
                .policyDocument(Documents.encode(policy.document()))
                .build());
  }

  @Override
  public Guarded<DeleteGroupPolicyResponse> deleteGroupPolicy(Call<DeleteGroupPolicyRequest> call) {
    return delete(
        call,
        EntityKind.GROUP,
        call.input().groupName(),
        call.input().policyName(),
        DeleteGroupPolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListGroupPoliciesResponse> listGroupPolicies(Call<ListGroupPoliciesRequest> call) {
    ListGroupPoliciesRequest input = call.input();
    return list(
        call,
        EntityKind.GROUP,
        input.groupName(),
        input.marker(),
        input.maxItems(),
        page ->
            ListGroupPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  @Override
  public Guarded<PutRolePolicyResponse> putRolePolicy(Call<PutRolePolicyRequest> call) {
    PutRolePolicyRequest input = call.input();
    return put(
        call,
        EntityKind.ROLE,
        input.roleName(),
        new OwnedPolicies.Inline(input.policyName(), input.policyDocument()),
        PutRolePolicyResponse.builder().build());
  }

  @Override
  public Guarded<GetRolePolicyResponse> getRolePolicy(Call<GetRolePolicyRequest> call) {
    GetRolePolicyRequest input = call.input();
    return get(
        call,
        EntityKind.ROLE,
        input.roleName(),
        input.policyName(),
        (entity, policy) ->
            GetRolePolicyResponse.builder()
                .roleName(entity.name())
                .policyName(policy.name())
                .policyDocument(Documents.encode(policy.document()))
                .build());
  }

  @Override
  public Guarded<DeleteRolePolicyResponse> deleteRolePolicy(Call<DeleteRolePolicyRequest> call) {
    return delete(
        call,
        EntityKind.ROLE,
        call.input().roleName(),
        call.input().policyName(),
        DeleteRolePolicyResponse.builder().build());
  }

  @Override
  public Guarded<ListRolePoliciesResponse> listRolePolicies(Call<ListRolePoliciesRequest> call) {
    ListRolePoliciesRequest input = call.input();
    return list(
        call,
        EntityKind.ROLE,
        input.roleName(),
        input.marker(),
        input.maxItems(),
        page ->
            ListRolePoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build());
  }

  private <O> Guarded<O> put(
      Call<?> call, EntityKind kind, String owner, OwnedPolicies.Inline policy, O output) {
    return Guarded.by(
        check(call, kind, owner),
        _ -> {
          Documents.check(policy.document(), PolicyKind.IDENTITY);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            Entity entity = EntityStore.requireModifiable(transaction, kind, call.account(), owner);
            requireRoom(handle, entity, policy);
            OwnedPolicies.put(transaction, entity.id(), policy);
            iam.changed(transaction);
            return output;
          });
        });
  }

  private static void requireRoom(Handle handle, Entity entity, OwnedPolicies.Inline policy) {
    int others =
        OwnedPolicies.inline(handle, entity.id()).stream()
            .filter(other -> !other.name().equals(policy.name()))
            .mapToInt(other -> Documents.size(other.document()))
            .sum();
    if (others + Documents.size(policy.document()) > entity.kind().inlineQuota()) {
      throw IamErrors.limitExceeded(
          "Maximum policy size of "
              + entity.kind().inlineQuota()
              + " bytes exceeded for "
              + entity.kind().displayName().toLowerCase(Locale.ROOT)
              + " "
              + entity.name());
    }
  }

  private <O> Guarded<O> get(
      Call<?> call,
      EntityKind kind,
      String owner,
      String name,
      BiFunction<Entity, OwnedPolicies.Inline, O> answer) {
    return Guarded.by(
        check(call, kind, owner),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity entity = require(handle, call, kind, owner);
                  OwnedPolicies.Inline policy =
                      OwnedPolicies.inline(handle, entity.id(), name)
                          .orElseThrow(() -> noSuchPolicy(kind, name));
                  return Outcome.answer(answer.apply(entity, policy));
                }));
  }

  private <O> Guarded<O> delete(
      Call<?> call, EntityKind kind, String owner, String name, O output) {
    return Guarded.by(
        check(call, kind, owner),
        _ ->
            Outcome.change(transaction -> {
              Entity entity =
                  EntityStore.requireModifiable(transaction, kind, call.account(), owner);
              if (OwnedPolicies.delete(transaction, entity.id(), name) == 0) {
                throw noSuchPolicy(kind, name);
              }
              iam.changed(transaction);
              return output;
            }));
  }

  private <O> Guarded<O> list(
      Call<?> call,
      EntityKind kind,
      String owner,
      @Nullable String marker,
      @Nullable Integer maxItems,
      Function<PageRequest.Page<String>, O> answer) {
    return Guarded.by(
        check(call, kind, owner),
        _ -> {
          PageRequest request = PageRequest.of(call, iam.pages(), owner, marker, maxItems);
          return iam.database()
              .read(handle -> {
                Entity entity = require(handle, call, kind, owner);
                List<String> names =
                    OwnedPolicies.inline(handle, entity.id()).stream()
                        .map(OwnedPolicies.Inline::name)
                        .filter(name -> name.compareTo(request.after()) > 0)
                        .limit(request.limit() + 1L)
                        .toList();
                return Outcome.answer(
                    answer.apply(request.cut(names, iam.pages(), Function.identity())));
              });
        });
  }

  private AccessCheck check(Call<?> call, EntityKind kind, String owner) {
    return EntityChecks.of(iam, "iam:" + call.context().operation(), kind, call.account(), owner);
  }

  private static Entity require(Handle handle, Call<?> call, EntityKind kind, String owner) {
    return EntityStore.find(handle, kind, call.account(), owner)
        .orElseThrow(() -> kind.noSuch(owner));
  }

  private static ServiceException noSuchPolicy(EntityKind kind, String name) {
    return IamErrors.noSuchEntity(
        "The "
            + kind.displayName().toLowerCase(Locale.ROOT)
            + " policy with name "
            + name
            + " cannot be found.");
  }
}
