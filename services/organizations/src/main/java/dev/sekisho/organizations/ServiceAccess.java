package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.DisableAWSServiceAccessRequest;
import dev.sekisho.contract.organizations.DisableAWSServiceAccessResponse;
import dev.sekisho.contract.organizations.EnableAWSServiceAccessRequest;
import dev.sekisho.contract.organizations.EnableAWSServiceAccessResponse;
import dev.sekisho.contract.organizations.EnabledServicePrincipal;
import dev.sekisho.contract.organizations.ListAWSServiceAccessForOrganizationRequest;
import dev.sekisho.contract.organizations.ListAWSServiceAccessForOrganizationResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which AWS services may work across an organization's accounts. */
final class ServiceAccess implements OrganizationsApi.ServiceAccess {

  private record Enabled(String service, Instant since) {}

  private final OrganizationsContext organizations;
  private final Gate gate;

  ServiceAccess(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<EnableAWSServiceAccessResponse> enableAWSServiceAccess(
      Call<EnableAWSServiceAccessRequest> call) {
    String service = call.input().servicePrincipal();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.any("organizations:ServicePrincipal", service),
        (transaction, organization) -> {
          requireUsable(organization, service);
          StoreTransaction.handle(transaction)
              .createUpdate(
                  "insert into organization_service_access (organization, service, enabled_at)"
                      + " values (:organization, :service, :at)"
                      + " on conflict (organization, service) do nothing")
              .bind("organization", organization.id())
              .bind("service", service)
              .bind("at", organizations.now().toEpochMilli())
              .execute();
          return EnableAWSServiceAccessResponse.builder().build();
        });
  }

  @Override
  public Guarded<DisableAWSServiceAccessResponse> disableAWSServiceAccess(
      Call<DisableAWSServiceAccessRequest> call) {
    String service = call.input().servicePrincipal();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.any("organizations:ServicePrincipal", service),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          requireUsable(organization, service);
          if (DelegationStore.all(handle, organization).stream()
              .anyMatch(each -> each.service().equals(service))) {
            throw OrganizationsErrors.constraint(
                "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
                "You must deregister the delegated administrators of this service first.");
          }
          handle
              .createUpdate(
                  "delete from organization_service_access where organization = :organization"
                      + " and service = :service")
              .bind("organization", organization.id())
              .bind("service", service)
              .execute();
          return DisableAWSServiceAccessResponse.builder().build();
        });
  }

  @Override
  public Guarded<ListAWSServiceAccessForOrganizationResponse> listAWSServiceAccessForOrganization(
      Call<ListAWSServiceAccessForOrganizationRequest> call) {
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
          if (!organization.allFeatures()) {
            throw OrganizationsErrors.needsAllFeatures();
          }
          PageRequest.Page<Enabled> page = request.cut(all(handle, organization), Enabled::service);
          return ListAWSServiceAccessForOrganizationResponse.builder()
              .enabledServicePrincipals(
                  page.items().stream()
                      .map(each ->
                          EnabledServicePrincipal.builder()
                              .servicePrincipal(each.service())
                              .dateEnabled(each.since())
                              .build())
                      .toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  static boolean isEnabled(Handle handle, Organization organization, String service) {
    return all(handle, organization).stream().anyMatch(each -> each.service().equals(service));
  }

  private static List<Enabled> all(Handle handle, Organization organization) {
    return handle
        .createQuery(
            "select service, enabled_at from organization_service_access"
                + " where organization = :organization order by service")
        .bind("organization", organization.id())
        .map((row, _) ->
            new Enabled(row.getString("service"), Instant.ofEpochMilli(row.getLong("enabled_at"))))
        .list();
  }

  private static void requireUsable(Organization organization, String service) {
    if (!organization.allFeatures()) {
      throw OrganizationsErrors.needsAllFeatures();
    }
    if (!TrustedServices.contains(service)) {
      throw OrganizationsErrors.unknownService();
    }
  }
}
