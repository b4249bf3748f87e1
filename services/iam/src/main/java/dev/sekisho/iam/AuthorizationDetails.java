package dev.sekisho.iam;

import dev.sekisho.contract.iam.AttachedPolicy;
import dev.sekisho.contract.iam.GetAccountAuthorizationDetailsRequest;
import dev.sekisho.contract.iam.GetAccountAuthorizationDetailsResponse;
import dev.sekisho.contract.iam.GroupDetail;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ManagedPolicyDetail;
import dev.sekisho.contract.iam.PolicyDetail;
import dev.sekisho.contract.iam.PolicyVersion;
import dev.sekisho.contract.iam.RoleDetail;
import dev.sekisho.contract.iam.UserDetail;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Everything that decides access in an account, in one list. */
final class AuthorizationDetails implements IamApi.AuthorizationDetails {

  /** The parts of the list, in their order. */
  private enum Part {
    USER("1", "User"),
    GROUP("2", "Group"),
    ROLE("3", "Role"),
    LOCAL_POLICY("4", "LocalManagedPolicy"),
    AWS_POLICY("5", "AWSManagedPolicy");

    private final String place;
    private final String filter;

    Part(String place, String filter) {
      this.place = place;
      this.filter = filter;
    }

    /** Where an item is in the whole list. */
    String key(String name) {
      return place + "/" + EntityStore.fold(name);
    }
  }

  /** One item of the list, described only when it is on the page. */
  private record Item(String key, BiConsumer<Handle, Details> describe) {}

  /** The four lists of an answer. */
  private record Details(
      List<UserDetail> users,
      List<GroupDetail> groups,
      List<RoleDetail> roles,
      List<ManagedPolicyDetail> policies) {}

  private final IamContext iam;

