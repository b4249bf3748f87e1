package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccountNotManagementOrDelegatedAdministratorException;
import software.amazon.awssdk.services.iam.model.CallerIsNotManagementAccountException;
import software.amazon.awssdk.services.iam.model.FeatureType;
import software.amazon.awssdk.services.iam.model.OrganizationNotFoundException;
import software.amazon.awssdk.services.iam.model.OrganizationNotInAllFeaturesModeException;
import software.amazon.awssdk.services.iam.model.ServiceAccessNotEnabledException;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;

/** An organization takes up centralized root access and gives it up. */
class RootFeaturesTest {

  private static final String SERVICE = "iam.amazonaws.com";

  private OrganizationFixture fixture;
  private IamClient iam;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    iam = fixture.sekisho.client(IamClient.builder());
  }

  @AfterEach
  void stop() {
    iam.close();
    fixture.close();
  }

  private void trust() {
    fixture.organizations.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
  }

  @Test
  void eachFeatureIsTakenUpByItself() {
    fixture.organization();
    trust();
    String id = fixture.organizations.describeOrganization().organization().id();

    assertThat(iam.listOrganizationsFeatures(r -> {}).enabledFeatures()).isEmpty();
    var first = iam.enableOrganizationsRootSessions(r -> {});
    assertThat(first.organizationId()).isEqualTo(id);
    assertThat(first.enabledFeatures()).containsExactly(FeatureType.ROOT_SESSIONS);
    assertThat(iam.enableOrganizationsRootCredentialsManagement(r -> {}).enabledFeatures())
        .containsExactly(FeatureType.ROOT_CREDENTIALS_MANAGEMENT, FeatureType.ROOT_SESSIONS);
    iam.enableOrganizationsRootSessions(r -> {});

    var listed = iam.listOrganizationsFeatures(r -> {});
    assertThat(listed.organizationId()).isEqualTo(id);
    assertThat(listed.enabledFeatures()).hasSize(2);
    assertThat(iam.disableOrganizationsRootSessions(r -> {}).enabledFeatures())
        .containsExactly(FeatureType.ROOT_CREDENTIALS_MANAGEMENT);
    assertThat(iam.disableOrganizationsRootCredentialsManagement(r -> {}).enabledFeatures())
        .isEmpty();
    iam.disableOrganizationsRootCredentialsManagement(r -> {});
  }

  @Test
  void thereMustBeAnOrganizationThatTrustsIam() {
    refused(
        OrganizationNotFoundException.class.getSimpleName(),
        400,
        "No organization is associated with your account.",
        () -> iam.listOrganizationsFeatures(r -> {}));
    fixture.organizations.createOrganization(
        r -> r.featureSet(OrganizationFeatureSet.CONSOLIDATED_BILLING));
    refused(
        OrganizationNotInAllFeaturesModeException.class.getSimpleName(),
        400,
        "Your organization does not have All features enabled.",
        () -> iam.enableOrganizationsRootSessions(r -> {}));
    fixture.organizations.deleteOrganization();
    fixture.organization();
    refused(
        ServiceAccessNotEnabledException.class.getSimpleName(),
        400,
        "Trusted access is not enabled for IAM in Organizations.",
        () -> iam.enableOrganizationsRootCredentialsManagement(r -> {}));
    trust();
    iam.enableOrganizationsRootCredentialsManagement(r -> {});
  }

  @Test
  void membersHaveNoSayAndDelegatedAdministratorsHalfOfIt() {
    fixture.organization();
    trust();
    String account = fixture.account();
    iam.enableOrganizationsRootSessions(r -> {});
    try (IamClient member = fixture.sekisho.client(IamClient.builder(), fixture.inside(account))) {
      String message =
          "The account making the request is not the management account or delegated administrator"
              + " account for centralized root access.";
      String code = AccountNotManagementOrDelegatedAdministratorException.class.getSimpleName();
      refused(code, 400, message, () -> member.listOrganizationsFeatures(r -> {}));
      refused(code, 400, message, () -> member.enableOrganizationsRootSessions(r -> {}));
      refused(code, 400, message, () -> member.disableOrganizationsRootSessions(r -> {}));

      fixture.organizations.registerDelegatedAdministrator(
          r -> r.accountId(account).servicePrincipal(SERVICE));
      refused(
          CallerIsNotManagementAccountException.class.getSimpleName(),
          400,
          "The account making the request is not the management account for the organization.",
          () -> member.enableOrganizationsRootCredentialsManagement(r -> {}));
      assertThat(member.listOrganizationsFeatures(r -> {}).enabledFeatures())
          .containsExactly(FeatureType.ROOT_SESSIONS);
      assertThat(member.disableOrganizationsRootSessions(r -> {}).enabledFeatures()).isEmpty();
    }
  }
}
