package dev.sekisho.iam;

import dev.sekisho.contract.iam.DeleteRolePermissionsBoundaryRequest;
import dev.sekisho.contract.iam.DeleteRolePermissionsBoundaryResponse;
import dev.sekisho.contract.iam.DeleteUserPermissionsBoundaryRequest;
import dev.sekisho.contract.iam.DeleteUserPermissionsBoundaryResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.PutRolePermissionsBoundaryRequest;
import dev.sekisho.contract.iam.PutRolePermissionsBoundaryResponse;
import dev.sekisho.contract.iam.PutUserPermissionsBoundaryRequest;
import dev.sekisho.contract.iam.PutUserPermissionsBoundaryResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import org.jspecify.annotations.Nullable;

/** Permissions boundaries of users and roles. */
final class Boundaries implements IamApi.Boundaries {

  private final IamContext iam;

  Boundaries(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<PutUserPermissionsBoundaryResponse> putUserPermissionsBoundary(
      Call<PutUserPermissionsBoundaryRequest> call) {
    return set(
        call,
        EntityKind.USER,
        call.input().userName(),
        call.input().permissionsBoundary(),
        PutUserPermissionsBoundaryResponse.builder().build());
  }

  @Override
  public Guarded<PutRolePermissionsBoundaryResponse> putRolePermissionsBoundary(
      Call<PutRolePermissionsBoundaryRequest> call) {
    return set(
        call,
        EntityKind.ROLE,
        call.input().roleName(),
        call.input().permissionsBoundary(),
        PutRolePermissionsBoundaryResponse.builder().build());
  }

  @Override
  public Guarded<DeleteUserPermissionsBoundaryResponse> deleteUserPermissionsBoundary(
      Call<DeleteUserPermissionsBoundaryRequest> call) {
    return set(
        call,
        EntityKind.USER,
        call.input().userName(),
        null,
        DeleteUserPermissionsBoundaryResponse.builder().build());
  }

  @Override
  public Guarded<DeleteRolePermissionsBoundaryResponse> deleteRolePermissionsBoundary(
      Call<DeleteRolePermissionsBoundaryRequest> call) {
    return set(
        call,
        EntityKind.ROLE,
        call.input().roleName(),
        null,
        DeleteRolePermissionsBoundaryResponse.builder().build());
  }

  /**
   * @param arn the new boundary; null takes it away. The condition key {@code
   *     iam:PermissionsBoundary} holds what is being put, and what is there when it is taken away,
   *     so that a delegated administrator can be kept from loosening it.
   */
  private <O> Guarded<O> set(
      Call<?> call, EntityKind kind, String name, @Nullable String arn, O output) {
    AccessCheck check =
        EntityChecks.of(iam, "iam:" + call.context().operation(), kind, call.account(), name);
    return Guarded.by(
        arn == null ? check : check.with("iam:PermissionsBoundary", arn),
        _ ->
            Outcome.change(transaction -> {
              ManagedPolicyStore.requireBoundary(StoreTransaction.handle(transaction), arn);
              Entity entity =
                  EntityStore.requireModifiable(transaction, kind, call.account(), name);
              if (arn == null && entity.boundary() == null) {
                throw IamErrors.noSuchEntity(
                    kind.displayName() + " " + name + " does not have a permission boundary.");
              }
              EntityStore.setBoundary(transaction, entity, arn);
              iam.changed(transaction);
              return output;
            }));
  }
}
