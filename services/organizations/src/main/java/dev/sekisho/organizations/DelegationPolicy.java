package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.DeleteResourcePolicyRequest;
import dev.sekisho.contract.organizations.DeleteResourcePolicyResponse;
import dev.sekisho.contract.organizations.DescribeResourcePolicyRequest;
import dev.sekisho.contract.organizations.DescribeResourcePolicyResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.PutResourcePolicyRequest;
import dev.sekisho.contract.organizations.PutResourcePolicyResponse;
import dev.sekisho.contract.organizations.ResourcePolicy;
import dev.sekisho.contract.organizations.ResourcePolicySummary;
import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The organization's resource policy, by which it hands on some of its management. */
final class DelegationPolicy implements OrganizationsApi.DelegationPolicy {

  private record Stored(String id, String content) {}

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  DelegationPolicy(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  static Optional<String> content(Handle handle, Organization organization) {
    return find(handle, organization).map(Stored::content);
  }

  static boolean exists(Handle handle, Organization organization, String id) {
    return find(handle, organization).filter(policy -> policy.id().equals(id)).isPresent();
  }

  private static Optional<Stored> find(Handle handle, Organization organization) {
    return handle
        .createQuery(
            "select id, content from organization_resource_policy"
                + " where organization = :organization")
        .bind("organization", organization.id())
        .map((row, _) -> new Stored(row.getString("id"), row.getString("content")))
        .findOne();
  }

  @Override
  public Guarded<PutResourcePolicyResponse> putResourcePolicy(Call<PutResourcePolicyRequest> call) {
    PutResourcePolicyRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.creation(input.tags()),
        (transaction, organization) -> {
          requireAllFeatures(organization);
          List<Tag> tags = TagStore.check(input.tags());
          check(input.content());
          Handle handle = StoreTransaction.handle(transaction);
          Optional<Stored> before = find(handle, organization);
          if (before.isPresent() && !tags.isEmpty()) {
            throw OrganizationsErrors.invalidValue("INVALID_LIST_MEMBER");
          }
          Stored policy =
              new Stored(before.map(Stored::id).orElseGet(ids::resourcePolicy), input.content());
          keep(transaction, organization, policy);
          TagStore.put(transaction, organization, policy.id(), tags);
          return PutResourcePolicyResponse.builder()
              .resourcePolicy(shown(organization, policy))
              .build();
        });
  }

  @Override
  public Guarded<DescribeResourcePolicyResponse> describeResourcePolicy(
      Call<DescribeResourcePolicyRequest> call) {
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any(),
        (handle, organization) ->
            DescribeResourcePolicyResponse.builder()
                .resourcePolicy(shown(organization, require(handle, organization)))
                .build());
  }

  @Override
  public Guarded<DeleteResourcePolicyResponse> deleteResourcePolicy(
      Call<DeleteResourcePolicyRequest> call) {
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.any(),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          Stored policy = require(handle, organization);
          TagStore.removeAll(transaction, policy.id());
          handle
              .createUpdate("delete from organization_resource_policy where id = :id")
              .bind("id", policy.id())
              .execute();
          organizations.changed(transaction);
          return DeleteResourcePolicyResponse.builder().build();
        });
  }

  private void keep(Transaction transaction, Organization organization, Stored policy) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_resource_policy (organization, id, content)"
                + " values (:organization, :id, :content) on conflict (organization)"
                + " do update set content = excluded.content")
        .bind("organization", organization.id())
        .bind("id", policy.id())
        .bind("content", policy.content())
        .execute();
    organizations.changed(transaction);
  }

  private static Stored require(Handle handle, Organization organization) {
    requireAllFeatures(organization);
    return find(handle, organization).orElseThrow(OrganizationsErrors::resourcePolicyNotFound);
  }

  private static void requireAllFeatures(Organization organization) {
    if (!organization.allFeatures()) {
      throw OrganizationsErrors.needsAllFeatures();
    }
  }

  private static ResourcePolicy shown(Organization organization, Stored policy) {
    return ResourcePolicy.builder()
        .resourcePolicySummary(
            ResourcePolicySummary.builder()
                .id(policy.id())
                .arn(organization.resourcePolicyArn(policy.id()))
                .build())
        .content(policy.content())
        .build();
  }

  private static void check(String content) {
    PolicyDocument document;
    try {
      document = PolicyValidator.check(content, PolicyKind.RESOURCE);
    } catch (MalformedPolicyException malformed) {
      throw OrganizationsErrors.invalidInput(
          "INVALID_RESOURCE_POLICY_JSON", "The provided resource policy is not valid.");
    }
    document.statements().forEach(DelegationPolicy::check);
  }

  private static void check(Statement statement) {
    Selection<PrincipalElement> principal = statement.principal();
    if (principal == null
        || principal.negated()
        || !principal.values().stream().allMatch(each -> each.type().equals("AWS"))) {
      throw OrganizationsErrors.invalidInput(
          "INVALID_PRINCIPAL", "The resource policy contains an invalid principal.");
    }
    Selection<String> actions = statement.actions();
    if (actions == null
        || actions.negated()
        || !actions.values().stream().allMatch(each -> each.startsWith("organizations:"))) {
      throw OrganizationsErrors.invalidInput(
          "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY",
          "The resource policy contains an action that is not supported.");
    }
  }
}
