package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.CreateOrganizationRequest;
import dev.sekisho.contract.organizations.CreateOrganizationResponse;
import dev.sekisho.contract.organizations.DeleteOrganizationRequest;
import dev.sekisho.contract.organizations.DeleteOrganizationResponse;
import dev.sekisho.contract.organizations.DescribeOrganizationRequest;
import dev.sekisho.contract.organizations.DescribeOrganizationResponse;
import dev.sekisho.contract.organizations.ListRootsRequest;
import dev.sekisho.contract.organizations.ListRootsResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.PolicyTypeSummary;
import dev.sekisho.contract.organizations.Root;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** An organization as a whole: made, looked at, taken apart. */
final class OrganizationLifecycle implements OrganizationsApi.OrganizationLifecycle {

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  OrganizationLifecycle(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  @Override
  public Guarded<CreateOrganizationResponse> createOrganization(
      Call<CreateOrganizationRequest> call) {
    return Guarded.by(
        AccessCheck.of("organizations:CreateOrganization", "*"),
        _ ->
            Outcome.change(transaction ->
                create(
                    transaction,
                    call.account(),
                    !"CONSOLIDATED_BILLING".equals(call.input().featureSet()))));
  }

  private CreateOrganizationResponse create(
      Transaction transaction, AccountId account, boolean allFeatures) {
    Handle handle = StoreTransaction.handle(transaction);
    Member member = KnownAccounts.of(handle, account);
    if (member.organization() != null) {
      throw OrganizationsErrors.alreadyInOrganization();
    }
    String root = ids.root();
    while (isTaken(handle, root)) {
      root = ids.root();
    }
    Organization organization = new Organization(ids.organization(), account, root, allFeatures);
    OrganizationStore.insert(transaction, organization);
    UnitStore.insert(transaction, new Unit(root, organization.id(), null, "Root"));
    MemberStore.put(transaction, member.joined(organization, root, "INVITED", organizations.now()));
    organizations.provideOwnRole(transaction, account);
    organizations.changed(transaction);
    return CreateOrganizationResponse.builder().organization(shown(organization, member)).build();
  }

  /** Four letters are few enough to meet again. */
  private static boolean isTaken(Handle handle, String root) {
    return handle
            .createQuery("select count(*) from organization where root_id = :root")
            .bind("root", root)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  @Override
  public Guarded<DescribeOrganizationResponse> describeOrganization(
      Call<DescribeOrganizationRequest> call) {
    return gate.read(
        call,
        Gate.Who.MEMBERS,
        Targets.any(),
        (handle, organization) ->
            DescribeOrganizationResponse.builder()
                .organization(
                    shown(organization, KnownAccounts.of(handle, organization.management())))
                .build());
  }

  @Override
  public Guarded<DeleteOrganizationResponse> deleteOrganization(
      Call<DeleteOrganizationRequest> call) {
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.any(),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          if (MemberStore.count(handle, organization) > 1
              || UnitStore.all(handle, organization).size() > 1
              || PolicyStore.count(handle, organization) > 0) {
            throw OrganizationsErrors.organizationNotEmpty();
          }
          MemberStore.put(transaction, KnownAccounts.of(handle, call.account()).left());
          OrganizationStore.delete(transaction, organization);
          organizations.changed(transaction);
          return DeleteOrganizationResponse.builder().build();
        });
  }

  @Override
  public Guarded<ListRootsResponse> listRoots(Call<ListRootsRequest> call) {
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any(),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  organization.id(),
                  call.input().nextToken(),
                  call.input().maxResults());
          PageRequest.Page<String> page = request.cut(List.of(organization.rootId()), root -> root);
          return ListRootsResponse.builder()
              .roots(page.items().stream().map(_ -> root(handle, organization)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  /** The root as answers show it, with the types of policy that are enabled. */
  static Root root(Handle handle, Organization organization) {
    return Root.builder()
        .id(organization.rootId())
        .arn(organization.entityArn(organization.rootId()))
        .name("Root")
        .policyTypes(
            PolicyStore.enabled(handle, organization).stream()
                .map(OrganizationLifecycle::enabled)
                .toList())
        .build();
  }

  private static PolicyTypeSummary enabled(PolicyType type) {
    return PolicyTypeSummary.builder().type(type.name()).status("ENABLED").build();
  }

  private static dev.sekisho.contract.organizations.Organization shown(
      Organization organization, Member management) {
    return dev.sekisho.contract.organizations.Organization.builder()
        .id(organization.id())
        .arn(organization.arn())
        .featureSet(organization.featureSet())
        .masterAccountArn(organization.accountArn(organization.management()))
        .masterAccountId(organization.management().value())
        .masterAccountEmail(management.email())
        .availablePolicyTypes(
            organization.allFeatures()
                ? List.of(enabled(PolicyType.SERVICE_CONTROL_POLICY))
                : List.of())
        .build();
  }
}
