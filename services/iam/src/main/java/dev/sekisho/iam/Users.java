package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreateUserRequest;
import dev.sekisho.contract.iam.CreateUserResponse;
import dev.sekisho.contract.iam.DeleteUserRequest;
import dev.sekisho.contract.iam.DeleteUserResponse;
import dev.sekisho.contract.iam.GetUserRequest;
import dev.sekisho.contract.iam.GetUserResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListUsersRequest;
import dev.sekisho.contract.iam.ListUsersResponse;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.contract.iam.UpdateUserRequest;
import dev.sekisho.contract.iam.UpdateUserResponse;
import dev.sekisho.contract.iam.User;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Users: create, read, rename, delete. */
final class Users implements IamApi.Users {

  private static final int QUOTA = 5_000;

  private final IamContext iam;

  Users(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateUserResponse> createUser(Call<CreateUserRequest> call) {
    CreateUserRequest input = call.input();
    String path = Objects.requireNonNullElse(input.path(), "/");
    AccessCheck check =
        TagStore.requested(
            AccessCheck.of(
                    "iam:CreateUser",
                    Entity.arn(EntityKind.USER, call.account(), path, input.userName()).toString())
                .with("iam:PermissionsBoundary", input.permissionsBoundary()),
            input.tags());
    return Guarded.by(
        check,
        _ -> {
          List<Tag> tags = TagStore.check(input.tags());
          return Outcome.change(transaction -> insert(transaction, call, path, tags));
        });
  }

  private CreateUserResponse insert(
      Transaction transaction, Call<CreateUserRequest> call, String path, List<Tag> tags) {
    AccountId account = call.account();
    CreateUserRequest input = call.input();
    Handle handle = StoreTransaction.handle(transaction);
    if (EntityStore.find(handle, EntityKind.USER, account, input.userName()).isPresent()) {
      throw IamErrors.alreadyExists("User", input.userName());
    }
    if (EntityStore.count(transaction, EntityKind.USER, account) >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for UsersPerAccount: " + QUOTA);
    }
    ManagedPolicyStore.requireBoundary(handle, input.permissionsBoundary());
    Entity user =
        new Entity(
            EntityKind.USER,
            iam.ids().user(),
            account,
            input.userName(),
            path,
            iam.now(),
            input.permissionsBoundary());
    handle
        .createUpdate(
            "insert into iam_user (id, account, folded_name, name, path, created_at, boundary)"
                + " values (:id, :account, :folded, :name, :path, :created, :boundary)")
        .bind("id", user.id())
        .bind("account", account.value())
        .bind("folded", EntityStore.fold(user.name()))
        .bind("name", user.name())
        .bind("path", path)
        .bind("created", user.createdAt().getEpochSecond())
        .bind("boundary", user.boundary())
        .execute();
    TagStore.put(transaction, user.id(), tags);
    iam.changed(transaction);
    return CreateUserResponse.builder().user(shown(user, tags, null)).build();
  }

  @Override
  public Guarded<GetUserResponse> getUser(Call<GetUserRequest> call) {
    String name = call.input().userName();
    if (name == null && call.context().caller().principal() instanceof Principal.Root root) {
      return root(root);
    }
    String wanted = CallingUser.nameOr(name, call);
    return Guarded.by(
        check("iam:GetUser", call.account(), wanted),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity user =
                      EntityStore.find(handle, EntityKind.USER, call.account(), wanted)
                          .orElseThrow(() -> IamErrors.noSuchUser(wanted));
                  return Outcome.answer(
                      GetUserResponse.builder()
                          .user(
                              shown(
                                  user,
                                  TagStore.of(handle, user.id()),
                                  LoginProfileStore.usedAt(handle, user.id())))
                          .build());
                }));
  }

  /** The root user asks after itself. */
  private Guarded<GetUserResponse> root(Principal.Root root) {
    return Guarded.by(
        AccessCheck.of("iam:GetUser", root.arn().toString()),
        _ ->
            Outcome.answer(
                GetUserResponse.builder()
                    .user(iam.database().read(handle -> shownRoot(iam, handle, root.account())))
                    .build()));
  }

  /** The root user as answers hold it. */
  static User shownRoot(IamContext iam, Handle handle, AccountId account) {
    return User.builder()
        .userId(account.value())
        .arn(account.root().toString())
        .createDate(rootSince(iam, handle, account))
        .passwordLastUsed(LoginProfileStore.usedAt(handle, account.value()))
        .build();
  }

  /** The root user is as old as its oldest key. */
  static Instant rootSince(IamContext iam, Handle handle, AccountId account) {
    return new AccessKeyStore(iam.keyring())
        .ofRoot(handle, account).stream()
            .map(AccessKeyStore.AccessKey::createdAt)
            .min(Comparator.naturalOrder())
            .orElseGet(iam::now);
  }

  @Override
  public Guarded<ListUsersResponse> listUsers(Call<ListUsersRequest> call) {
    ListUsersRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    return Guarded.by(
        AccessCheck.of("iam:ListUsers", "arn:aws:iam::" + call.account() + ":user" + prefix),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), prefix, input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                PageRequest.Page<Entity> page =
                    request.cut(
                        EntityStore.list(handle, EntityKind.USER, call.account(), prefix, request),
                        iam.pages(),
                        user -> EntityStore.fold(user.name()));
                Map<String, Instant> used = LoginProfileStore.usedAt(handle, call.account());
                return Outcome.answer(
                    ListUsersResponse.builder()
                        .users(
                            page.items().stream()
                                .map(user -> shown(user, List.of(), used.get(user.id())))
                                .toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  @Override
  public Guarded<UpdateUserResponse> updateUser(Call<UpdateUserRequest> call) {
    UpdateUserRequest input = call.input();
    return Guarded.by(
        check("iam:UpdateUser", call.account(), input.userName()),
        _ ->
            Outcome.change(transaction -> {
              EntityStore.rename(
                  transaction,
                  EntityStore.require(
                      transaction, EntityKind.USER, call.account(), input.userName()),
                  input.newUserName(),
                  input.newPath());
              iam.changed(transaction);
              return UpdateUserResponse.builder().build();
            }));
  }

  @Override
  public Guarded<DeleteUserResponse> deleteUser(Call<DeleteUserRequest> call) {
    String name = call.input().userName();
    return Guarded.by(
        check("iam:DeleteUser", call.account(), name),
        _ ->
            Outcome.change(transaction -> {
              Entity user = EntityStore.require(transaction, EntityKind.USER, call.account(), name);
              requireUnused(StoreTransaction.handle(transaction), user);
              EntityStore.delete(transaction, user);
              iam.changed(transaction);
              return DeleteUserResponse.builder().build();
            }));
  }

  private void requireUnused(Handle handle, Entity user) {
    if (LoginProfileStore.find(handle, user.id()).isPresent()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete login profile first.");
    }
    if (!MfaDeviceStore.ofOwner(handle, user.id()).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete MFA device first.");
    }
    if (!new AccessKeyStore(iam.keyring()).ofUser(handle, user.id()).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete access keys first.");
    }
    int groups =
        handle
            .createQuery("select count(*) from iam_group_member where user_id = :id")
            .bind("id", user.id())
            .mapTo(Integer.class)
            .one();
    if (groups > 0) {
      throw IamErrors.deleteConflict("Cannot delete entity, must remove users from group first.");
    }
    OwnedPolicies.requireNone(handle, user);
    if (UserCredentials.any(handle, user.id())) {
      throw IamErrors.deleteConflict("Cannot delete entity, must remove referenced objects first.");
    }
  }

  /** The check for an operation on one user, by the ARN the user has now. */
  AccessCheck check(String action, AccountId account, String name) {
    return EntityChecks.of(iam, action, EntityKind.USER, account, name);
  }

  static User shown(Entity user, @Nullable List<Tag> tags, @Nullable Instant passwordUsedAt) {
    return User.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.id())
        .arn(user.arn().toString())
        .createDate(user.createdAt())
        .passwordLastUsed(passwordUsedAt)
        .permissionsBoundary(user.attachedBoundary())
        .tags(tags == null ? null : TagStore.shown(tags))
        .build();
  }
}
