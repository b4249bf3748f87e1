package dev.sekisho.iam;

import dev.sekisho.contract.iam.CreatePolicyRequest;
import dev.sekisho.contract.iam.CreatePolicyResponse;
import dev.sekisho.contract.iam.DeletePolicyRequest;
import dev.sekisho.contract.iam.DeletePolicyResponse;
import dev.sekisho.contract.iam.GetPolicyRequest;
import dev.sekisho.contract.iam.GetPolicyResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListEntitiesForPolicyRequest;
import dev.sekisho.contract.iam.ListEntitiesForPolicyResponse;
import dev.sekisho.contract.iam.ListPoliciesRequest;
import dev.sekisho.contract.iam.ListPoliciesResponse;
import dev.sekisho.contract.iam.Policy;
import dev.sekisho.contract.iam.PolicyGroup;
import dev.sekisho.contract.iam.PolicyRole;
import dev.sekisho.contract.iam.PolicyUser;
import dev.sekisho.contract.iam.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Managed policies: create, read, list, delete, and what they are attached to. */
final class ManagedPolicies implements IamApi.ManagedPolicies {

  private static final int QUOTA = 1_500;
  private static final int SIZE_QUOTA = 6_144;

  private final IamContext iam;

  ManagedPolicies(IamContext iam) {
    this.iam = iam;
  }

  @Override
  public Guarded<CreatePolicyResponse> createPolicy(Call<CreatePolicyRequest> call) {
    String path = Objects.requireNonNullElse(call.input().path(), "/");
    String arn = ManagedPolicyStore.arn(call.account(), path, call.input().policyName());
    return Guarded.by(
        TagStore.requested(AccessCheck.of("iam:CreatePolicy", arn), call.input().tags()),
        _ -> {
          checkDocument(call.input().policyDocument());
          List<Tag> tags = TagStore.check(call.input().tags());
          return Outcome.change(transaction -> insert(transaction, call, path, arn, tags));
        });
  }

  private CreatePolicyResponse insert(
      Transaction transaction,
      Call<CreatePolicyRequest> call,
      String path,
      String arn,
      List<Tag> tags) {
    CreatePolicyRequest input = call.input();
    Handle handle = StoreTransaction.handle(transaction);
    if (ManagedPolicyStore.byName(handle, call.account(), input.policyName()).isPresent()) {
      throw new ServiceException(
          "EntityAlreadyExists",
          409,
          "A policy called "
              + input.policyName()
              + " already exists. Duplicate names are not allowed.");
    }
    if (ManagedPolicyStore.ofAccount(handle, call.account()).size() >= QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for PoliciesPerAccount: " + QUOTA);
    }
    Instant now = iam.now();
    ManagedPolicy policy =
        new ManagedPolicy(
            iam.ids().policy(),
            arn,
            call.account().value(),
            input.policyName(),
            path,
            input.description(),
            1,
            1,
            now,
            now);
    ManagedPolicyStore.insert(transaction, policy, input.policyDocument());
    TagStore.put(transaction, policy.id(), tags);
    iam.changed(transaction);
    return CreatePolicyResponse.builder()
        .policy(shown(policy, 0, 0).tags(TagStore.shown(tags)).build())
        .build();
  }

  /**
   * Refuses what is not a policy, or a too large one.
   *
   * @throws ServiceException MalformedPolicyDocument or LimitExceeded
   */
  static void checkDocument(String document) {
    if (Documents.size(document) > SIZE_QUOTA) {
      throw IamErrors.limitExceeded("Cannot exceed quota for PolicySize: " + SIZE_QUOTA);
    }
    Documents.check(document, PolicyKind.IDENTITY);
  }

  @Override
  public Guarded<GetPolicyResponse> getPolicy(Call<GetPolicyRequest> call) {
    String arn = call.input().policyArn();
    return Guarded.by(
        check("iam:GetPolicy", arn),
        _ ->
            iam.database()
                .read(handle -> {
                  ManagedPolicy policy = require(handle, arn, call.account());
                  return Outcome.answer(
                      GetPolicyResponse.builder()
                          .policy(described(handle, policy, call.account()).build())
                          .build());
                }));
  }

