package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.DelegatedAdministrator;
import dev.sekisho.contract.organizations.DelegatedService;
import dev.sekisho.contract.organizations.DeregisterDelegatedAdministratorRequest;
import dev.sekisho.contract.organizations.DeregisterDelegatedAdministratorResponse;
import dev.sekisho.contract.organizations.ListDelegatedAdministratorsRequest;
import dev.sekisho.contract.organizations.ListDelegatedAdministratorsResponse;
import dev.sekisho.contract.organizations.ListDelegatedServicesForAccountRequest;
import dev.sekisho.contract.organizations.ListDelegatedServicesForAccountResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.RegisterDelegatedAdministratorRequest;
import dev.sekisho.contract.organizations.RegisterDelegatedAdministratorResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.organizations.DelegationStore.Delegation;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Member accounts that administer a service for the whole organization. */
final class DelegatedAdministrators implements OrganizationsApi.DelegatedAdministrators {

  private final OrganizationsContext organizations;
  private final Gate gate;

  DelegatedAdministrators(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<RegisterDelegatedAdministratorResponse> registerDelegatedAdministrator(
      Call<RegisterDelegatedAdministratorRequest> call) {
    String account = call.input().accountId();
    String service = call.input().servicePrincipal();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        onAccount(account, service),
        (transaction, organization) -> {
          register(transaction, organization, account, service);
          return RegisterDelegatedAdministratorResponse.builder().build();
        });
  }

  private void register(
      Transaction transaction, Organization organization, String account, String service) {
    Handle handle = StoreTransaction.handle(transaction);
    requireUsable(organization, service);
    Member member = Accounts.require(handle, organization, account);
    if (organization.isManagement(member.id())) {
      throw OrganizationsErrors.constraint(
          "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
          "You cannot register master account/yourself as delegated administrator for your"
              + " organization.");
    }
    if (member.state() != Member.State.ACTIVE) {
      throw OrganizationsErrors.constraint(
          "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
          "You cannot register a suspended account as a delegated administrator.");
    }
    if (!ServiceAccess.isEnabled(handle, organization, service)) {
      throw OrganizationsErrors.constraint(
          "SERVICE_ACCESS_NOT_ENABLED",
          "You must enable service access before you register a delegated administrator.");
    }
    if (isRegistered(handle, organization, account, service)) {
      throw OrganizationsErrors.alreadyRegistered();
    }
    DelegationStore.insert(
        transaction, organization, new Delegation(account, service, organizations.now()));
  }

  @Override
  public Guarded<DeregisterDelegatedAdministratorResponse> deregisterDelegatedAdministrator(
      Call<DeregisterDelegatedAdministratorRequest> call) {
    String account = call.input().accountId();
    String service = call.input().servicePrincipal();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        onAccount(account, service),
        (transaction, organization) -> {
          requireUsable(organization, service);
          Accounts.require(StoreTransaction.handle(transaction), organization, account);
          if (DelegationStore.delete(transaction, organization, account, service) == 0) {
            throw OrganizationsErrors.notRegistered();
          }
          return DeregisterDelegatedAdministratorResponse.builder().build();
        });
  }

  @Override
  public Guarded<ListDelegatedAdministratorsResponse> listDelegatedAdministrators(
      Call<ListDelegatedAdministratorsRequest> call) {
    String service = call.input().servicePrincipal();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any("organizations:ServicePrincipal", service),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  String.valueOf(service),
                  call.input().nextToken(),
                  call.input().maxResults());
          requireAllFeatures(organization);
          Map<String, Instant> since = new LinkedHashMap<>();
          DelegationStore.all(handle, organization).stream()
              .filter(each -> service == null || each.service().equals(service))
              .forEach(each ->
                  since.merge(
                      each.account(),
                      each.enabledAt(),
                      (one, other) -> one.isBefore(other) ? one : other));
          PageRequest.Page<String> page =
              request.cut(List.copyOf(since.keySet()), account -> account);
          return ListDelegatedAdministratorsResponse.builder()
              .delegatedAdministrators(
                  page.items().stream()
                      .map(account ->
                          shown(
                              organization,
                              Accounts.require(handle, organization, account),
                              Objects.requireNonNull(since.get(account))))
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  @Override
  public Guarded<ListDelegatedServicesForAccountResponse> listDelegatedServicesForAccount(
      Call<ListDelegatedServicesForAccountRequest> call) {
    String account = call.input().accountId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(account),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  account,
                  call.input().nextToken(),
                  call.input().maxResults());
          requireAllFeatures(organization);
          Accounts.require(handle, organization, account);
          List<Delegation> delegations = DelegationStore.ofAccount(handle, organization, account);
          if (delegations.isEmpty()) {
            throw OrganizationsErrors.notRegistered();
          }
          PageRequest.Page<Delegation> page = request.cut(delegations, Delegation::service);
          return ListDelegatedServicesForAccountResponse.builder()
              .delegatedServices(
                  page.items().stream()
                      .map(each ->
                          DelegatedService.builder()
                              .servicePrincipal(each.service())
                              .delegationEnabledDate(each.enabledAt())
                              .build())
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  private static Gate.Resources onAccount(String account, String service) {
    return (_, organization, action) ->
        List.of(
            AccessCheck.of(action, organization.entityArn(account))
                .with("organizations:ServicePrincipal", service));
  }

  private static boolean isRegistered(
      Handle handle, Organization organization, String account, String service) {
    return DelegationStore.ofAccount(handle, organization, account).stream()
        .anyMatch(each -> each.service().equals(service));
  }

  private static void requireUsable(Organization organization, String service) {
    requireAllFeatures(organization);
    if (!TrustedServices.contains(service)) {
      throw OrganizationsErrors.unknownService();
    }
  }

  private static void requireAllFeatures(Organization organization) {
    if (!organization.allFeatures()) {
      throw OrganizationsErrors.needsAllFeatures();
    }
  }

  private static DelegatedAdministrator shown(
      Organization organization, Member member, Instant since) {
    return DelegatedAdministrator.builder()
        .id(member.id().value())
        .arn(organization.accountArn(member.id()))
        .email(member.email())
        .name(member.name())
        .status(member.state() == Member.State.ACTIVE ? "ACTIVE" : "SUSPENDED")
        .state(member.state().name())
        .joinedMethod(member.joinedMethod())
        .joinedTimestamp(member.joinedAt())
        .delegationEnabledDate(since)
        .build();
  }
}
