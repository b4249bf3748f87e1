package dev.sekisho.iam;

import dev.sekisho.contract.iam.AddRoleToInstanceProfileRequest;
import dev.sekisho.contract.iam.AddRoleToInstanceProfileResponse;
import dev.sekisho.contract.iam.CreateInstanceProfileRequest;
import dev.sekisho.contract.iam.CreateInstanceProfileResponse;
import dev.sekisho.contract.iam.DeleteInstanceProfileRequest;
import dev.sekisho.contract.iam.DeleteInstanceProfileResponse;
import dev.sekisho.contract.iam.GetInstanceProfileRequest;
import dev.sekisho.contract.iam.GetInstanceProfileResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.InstanceProfile;
import dev.sekisho.contract.iam.ListInstanceProfilesForRoleRequest;
import dev.sekisho.contract.iam.ListInstanceProfilesForRoleResponse;
import dev.sekisho.contract.iam.ListInstanceProfilesRequest;
import dev.sekisho.contract.iam.ListInstanceProfilesResponse;
import dev.sekisho.contract.iam.RemoveRoleFromInstanceProfileRequest;
import dev.sekisho.contract.iam.RemoveRoleFromInstanceProfileResponse;
import dev.sekisho.contract.iam.Role;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.iam.InstanceProfileStore.Profile;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Instance profiles: what hands a role to a virtual machine. */
final class InstanceProfiles implements IamApi.InstanceProfiles {

  private static final int QUOTA = 1_000;

  private final IamContext iam;

