package dev.sekisho.iam;

import dev.sekisho.contract.iam.AddUserToGroupRequest;
import dev.sekisho.contract.iam.AddUserToGroupResponse;
import dev.sekisho.contract.iam.CreateGroupRequest;
import dev.sekisho.contract.iam.CreateGroupResponse;
import dev.sekisho.contract.iam.DeleteGroupRequest;
import dev.sekisho.contract.iam.DeleteGroupResponse;
import dev.sekisho.contract.iam.GetGroupRequest;
import dev.sekisho.contract.iam.GetGroupResponse;
import dev.sekisho.contract.iam.Group;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListGroupsForUserRequest;
import dev.sekisho.contract.iam.ListGroupsForUserResponse;
import dev.sekisho.contract.iam.ListGroupsRequest;
import dev.sekisho.contract.iam.ListGroupsResponse;
import dev.sekisho.contract.iam.RemoveUserFromGroupRequest;
import dev.sekisho.contract.iam.RemoveUserFromGroupResponse;
import dev.sekisho.contract.iam.UpdateGroupRequest;
import dev.sekisho.contract.iam.UpdateGroupResponse;
import dev.sekisho.contract.iam.User;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Groups and who is in them. */
final class Groups implements IamApi.Groups {

  private static final int QUOTA = 300;
  private static final int GROUPS_PER_USER = 10;

  private final IamContext iam;

