package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateRoleRequest;
import dev.sekisho.contract.iam.CreateRoleResponse;
import dev.sekisho.contract.iam.DeleteRoleRequest;
import dev.sekisho.contract.iam.DeleteRoleResponse;
import dev.sekisho.contract.iam.GetRoleRequest;
import dev.sekisho.contract.iam.GetRoleResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListRolesRequest;
import dev.sekisho.contract.iam.ListRolesResponse;
import dev.sekisho.contract.iam.Role;
import dev.sekisho.contract.iam.RoleLastUsed;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.UpdateAssumeRolePolicyRequest;
import dev.sekisho.contract.iam.UpdateAssumeRolePolicyResponse;
import dev.sekisho.contract.iam.UpdateRoleDescriptionRequest;
import dev.sekisho.contract.iam.UpdateRoleDescriptionResponse;
import dev.sekisho.contract.iam.UpdateRoleRequest;
import dev.sekisho.contract.iam.UpdateRoleResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Roles: create, read, change, delete, and whom they trust. */
final class Roles implements IamApi.Roles {

  private static final int QUOTA = 1_000;
  private static final int TRUST_POLICY_QUOTA = 2_048;
  static final int USUAL_SESSION = 3_600;

  private final IamContext iam;

  Roles(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateRoleResponse> createRole(Call<CreateRoleRequest> call) {
    CreateRoleRequest input = call.input();
    String path = Objects.requireNonNullElse(input.path(), "/");
    AccessCheck check =
        TagStore.requested(
            AccessCheck.of(
                    "iam:CreateRole",
                    Entity.arn(EntityKind.ROLE, call.account(), path, input.roleName()).toString())
                .with("iam:PermissionsBoundary", input.permissionsBoundary()),
            input.tags());
    return Guarded.by(
        check,
        _ -> {
          if (ServiceLinkedRoleTemplate.isReserved(path)) {
            throw IamErrors.invalidInput(
                "The path " + ServiceLinkedRoleTemplate.PATH + " is reserved for AWS services.");
          }
          checkTrust(input.assumeRolePolicyDocument());
          List<Tag> tags = TagStore.check(input.tags());
          return Outcome.change(transaction -> insert(transaction, call, path, tags));
        });
  }

  private static void checkTrust(String document) {
    Documents.check(document, PolicyKind.TRUST);
    if (Documents.size(document) > TRUST_POLICY_QUOTA) {
      throw IamErrors.limitExceeded(
          "Cannot exceed quota for ACLSizePerRole: " + TRUST_POLICY_QUOTA);
    }
  }

  private CreateRoleResponse insert(
      Transaction transaction, Call<CreateRoleRequest> call, String path, List<Tag> tags) {
    CreateRoleRequest input = call.input();
    Handle handle = StoreTransaction.handle(transaction);
    if (EntityStore.find(handle, EntityKind.ROLE, call.account(), input.roleName()).isPresent()) {
      throw IamErrors.alreadyExists("Role", input.roleName());
    }
    if (EntityStore.count(transaction, EntityKind.ROLE, call.account()) >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for RolesPerAccount: " + QUOTA);
    }
    ManagedPolicyStore.requireBoundary(handle, input.permissionsBoundary());
    Entity entity =
        new Entity(
            EntityKind.ROLE,
            iam.ids().role(),
            call.account(),
            input.roleName(),
            path,
            iam.now(),
            input.permissionsBoundary());
    RoleStore.Role role =
        new RoleStore.Role(
            entity,
            input.description(),
            TrustPolicies.bind(handle, call.account(), input.assumeRolePolicyDocument()),
            Objects.requireNonNullElse(input.maxSessionDuration(), USUAL_SESSION));
    RoleStore.insert(transaction, role);
    TagStore.put(transaction, entity.id(), tags);
    iam.changed(transaction);
    return CreateRoleResponse.builder()
        .role(
            shown(handle, role)
                .maxSessionDuration(null)
                .description(input.description())
                .tags(TagStore.shown(tags))
                .build())
        .build();
  }

  @Override
  public Guarded<GetRoleResponse> getRole(Call<GetRoleRequest> call) {
    String name = call.input().roleName();
    return Guarded.by(
        check(call, name),
        _ -> {
          iam.history().catchUp();
          return iam.database()
              .read(handle -> {
                RoleStore.Role role =
                    RoleStore.find(handle, call.account(), name)
                        .orElseThrow(() -> IamErrors.noSuchRole(name));
                return Outcome.answer(
                    GetRoleResponse.builder()
                        .role(
                            shown(handle, role)
                                .roleLastUsed(lastUsed(handle, role.entity()))
                                .tags(TagStore.shown(TagStore.of(handle, role.entity().id())))
                                .build())
                        .build());
              });
        });
  }

  static RoleLastUsed lastUsed(Handle handle, Entity role) {
    Optional<AccessHistory.Use> use = AccessHistory.ofPrincipal(handle, role.id());
    return RoleLastUsed.builder()
        .lastUsedDate(use.map(AccessHistory.Use::at).orElse(null))
        .region(use.map(AccessHistory.Use::region).orElse(null))
        .build();
  }

  @Override
  public Guarded<ListRolesResponse> listRoles(Call<ListRolesRequest> call) {
    ListRolesRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    return Guarded.by(
        AccessCheck.of("iam:ListRoles", "arn:aws:iam::" + call.account() + ":role" + prefix),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), prefix, input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                PageRequest.Page<Entity> page =
                    request.cut(
                        EntityStore.list(handle, EntityKind.ROLE, call.account(), prefix, request),
                        iam.pages(),
                        role -> EntityStore.fold(role.name()));
                return Outcome.answer(
                    ListRolesResponse.builder()
                        .roles(
                            page.items().stream()
                                .map(entity ->
                                    shown(handle, RoleStore.of(handle, entity))
                                        .permissionsBoundary(null)
                                        .build())
                                .toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  @Override
  public Guarded<UpdateRoleResponse> updateRole(Call<UpdateRoleRequest> call) {
    UpdateRoleRequest input = call.input();
    return change(
        call,
        input.roleName(),
        before ->
            new RoleStore.Role(
                before.entity(),
                input.description() == null ? before.description() : input.description(),
                before.trustPolicy(),
                Objects.requireNonNullElse(input.maxSessionDuration(), before.maxSessionSeconds())),
        (_, _) -> UpdateRoleResponse.builder().build());
  }

  @Override
  public Guarded<UpdateRoleDescriptionResponse> updateRoleDescription(
      Call<UpdateRoleDescriptionRequest> call) {
    return change(
        call,
        call.input().roleName(),
        before ->
            new RoleStore.Role(
                before.entity(),
                call.input().description(),
                before.trustPolicy(),
                before.maxSessionSeconds()),
        (handle, role) ->
            UpdateRoleDescriptionResponse.builder().role(shown(handle, role).build()).build());
  }

  private <O> Guarded<O> change(
      Call<?> call,
      String name,
      UnaryOperator<RoleStore.Role> change,
      BiFunction<Handle, RoleStore.Role, O> answer) {
    return Guarded.by(
        check(call, name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              RoleStore.Role role = change.apply(require(handle, call, name));
              RoleStore.update(transaction, role);
              iam.changed(transaction);
              return answer.apply(handle, role);
            }));
  }

  @Override
  public Guarded<UpdateAssumeRolePolicyResponse> updateAssumeRolePolicy(
      Call<UpdateAssumeRolePolicyRequest> call) {
    UpdateAssumeRolePolicyRequest input = call.input();
    return Guarded.by(
        check(call, input.roleName()),
        _ -> {
          checkTrust(input.policyDocument());
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            RoleStore.Role before = require(handle, call, input.roleName());
            EntityStore.refuseReserved(before.entity());
            RoleStore.update(
                transaction,
                new RoleStore.Role(
                    before.entity(),
                    before.description(),
                    TrustPolicies.bind(handle, call.account(), input.policyDocument()),
                    before.maxSessionSeconds()));
            iam.changed(transaction);
            return UpdateAssumeRolePolicyResponse.builder().build();
          });
        });
  }

  @Override
  public Guarded<DeleteRoleResponse> deleteRole(Call<DeleteRoleRequest> call) {
    String name = call.input().roleName();
    return Guarded.by(
        check(call, name),
        _ ->
            Outcome.change(transaction -> {
              Entity role =
                  EntityStore.requireModifiable(transaction, EntityKind.ROLE, call.account(), name);
              Handle handle = StoreTransaction.handle(transaction);
              if (!InstanceProfileStore.ofRole(handle, role.id()).isEmpty()) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must remove roles from instance profile first.");
              }
              OwnedPolicies.requireNone(handle, role);
              EntityStore.delete(transaction, role);
              iam.changed(transaction);
              return DeleteRoleResponse.builder().build();
            }));
  }

  private static RoleStore.Role require(Handle handle, Call<?> call, String name) {
    return RoleStore.find(handle, call.account(), name)
        .orElseThrow(() -> IamErrors.noSuchRole(name));
  }

  private AccessCheck check(Call<?> call, String name) {
    return EntityChecks.of(
        iam, "iam:" + call.context().operation(), EntityKind.ROLE, call.account(), name);
  }

  static Role.Builder shown(Handle handle, RoleStore.Role role) {
    Entity entity = role.entity();
    return Role.builder()
        .path(entity.path())
        .roleName(entity.name())
        .roleId(entity.id())
        .arn(entity.arn().toString())
        .createDate(entity.createdAt())
        .assumeRolePolicyDocument(
            Documents.encode(TrustPolicies.display(handle, role.trustPolicy())))
        .description(role.description())
        .maxSessionDuration(role.maxSessionSeconds())
        .permissionsBoundary(entity.attachedBoundary());
  }
}