  @Override
  public Guarded<DeletePolicyResponse> deletePolicy(Call<DeletePolicyRequest> call) {
    String arn = call.input().policyArn();
    return Guarded.by(
        check("iam:DeletePolicy", arn),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              ManagedPolicy policy = requireOwn(handle, arn, call.account());
              if (ManagedPolicyStore.attachments(handle, arn, call.account()) > 0) {
                throw IamErrors.deleteConflict("Cannot delete a policy attached to entities.");
              }
              if (ManagedPolicyStore.boundaryUses(handle, arn, call.account()) > 0) {
                throw IamErrors.deleteConflict(
                    "Cannot delete entity, must detach the policy from the entities that use it"
                        + " as their permissions boundary first.");
              }
              if (ManagedPolicyStore.versions(handle, policy).size() > 1) {
                throw IamErrors.deleteConflict(
                    "This policy has more than one version. Before you delete a policy, you must"
                        + " delete the policy's versions. The default version is deleted with"
                        + " the policy.");
              }
              ManagedPolicyStore.delete(transaction, policy);
              iam.changed(transaction);
              return DeletePolicyResponse.builder().build();
            }));
  }

  @Override
  public Guarded<ListPoliciesResponse> listPolicies(Call<ListPoliciesRequest> call) {
    ListPoliciesRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    String scope = Objects.requireNonNullElse(input.scope(), "All");
    boolean onlyAttached = Boolean.TRUE.equals(input.onlyAttached());
    String usage = Objects.requireNonNullElse(input.policyUsageFilter(), "PermissionsPolicy");
    return Guarded.by(
        AccessCheck.of("iam:ListPolicies", "*"),
        _ -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  iam.pages(),
                  String.join("|", scope, prefix, usage, String.valueOf(onlyAttached)),
                  input.marker(),
                  input.maxItems());
          return iam.database()
              .read(handle -> {
                List<ManagedPolicy> found =
                    Stream.concat(
                            scope.equals("AWS")
                                ? Stream.empty()
                                : ManagedPolicyStore.ofAccount(handle, call.account()).stream(),
                            scope.equals("Local")
                                ? Stream.empty()
                                : AwsManagedPolicies.all().stream())
                        .filter(policy -> policy.path().startsWith(prefix))
                        .filter(policy ->
                            !onlyAttached || isUsed(handle, policy, usage, call.account()))
                        .filter(policy -> policy.arn().compareTo(request.after()) > 0)
                        .sorted(java.util.Comparator.comparing(ManagedPolicy::arn))
                        .limit(request.limit() + 1L)
                        .toList();
                PageRequest.Page<ManagedPolicy> page =
                    request.cut(found, iam.pages(), ManagedPolicy::arn);
                return Outcome.answer(
                    ListPoliciesResponse.builder()
                        .policies(
                            page.items().stream()
                                .map(policy -> counted(handle, policy, call.account()).build())
                                .toList())
                        .isTruncated(page.truncated())
                        .marker(page.marker())
                        .build());
              });
        });
  }

  private static boolean isUsed(
      Handle handle, ManagedPolicy policy, String usage, AccountId account) {
    return usage.equals("PermissionsBoundary")
        ? ManagedPolicyStore.boundaryUses(handle, policy.arn(), account) > 0
        : ManagedPolicyStore.attachments(handle, policy.arn(), account) > 0;
  }

  @Override
  public Guarded<ListEntitiesForPolicyResponse> listEntitiesForPolicy(
      Call<ListEntitiesForPolicyRequest> call) {
    ListEntitiesForPolicyRequest input = call.input();
    return Guarded.by(
        check("iam:ListEntitiesForPolicy", input.policyArn()),
        _ -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  iam.pages(),
                  String.join(
                      "|",
                      input.policyArn(),
                      String.valueOf(input.entityFilter()),
                      String.valueOf(input.pathPrefix())),
                  input.marker(),
                  input.maxItems());
          return iam.database()
              .read(handle -> {
                require(handle, input.policyArn(), call.account());
                PageRequest.Page<Entity> page =
                    request.cut(
                        users(handle, call, request), iam.pages(), ManagedPolicies::pageKey);
                return Outcome.answer(entities(page));
              });
        });
  }

  private static List<Entity> users(
      Handle handle, Call<ListEntitiesForPolicyRequest> call, PageRequest request) {
    ListEntitiesForPolicyRequest input = call.input();
    String prefix = Objects.requireNonNullElse(input.pathPrefix(), "/");
    List<Entity> found = new ArrayList<>();
    for (EntityKind kind : EntityKind.values()) {
      if (input.entityFilter() == null || input.entityFilter().equals(kind.displayName())) {
        found.addAll(
            ManagedPolicyStore.attachedOwners(handle, kind, input.policyArn(), call.account()));
      }
    }
    return found.stream()
        .filter(entity -> entity.path().startsWith(prefix))
        .filter(entity -> pageKey(entity).compareTo(request.after()) > 0)
        .sorted(java.util.Comparator.comparing(ManagedPolicies::pageKey))
        .limit(request.limit() + 1L)
        .toList();
  }

  private static String pageKey(Entity entity) {
    return entity.kind().displayName() + '/' + EntityStore.fold(entity.name());
  }

  private static ListEntitiesForPolicyResponse entities(PageRequest.Page<Entity> page) {
    List<PolicyGroup> groups = new ArrayList<>();
    List<PolicyUser> users = new ArrayList<>();
    List<PolicyRole> roles = new ArrayList<>();
    for (Entity entity : page.items()) {
      switch (entity.kind()) {
        case USER ->
            users.add(PolicyUser.builder().userName(entity.name()).userId(entity.id()).build());
        case GROUP ->
            groups.add(PolicyGroup.builder().groupName(entity.name()).groupId(entity.id()).build());
        case ROLE ->
            roles.add(PolicyRole.builder().roleName(entity.name()).roleId(entity.id()).build());
      }
    }
    return ListEntitiesForPolicyResponse.builder()
        .policyGroups(groups)
        .policyUsers(users)
        .policyRoles(roles)
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  /** The check for an operation on one managed policy. */
  static AccessCheck check(String action, String arn) {
    try {
      Arn parsed = Arn.parse(arn);
      if (parsed.service().equals("iam") && parsed.resource().startsWith("policy/")) {
        return AccessCheck.of(action, arn);
      }
    } catch (IllegalArgumentException notAnArn) {
      // The same refusal as for an ARN of another kind.
    }
    throw IamErrors.validation("Invalid ARN:  Could not be parsed!");
  }

  /**
   * The policy, the caller's account's or AWS's.
   *
   * @throws ServiceException NoSuchEntity
   */
  static ManagedPolicy require(Handle handle, String arn, AccountId account) {
    return find(handle, arn, account).orElseThrow(() -> IamErrors.noSuchPolicy(arn));
  }

  /** The policy, when it is the account's own or AWS's. */
  static Optional<ManagedPolicy> find(Handle handle, String arn, AccountId account) {
    return ManagedPolicyStore.find(handle, arn)
        .filter(policy -> policy.isAwsManaged() || policy.account().equals(account.value()));
  }

  /**
   * The policy, which the account must own.
   *
   * @throws ServiceException NoSuchEntity, or AccessDenied for one of AWS's
   */
  static ManagedPolicy requireOwn(Handle handle, String arn, AccountId account) {
    ManagedPolicy policy = require(handle, arn, account);
    if (policy.isAwsManaged()) {
      throw new ServiceException(
          "AccessDenied", 403, "Policy " + arn + " is outside your own account.");
    }
    return policy;
  }

  private static Policy.Builder described(Handle handle, ManagedPolicy policy, AccountId account) {
    return counted(handle, policy, account)
        .description(policy.description())
        .tags(policy.isAwsManaged() ? List.of() : TagStore.of(handle, policy.id()));
  }

  private static Policy.Builder counted(Handle handle, ManagedPolicy policy, AccountId account) {
    return shown(
        policy,
        ManagedPolicyStore.attachments(handle, policy.arn(), account),
        ManagedPolicyStore.boundaryUses(handle, policy.arn(), account));
  }

  private static Policy.Builder shown(
      ManagedPolicy policy, @Nullable Integer attachments, @Nullable Integer boundaryUses) {
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(policy.defaultVersionId())
        .attachmentCount(attachments)
        .permissionsBoundaryUsageCount(boundaryUses)
        .isAttachable(true)
        .createDate(policy.createdAt())
        .updateDate(policy.updatedAt());
  }
}
