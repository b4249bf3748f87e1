package dev.sekisho.iam;

import dev.sekisho.contract.iam.DisableOrganizationsRootCredentialsManagementRequest;
import dev.sekisho.contract.iam.DisableOrganizationsRootCredentialsManagementResponse;
import dev.sekisho.contract.iam.DisableOrganizationsRootSessionsRequest;
import dev.sekisho.contract.iam.DisableOrganizationsRootSessionsResponse;
import dev.sekisho.contract.iam.EnableOrganizationsRootCredentialsManagementRequest;
import dev.sekisho.contract.iam.EnableOrganizationsRootCredentialsManagementResponse;
import dev.sekisho.contract.iam.EnableOrganizationsRootSessionsRequest;
import dev.sekisho.contract.iam.EnableOrganizationsRootSessionsResponse;
import dev.sekisho.contract.iam.IamApi;
import dev.sekisho.contract.iam.ListOrganizationsFeaturesRequest;
import dev.sekisho.contract.iam.ListOrganizationsFeaturesResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.OrganizationDirectory.Administration;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RootAccess.Feature;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.util.List;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/** What an organization's administrators may do with the root users of its accounts. */
final class OrganizationsFeatures implements IamApi.OrganizationsFeatures {

  private enum Who {
    MANAGEMENT,
    ADMINISTRATORS
  }

  /** A feature taken up or given up. */
  @FunctionalInterface
  private interface Step {
    void take(Handle handle, String organization);
  }

  private final IamContext iam;
  private final OrganizationDirectory organizations;

  OrganizationsFeatures(IamContext iam, OrganizationDirectory organizations) {
    this.iam = iam;
    this.organizations = organizations;
  }

  @Override
  public Guarded<EnableOrganizationsRootCredentialsManagementResponse>
      enableOrganizationsRootCredentialsManagement(
          Call<EnableOrganizationsRootCredentialsManagementRequest> call) {
    return change(
        call,
        Who.MANAGEMENT,
        (handle, id) -> OrganizationFeatureStore.enable(handle, id, Feature.CREDENTIALS_MANAGEMENT),
        (id, features) ->
            EnableOrganizationsRootCredentialsManagementResponse.builder()
                .organizationId(id)
                .enabledFeatures(features)
                .build());
  }

  @Override
  public Guarded<EnableOrganizationsRootSessionsResponse> enableOrganizationsRootSessions(
      Call<EnableOrganizationsRootSessionsRequest> call) {
    return change(
        call,
        Who.MANAGEMENT,
        (handle, id) -> OrganizationFeatureStore.enable(handle, id, Feature.SESSIONS),
        (id, features) ->
            EnableOrganizationsRootSessionsResponse.builder()
                .organizationId(id)
                .enabledFeatures(features)
                .build());
  }

  @Override
  public Guarded<DisableOrganizationsRootCredentialsManagementResponse>
      disableOrganizationsRootCredentialsManagement(
          Call<DisableOrganizationsRootCredentialsManagementRequest> call) {
    return change(
        call,
        Who.ADMINISTRATORS,
        (handle, id) ->
            OrganizationFeatureStore.disable(handle, id, Feature.CREDENTIALS_MANAGEMENT),
        (id, features) ->
            DisableOrganizationsRootCredentialsManagementResponse.builder()
                .organizationId(id)
                .enabledFeatures(features)
                .build());
  }

  @Override
  public Guarded<DisableOrganizationsRootSessionsResponse> disableOrganizationsRootSessions(
      Call<DisableOrganizationsRootSessionsRequest> call) {
    return change(
        call,
        Who.ADMINISTRATORS,
        (handle, id) -> OrganizationFeatureStore.disable(handle, id, Feature.SESSIONS),
        (id, features) ->
            DisableOrganizationsRootSessionsResponse.builder()
                .organizationId(id)
                .enabledFeatures(features)
                .build());
  }

  @Override
  public Guarded<ListOrganizationsFeaturesResponse> listOrganizationsFeatures(
      Call<ListOrganizationsFeaturesRequest> call) {
    return Guarded.by(
        check(call),
        _ -> {
          String id = organization(call, Who.ADMINISTRATORS);
          return iam.database()
              .read(handle ->
                  Outcome.answer(
                      ListOrganizationsFeaturesResponse.builder()
                          .organizationId(id)
                          .enabledFeatures(features(handle, id))
                          .build()));
        });
  }

  private <O> Guarded<O> change(
      Call<?> call, Who who, Step step, BiFunction<String, List<String>, O> answer) {
    return Guarded.by(
        check(call),
        _ -> {
          String id = organization(call, who);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            step.take(handle, id);
            return answer.apply(id, features(handle, id));
          });
        });
  }

  private static AccessCheck check(Call<?> call) {
    return AccessCheck.of("iam:" + call.context().operation(), "*");
  }

  private static List<String> features(Handle handle, String organization) {
    return OrganizationFeatureStore.enabled(handle, organization).stream()
        .map(OrganizationsFeatures::name)
        .toList();
  }

  private static String name(Feature feature) {
    return switch (feature) {
      case CREDENTIALS_MANAGEMENT -> "RootCredentialsManagement";
      case SESSIONS -> "RootSessions";
    };
  }

  /**
   * The organization that the caller may set this for.
   *
   * @throws ServiceException with the reason why there is none
   */
  private String organization(Call<?> call, Who who) {
    Administration here =
        organizations
            .administration(call.account(), CentralRootAccess.SERVICE)
            .orElseThrow(() ->
                refused(
                    "OrganizationNotFoundException",
                    "No organization is associated with your account."));
    if (!here.isAdministrator(call.account())) {
      throw refused(
          "AccountNotManagementOrDelegatedAdministratorException",
          "The account making the request is not the management account or delegated administrator"
              + " account for centralized root access.");
    }
    if (who == Who.MANAGEMENT && !call.account().equals(here.management())) {
      throw refused(
          "CallerIsNotManagementAccountException",
          "The account making the request is not the management account for the organization.");
    }
    if (!here.allFeatures()) {
      throw refused(
          "OrganizationNotInAllFeaturesModeException",
          "Your organization does not have All features enabled.");
    }
    if (!here.trusted()) {
      throw refused(
          "ServiceAccessNotEnabledException",
          "Trusted access is not enabled for IAM in Organizations.");
    }
    return here.organizationId();
  }

  private static ServiceException refused(String code, String message) {
    return new ServiceException(code, 400, message);
  }
}