  Groups(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreateGroupResponse> createGroup(Call<CreateGroupRequest> call) {
    String path = Objects.requireNonNullElse(call.input().path(), "/");
    String name = call.input().groupName();
    return Guarded.by(
        AccessCheck.of(
            "iam:CreateGroup", Entity.arn(EntityKind.GROUP, call.account(), path, name).toString()),
        _ -> Outcome.change(transaction -> insert(transaction, call.account(), path, name)));
  }

  private CreateGroupResponse insert(
      Transaction transaction, AccountId account, String path, String name) {
    Handle handle = StoreTransaction.handle(transaction);
    if (EntityStore.find(handle, EntityKind.GROUP, account, name).isPresent()) {
      throw IamErrors.alreadyExists("Group", name);
    }
    if (EntityStore.count(transaction, EntityKind.GROUP, account) >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for GroupsPerAccount: " + QUOTA);
    }
    Entity group =
        new Entity(EntityKind.GROUP, iam.ids().group(), account, name, path, iam.now(), null);
    handle
        .createUpdate(
            "insert into iam_group (id, account, folded_name, name, path, created_at)"
                + " values (:id, :account, :folded, :name, :path, :created)")
        .bind("id", group.id())
        .bind("account", account.value())
        .bind("folded", EntityStore.fold(name))
        .bind("name", name)
        .bind("path", path)
        .bind("created", group.createdAt().getEpochSecond())
        .execute();
    iam.changed(transaction);
    return CreateGroupResponse.builder().group(shown(group)).build();
  }

  @Override
  public Guarded<GetGroupResponse> getGroup(Call<GetGroupRequest> call) {
    GetGroupRequest input = call.input();
    return Guarded.by(
        check("iam:GetGroup", call.account(), input.groupName()),
        _ -> {
          PageRequest request =
              PageRequest.of(
                  call, iam.pages(), input.groupName(), input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                Entity group =
                    EntityStore.find(handle, EntityKind.GROUP, call.account(), input.groupName())
                        .orElseThrow(() -> IamErrors.noSuchGroup(input.groupName()));
                PageRequest.Page<Entity> page =
                    request.cut(
                        members(handle, group, request),
                        iam.pages(),
                        user -> EntityStore.fold(user.name()));
                return Outcome.answer(
                    GetGroupResponse.builder()
                        .group(shown(group))
                        .users(page.items().stream().map(Groups::member).toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static List<Entity> members(Handle handle, Entity group, PageRequest page) {
    return handle
        .createQuery(
            "select m.user_id from iam_group_member m join iam_user u on u.id = m.user_id"
                + " where m.group_id = :group and u.folded_name > :after"
                + " order by u.folded_name limit :limit")
        .bind("group", group.id())
        .bind("after", page.after())
        .bind("limit", page.limit() + 1)
        .mapTo(String.class)
        .list()
        .stream()
        .map(id -> EntityStore.byId(handle, EntityKind.USER, id).orElseThrow())
        .toList();
  }

  @Override
  public Guarded<ListGroupsResponse> listGroups(Call<ListGroupsRequest> call) {
    ListGroupsRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    return Guarded.by(
        AccessCheck.of("iam:ListGroups", "arn:aws:iam::" + call.account() + ":group" + prefix),
        _ -> {
          PageRequest request =
              PageRequest.of(call, iam.pages(), prefix, input.marker(), input.maxItems());
          PageRequest.Page<Entity> page =
              request.cut(
                  iam.database()
                      .read(handle ->
                          EntityStore.list(
                              handle, EntityKind.GROUP, call.account(), prefix, request)),
                  iam.pages(),
                  group -> EntityStore.fold(group.name()));
          return Outcome.answer(
              ListGroupsResponse.builder()
                  .groups(page.items().stream().map(Groups::shown).toList())
                  .isTruncated(page.truncated())
                  .marker(page.marker())
                  .build());
        });
  }

  @Override
  public Guarded<UpdateGroupResponse> updateGroup(Call<UpdateGroupRequest> call) {
    UpdateGroupRequest input = call.input();
    return Guarded.by(
        check("iam:UpdateGroup", call.account(), input.groupName()),
        _ ->
            Outcome.change(transaction -> {
              EntityStore.rename(
                  transaction,
                  EntityStore.require(
                      transaction, EntityKind.GROUP, call.account(), input.groupName()),
                  input.newGroupName(),
                  input.newPath());
              iam.changed(transaction);
              return UpdateGroupResponse.builder().build();
            }));
  }

  @Override
  public Guarded<DeleteGroupResponse> deleteGroup(Call<DeleteGroupRequest> call) {
    String name = call.input().groupName();
    return Guarded.by(
        check("iam:DeleteGroup", call.account(), name),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              Entity group =
                  EntityStore.require(transaction, EntityKind.GROUP, call.account(), name);
              int members =
                  handle
                      .createQuery("select count(*) from iam_group_member where group_id = :id")
                      .bind("id", group.id())
                      .mapTo(Integer.class)
                      .one();
              if (members > 0) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must remove users from group first.");
              }
              OwnedPolicies.requireNone(handle, group);
              EntityStore.delete(transaction, group);
              iam.changed(transaction);
              return DeleteGroupResponse.builder().build();
            }));
  }

  @Override
  public Guarded<AddUserToGroupResponse> addUserToGroup(Call<AddUserToGroupRequest> call) {
    AddUserToGroupRequest input = call.input();
    return Guarded.by(
        check("iam:AddUserToGroup", call.account(), input.groupName()),
        _ ->
            Outcome.change(transaction -> {
              Entity group =
                  EntityStore.require(
                      transaction, EntityKind.GROUP, call.account(), input.groupName());
              Entity user =
                  EntityStore.require(
                      transaction, EntityKind.USER, call.account(), input.userName());
              Handle handle = StoreTransaction.handle(transaction);
              if (groupIds(handle, user.id()).size() >= GROUPS_PER_USER
                  && !groupIds(handle, user.id()).contains(group.id())) {
                throw IamErrors.limitExceeded(
                    "Cannot exceed quota for GroupsPerUser: " + GROUPS_PER_USER);
              }
              handle
                  .createUpdate(
                      "insert into iam_group_member (group_id, user_id)"
                          + " values (:group, :user) on conflict (group_id, user_id) do nothing")
                  .bind("group", group.id())
                  .bind("user", user.id())
                  .execute();
              iam.changed(transaction);
              return AddUserToGroupResponse.builder().build();
            }));
  }

  @Override
  public Guarded<RemoveUserFromGroupResponse> removeUserFromGroup(
      Call<RemoveUserFromGroupRequest> call) {
    RemoveUserFromGroupRequest input = call.input();
    return Guarded.by(
        check("iam:RemoveUserFromGroup", call.account(), input.groupName()),
        _ ->
            Outcome.change(transaction -> {
              Entity group =
                  EntityStore.require(
                      transaction, EntityKind.GROUP, call.account(), input.groupName());
              Entity user =
                  EntityStore.require(
                      transaction, EntityKind.USER, call.account(), input.userName());
              StoreTransaction.handle(transaction)
                  .createUpdate(
                      "delete from iam_group_member where group_id = :group and user_id = :user")
                  .bind("group", group.id())
                  .bind("user", user.id())
                  .execute();
              iam.changed(transaction);
              return RemoveUserFromGroupResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListGroupsForUserResponse> listGroupsForUser(Call<ListGroupsForUserRequest> call) {
    ListGroupsForUserRequest input = call.input();
    return Guarded.by(
        EntityChecks.of(
            iam, "iam:ListGroupsForUser", EntityKind.USER, call.account(), input.userName()),
        _ ->
            iam.database()
                .read(handle -> {
                  Entity user =
                      EntityStore.find(handle, EntityKind.USER, call.account(), input.userName())
                          .orElseThrow(() -> IamErrors.noSuchUser(input.userName()));
                  // A user is in ten groups at most, so there is one page.
                  List<Group> groups =
                      groupIds(handle, user.id()).stream()
                          .map(id -> EntityStore.byId(handle, EntityKind.GROUP, id).orElseThrow())
                          .map(Groups::shown)
                          .toList();
                  return Outcome.answer(
                      ListGroupsForUserResponse.builder()
                          .groups(groups)
                          .isTruncated(false)
                          .build());
                }));
  }

  static List<String> groupIds(Handle handle, String userId) {
    return handle
        .createQuery(
            "select group_id from iam_group_member where user_id = :user order by group_id")
        .bind("user", userId)
        .mapTo(String.class)
        .list();
  }

  static List<String> memberIds(Handle handle, String groupId) {
    return handle
        .createQuery(
            "select user_id from iam_group_member where group_id = :group order by user_id")
        .bind("group", groupId)
        .mapTo(String.class)
        .list();
  }

  private AccessCheck check(String action, AccountId account, String name) {
    return EntityChecks.of(iam, action, EntityKind.GROUP, account, name);
  }

  private static User member(Entity user) {
    return User.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.id())
        .arn(user.arn().toString())
        .createDate(user.createdAt())
        .build();
  }

  private static Group shown(Entity group) {
    return Group.builder()
        .path(group.path())
        .groupName(group.name())
        .groupId(group.id())
        .arn(group.arn().toString())
        .createDate(group.createdAt())
        .build();
  }
}