  AuthorizationDetails(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<GetAccountAuthorizationDetailsResponse> getAccountAuthorizationDetails(
      Call<GetAccountAuthorizationDetailsRequest> call) {
    GetAccountAuthorizationDetailsRequest input = call.input();
    List<String> filter = Objects.requireNonNullElse(input.filter(), List.of());
    return Guarded.by(
        AccessCheck.of("iam:GetAccountAuthorizationDetails", "*"),
        _ -> {
          iam.history().catchUp();
          PageRequest request =
              PageRequest.of(
                  call, iam.pages(), String.join("|", filter), input.marker(), input.maxItems());
          return iam.database()
              .read(handle -> {
                PageRequest.Page<Item> page =
                    request.cut(
                        items(handle, call.account(), filter).stream()
                            .filter(item -> item.key().compareTo(request.after()) > 0)
                            .sorted(Comparator.comparing(Item::key))
                            .limit(request.limit() + 1L)
                            .toList(),
                        iam.pages(),
                        Item::key);
                Details details =
                    new Details(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                page.items().forEach(item -> item.describe().accept(handle, details));
                return Outcome.answer(
                    GetAccountAuthorizationDetailsResponse.builder()
                        .userDetailList(details.users())
                        .groupDetailList(details.groups())
                        .roleDetailList(details.roles())
                        .policies(details.policies())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static List<Item> items(Handle handle, AccountId account, List<String> filter) {
    List<Item> items = new ArrayList<>();
    for (Part part : Part.values()) {
      if (filter.isEmpty() || filter.contains(part.filter)) {
        switch (part) {
          case USER ->
              entities(handle, account, EntityKind.USER)
                  .forEach(user ->
                      items.add(
                          new Item(
                              part.key(user.name()),
                              (reading, details) -> details.users().add(user(reading, user)))));
          case GROUP ->
              entities(handle, account, EntityKind.GROUP)
                  .forEach(group ->
                      items.add(
                          new Item(
                              part.key(group.name()),
                              (reading, details) -> details.groups().add(group(reading, group)))));
          case ROLE ->
              entities(handle, account, EntityKind.ROLE)
                  .forEach(role ->
                      items.add(
                          new Item(
                              part.key(role.name()),
                              (reading, details) -> details.roles().add(role(reading, role)))));
          case LOCAL_POLICY ->
              ManagedPolicyStore.ofAccount(handle, account)
                  .forEach(policy -> items.add(policy(part, policy, account)));
          case AWS_POLICY ->
              AwsManagedPolicies.all().stream()
                  .filter(
                      policy -> ManagedPolicyStore.attachments(handle, policy.arn(), account) > 0)
                  .forEach(policy -> items.add(policy(part, policy, account)));
        }
      }
    }
    return items;
  }

  private static List<Entity> entities(Handle handle, AccountId account, EntityKind kind) {
    return EntityStore.all(handle, kind, account);
  }

  private static Item policy(Part part, ManagedPolicy policy, AccountId account) {
    return new Item(
        part.key(policy.name()),
        (handle, details) -> details.policies().add(policy(handle, policy, account)));
  }

  private static UserDetail user(Handle handle, Entity user) {
    return UserDetail.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.id())
        .arn(user.arn().toString())
        .createDate(user.createdAt())
        .userPolicyList(inline(handle, user))
        .groupList(
            Groups.groupIds(handle, user.id()).stream()
                .flatMap(id -> EntityStore.byId(handle, EntityKind.GROUP, id).stream())
                .map(Entity::name)
                .toList())
        .attachedManagedPolicies(attached(handle, user))
        .permissionsBoundary(user.attachedBoundary())
        .tags(TagStore.of(handle, user.id()))
        .build();
  }

  private static GroupDetail group(Handle handle, Entity group) {
    return GroupDetail.builder()
        .path(group.path())
        .groupName(group.name())
        .groupId(group.id())
        .arn(group.arn().toString())
        .createDate(group.createdAt())
        .groupPolicyList(inline(handle, group))
        .attachedManagedPolicies(attached(handle, group))
        .build();
  }

  private static RoleDetail role(Handle handle, Entity role) {
    return RoleDetail.builder()
        .path(role.path())
        .roleName(role.name())
        .roleId(role.id())
        .arn(role.arn().toString())
        .createDate(role.createdAt())
        .assumeRolePolicyDocument(
            Documents.encode(
                TrustPolicies.display(handle, RoleStore.of(handle, role).trustPolicy())))
        .instanceProfileList(
            InstanceProfileStore.ofRole(handle, role.id()).stream()
                .map(profile -> InstanceProfiles.shown(handle, profile))
                .toList())
        .rolePolicyList(inline(handle, role))
        .attachedManagedPolicies(attached(handle, role))
        .permissionsBoundary(role.attachedBoundary())
        .tags(TagStore.of(handle, role.id()))
        .roleLastUsed(Roles.lastUsed(handle, role))
        .build();
  }

  private static ManagedPolicyDetail policy(
      Handle handle, ManagedPolicy policy, AccountId account) {
    return ManagedPolicyDetail.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(policy.defaultVersionId())
        .attachmentCount(ManagedPolicyStore.attachments(handle, policy.arn(), account))
        .permissionsBoundaryUsageCount(
            ManagedPolicyStore.boundaryUses(handle, policy.arn(), account))
        .isAttachable(true)
        .description(policy.description())
        .createDate(policy.createdAt())
        .updateDate(policy.updatedAt())
        .policyVersionList(
            ManagedPolicyStore.versions(handle, policy).stream()
                .map(version ->
                    PolicyVersion.builder()
                        .document(Documents.encode(version.document()))
                        .versionId(version.id())
                        .isDefaultVersion(version.number() == policy.defaultVersion())
                        .createDate(version.createdAt())
                        .build())
                .toList())
        .build();
  }

  private static List<PolicyDetail> inline(Handle handle, Entity entity) {
    return OwnedPolicies.inline(handle, entity.id()).stream()
        .map(policy ->
            PolicyDetail.builder()
                .policyName(policy.name())
                .policyDocument(Documents.encode(policy.document()))
                .build())
        .toList();
  }

  private static List<AttachedPolicy> attached(Handle handle, Entity entity) {
    return OwnedPolicies.attached(handle, entity.id()).stream()
        .flatMap(arn -> ManagedPolicyStore.find(handle, arn).stream())
        .map(policy ->
            AttachedPolicy.builder().policyName(policy.name()).policyArn(policy.arn()).build())
        .toList();
  }
}