  InstanceProfiles(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateInstanceProfileResponse> createInstanceProfile(
      Call<CreateInstanceProfileRequest> call) {
    CreateInstanceProfileRequest input = call.input();
    String path = Objects.requireNonNullElse(input.path(), "/");
    return Guarded.by(
        TagStore.requested(
            AccessCheck.of(
                "iam:CreateInstanceProfile",
                InstanceProfileStore.arn(call.account(), path, input.instanceProfileName())
                    .toString()),
            input.tags()),
        _ -> {
          List<Tag> tags = TagStore.check(input.tags());
          return Outcome.change(transaction -> insert(transaction, call, path, tags));
        });
  }

  private CreateInstanceProfileResponse insert(
      Transaction transaction,
      Call<CreateInstanceProfileRequest> call,
      String path,
      List<Tag> tags) {
    Handle handle = StoreTransaction.handle(transaction);
    String name = call.input().instanceProfileName();
    if (InstanceProfileStore.find(handle, call.account(), name).isPresent()) {
      throw new dev.sekisho.core.ServiceException(
          "EntityAlreadyExists", 409, "Instance Profile " + name + " already exists.");
    }
    if (InstanceProfileStore.count(handle, call.account()) >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for InstanceProfilesPerAccount: " + QUOTA);
    }
    Profile profile =
        new Profile(iam.ids().instanceProfile(), call.account(), name, path, iam.now(), null);
    InstanceProfileStore.insert(transaction, profile);
    TagStore.put(transaction, profile.id(), tags);
    iam.changed(transaction);
    return CreateInstanceProfileResponse.builder().instanceProfile(shown(handle, profile)).build();
  }

  @Override
  public Guarded<GetInstanceProfileResponse> getInstanceProfile(
      Call<GetInstanceProfileRequest> call) {
    String name = call.input().instanceProfileName();
    return Guarded.by(
        check(iam, call, name),
        _ ->
            iam.database()
                .read(handle ->
                    Outcome.answer(
                        GetInstanceProfileResponse.builder()
                            .instanceProfile(
                                shown(
                                    handle,
                                    InstanceProfileStore.require(handle, call.account(), name)))
                            .build())));
  }

  @Override
  public Guarded<DeleteInstanceProfileResponse> deleteInstanceProfile(
      Call<DeleteInstanceProfileRequest> call) {
    String name = call.input().instanceProfileName();
    return Guarded.by(
        check(iam, call, name),
        _ ->
            Outcome.change(transaction -> {
              Profile profile =
                  InstanceProfileStore.require(
                      StoreTransaction.handle(transaction), call.account(), name);
              if (profile.roleId() != null) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must remove roles from instance profile first.");
              }
              InstanceProfileStore.delete(transaction, profile.id());
              iam.changed(transaction);
              return DeleteInstanceProfileResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListInstanceProfilesResponse> listInstanceProfiles(
      Call<ListInstanceProfilesRequest> call) {
    ListInstanceProfilesRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    return Guarded.by(
        AccessCheck.of(
            "iam:ListInstanceProfiles",
            "arn:aws:iam::" + call.account() + ":instance-profile" + prefix),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), prefix, input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                PageRequest.Page<Profile> page =
                    request.cut(
                        InstanceProfileStore.list(handle, call.account(), prefix, request),
                        iam.pages(),
                        profile -> EntityStore.fold(profile.name()));
                return Outcome.answer(
                    ListInstanceProfilesResponse.builder()
                        .instanceProfiles(
                            page.items().stream().map(profile -> shown(handle, profile)).toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  @Override
  public Guarded<ListInstanceProfilesForRoleResponse> listInstanceProfilesForRole(
      Call<ListInstanceProfilesForRoleRequest> call) {
    String name = call.input().roleName();
    return Guarded.by(
        EntityChecks.of(
            iam, "iam:ListInstanceProfilesForRole", EntityKind.ROLE, call.account(), name),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity role =
                      EntityStore.find(handle, EntityKind.ROLE, call.account(), name)
                          .orElseThrow(() -> IamErrors.noSuchRole(name));
                  return Outcome.answer(
                      ListInstanceProfilesForRoleResponse.builder()
                          .instanceProfiles(
                              InstanceProfileStore.ofRole(handle, role.id()).stream()
                                  .map(profile -> shown(handle, profile))
                                  .toList())
                          .isTruncated(false)
                          .build());
                }));
  }

  /** Whoever puts a role into a profile hands it to machines, so he must be allowed to pass it. */
  @Override
  public Guarded<AddRoleToInstanceProfileResponse> addRoleToInstanceProfile(
      Call<AddRoleToInstanceProfileRequest> call) {
    AddRoleToInstanceProfileRequest input = call.input();
    Access access =
        Access.of(
            check(iam, call, input.instanceProfileName()),
            EntityChecks.of(iam, "iam:PassRole", EntityKind.ROLE, call.account(), input.roleName())
                .with("iam:PassedToService", "ec2.amazonaws.com"));
    return Guarded.by(
        access,
        _ ->
            Outcome.change(transaction -> {
              Profile profile =
                  InstanceProfileStore.require(
                      StoreTransaction.handle(transaction),
                      call.account(),
                      input.instanceProfileName());
              Entity role =
                  EntityStore.require(
                      transaction, EntityKind.ROLE, call.account(), input.roleName());
              if (profile.roleId() != null) {
                throw IamErrors.limitExceeded(
                    "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
              }
              InstanceProfileStore.setRole(transaction, profile.id(), role.id());
              iam.changed(transaction);
              return AddRoleToInstanceProfileResponse.builder().build();
            }));
  }

  @Override
  public Guarded<RemoveRoleFromInstanceProfileResponse> removeRoleFromInstanceProfile(
      Call<RemoveRoleFromInstanceProfileRequest> call) {
    RemoveRoleFromInstanceProfileRequest input = call.input();
    return Guarded.by(
        check(iam, call, input.instanceProfileName()),
        _ ->
            Outcome.change(transaction -> {
              Profile profile =
                  InstanceProfileStore.require(
                      StoreTransaction.handle(transaction),
                      call.account(),
                      input.instanceProfileName());
              Entity role =
                  EntityStore.require(
                      transaction, EntityKind.ROLE, call.account(), input.roleName());
              if (!role.id().equals(profile.roleId())) {
                throw IamErrors.noSuchEntity(
                    "Role " + input.roleName() + " not associated with instance profile.");
              }
              InstanceProfileStore.setRole(transaction, profile.id(), null);
              iam.changed(transaction);
              return RemoveRoleFromInstanceProfileResponse.builder().build();
            }));
  }

  /** The check for an operation on one profile, by the path it has now. */
  static AccessCheck check(IamContext iam, Call<?> call, String name) {
    return iam.database()
        .read(handle -> {
          String action = "iam:" + call.context().operation();
          Profile found = InstanceProfileStore.find(handle, call.account(), name).orElse(null);
          if (found == null) {
            return AccessCheck.of(
                action, InstanceProfileStore.arn(call.account(), "/", name).toString());
          }
          return TagStore.carried(
              AccessCheck.of(action, found.arn().toString()), handle, found.id());
        });
  }

  static InstanceProfile shown(Handle handle, Profile profile) {
    return InstanceProfile.builder()
        .path(profile.path())
        .instanceProfileName(profile.name())
        .instanceProfileId(profile.id())
        .arn(profile.arn().toString())
        .createDate(profile.createdAt())
        .roles(profile.roleId() == null ? List.of() : List.of(role(handle, profile.roleId())))
        .tags(TagStore.shown(TagStore.of(handle, profile.id())))
        .build();
  }

  private static Role role(Handle handle, String roleId) {
    Entity role = EntityStore.byId(handle, EntityKind.ROLE, roleId).orElseThrow();
    return Roles.shown(handle, RoleStore.of(handle, role)).maxSessionDuration(null).build();
  }
}
