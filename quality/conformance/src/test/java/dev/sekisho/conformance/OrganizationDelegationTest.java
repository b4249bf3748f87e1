package dev.sekisho.conformance;

import static dev.sekisho.conformance.OrganizationFixture.statement;
import static dev.sekisho.conformance.OrganizationsTest.invalid;
import static dev.sekisho.conformance.OrganizationsTest.violates;
import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.DelegatedAdministrator;
import software.amazon.awssdk.services.organizations.model.DelegatedService;
import software.amazon.awssdk.services.organizations.model.EnabledServicePrincipal;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.organizations.model.ResourcePolicy;

/** What an organization hands on: to services, to delegated administrators, by its own policy. */
class OrganizationDelegationTest {

  private static final String SERVICE = "guardduty.amazonaws.com";

  private OrganizationFixture fixture;
  private OrganizationsClient organizations;
  private String root;
  private String account;
  private OrganizationsClient inside;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    organizations = fixture.organizations;
    root = fixture.organization();
    account = fixture.account();
    inside = fixture.as(fixture.inside(account));
  }

  @AfterEach
  void stop() {
    inside.close();
    fixture.close();
  }

  private void register(String who) {
    organizations.registerDelegatedAdministrator(r -> r.accountId(who).servicePrincipal(SERVICE));
  }

  @Test
  void servicesAreGivenAccess() {
    organizations.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
    organizations.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
    organizations.enableAWSServiceAccess(r -> r.servicePrincipal("access-analyzer.amazonaws.com"));
    assertThat(organizations.listAWSServiceAccessForOrganization().enabledServicePrincipals())
        .extracting(EnabledServicePrincipal::servicePrincipal)
        .containsExactly("access-analyzer.amazonaws.com", SERVICE);
    organizations.disableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
    assertThat(organizations.listAWSServiceAccessForOrganization().enabledServicePrincipals())
        .hasSize(1);
    refused(
        "InvalidInputException",
        400,
        "You specified an unrecognized service principal.",
        () -> organizations.enableAWSServiceAccess(r -> r.servicePrincipal("no.amazonaws.com")));
    invalid(
        "UNRECOGNIZED_SERVICE_PRINCIPAL",
        () -> organizations.disableAWSServiceAccess(r -> r.servicePrincipal("no.amazonaws.com")));
  }

  @Test
  void anAdministratorIsRegisteredAndReads() {
    violates("SERVICE_ACCESS_NOT_ENABLED", () -> register(account));
    organizations.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
    violates(
        "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
        () -> register(SekishoInstance.ACCOUNT));
    assertThatThrownBy(() -> register("999999999999")).hasMessageContaining("doesn't exist");
    assertThatThrownBy(inside::listAccounts).hasMessageContaining("don't have permissions");
    assertThatThrownBy(
            () -> organizations.listDelegatedServicesForAccount(r -> r.accountId(account)))
        .hasMessageContaining("not a registered delegated administrator");
    register(account);

    assertThat(inside.listAccounts().accounts()).hasSize(2);
    assertThat(inside.listRoots().roots()).hasSize(1);
    assertThatThrownBy(() -> inside.createOrganizationalUnit(r -> r.parentId(root).name("x")))
        .hasMessageContaining("You don't have permissions to access this resource.");
    assertThat(organizations.listDelegatedAdministrators(r -> {}).delegatedAdministrators())
        .extracting(DelegatedAdministrator::id)
        .containsExactly(account);
    assertThat(
            organizations
                .listDelegatedAdministrators(r -> r.servicePrincipal("config.amazonaws.com"))
                .delegatedAdministrators())
        .isEmpty();
    assertThat(
            organizations
                .listDelegatedServicesForAccount(r -> r.accountId(account))
                .delegatedServices())
        .extracting(DelegatedService::servicePrincipal)
        .containsExactly(SERVICE);
    refused(
        "AccountAlreadyRegisteredException",
        400,
        "The provided account is already a delegated administrator for your organization.",
        () -> register(account));
    violates(
        "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
        () -> organizations.removeAccountFromOrganization(r -> r.accountId(account)));
    violates(
        "DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE",
        () -> organizations.disableAWSServiceAccess(r -> r.servicePrincipal(SERVICE)));

    organizations.deregisterDelegatedAdministrator(
        r -> r.accountId(account).servicePrincipal(SERVICE));
    assertThatThrownBy(inside::listAccounts).hasMessageContaining("don't have permissions");
    refused(
        "AccountNotRegisteredException",
        400,
        "The provided account is not a registered delegated administrator for your organization.",
        () ->
            organizations.deregisterDelegatedAdministrator(
                r -> r.accountId(account).servicePrincipal(SERVICE)));
    organizations.closeAccount(r -> r.accountId(account));
    violates(
        "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR", () -> register(account));
  }

  private String delegation(String actions) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
    "Principal":{"AWS":"arn:aws:iam::%s:root"},"Action":%s,"Resource":"*"}]}\
    """
        .formatted(account, actions);
  }

  @Test
  void theResourcePolicyHandsOnWhatItSays() {
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    refused(
        "ResourcePolicyNotFoundException",
        400,
        "Resource policy not found.",
        () -> organizations.describeResourcePolicy(r -> {}));
    ResourcePolicy put =
        organizations
            .putResourcePolicy(r ->
                r.content(
                        delegation(
                            "[\"organizations:ListRoots\",\"organizations:CreatePolicy\","
                                + "\"organizations:AttachPolicy\"]"))
                    .tags(t -> t.key("a").value("b")))
            .resourcePolicy();
    String id = put.resourcePolicySummary().id();
    assertThat(put.resourcePolicySummary().arn()).contains(":resourcepolicy/o-").endsWith(id);
    assertThat(organizations.describeResourcePolicy(r -> {}).resourcePolicy()).isEqualTo(put);
    assertThat(organizations.listTagsForResource(r -> r.resourceId(id)).tags()).hasSize(1);

    assertThat(inside.listRoots().roots()).hasSize(1);
    String policy =
        inside
            .createPolicy(r ->
                r.type(PolicyType.SERVICE_CONTROL_POLICY)
                    .name("theirs")
                    .description("")
                    .content(statement("Deny", "iam:ListRoles")))
            .policy()
            .policySummary()
            .id();
    inside.attachPolicy(r -> r.policyId(policy).targetId(root));
    assertThatThrownBy(() -> inside.detachPolicy(r -> r.policyId(policy).targetId(root)))
        .hasMessageContaining(
            "because no resource-based policy allows the organizations:DetachPolicy action");
    // What cannot be handed on is not, whatever the policy says.
    organizations.putResourcePolicy(r -> r.content(delegation("\"organizations:*\"")));
    inside.detachPolicy(r -> r.policyId(policy).targetId(root));
    assertThatThrownBy(() -> inside.closeAccount(r -> r.accountId(account)))
        .hasMessageContaining("You don't have permissions to access this resource.");

    organizations.deleteResourcePolicy(r -> {});
    assertThatThrownBy(inside::listRoots)
        .hasMessageContaining("You don't have permissions to access this resource.");
  }

  @Test
  void theResourcePolicyIsChecked() {
    invalid(
        "INVALID_RESOURCE_POLICY_JSON", () -> organizations.putResourcePolicy(r -> r.content("x")));
    invalid(
        "UNSUPPORTED_ACTION_IN_RESOURCE_POLICY",
        () -> organizations.putResourcePolicy(r -> r.content(delegation("\"iam:*\""))));
    invalid(
        "INVALID_PRINCIPAL",
        () ->
            organizations.putResourcePolicy(r ->
                r.content(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":
                    {"Service":"ec2.amazonaws.com"},"Action":"organizations:ListRoots",
                    "Resource":"*"}]}\
                    """)));
  }

  @Test
  void servicePrincipalsAreAConditionKey() {
    try (IamClient iam = fixture.sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("limited"));
      iam.putUserPolicy(r ->
          r.userName("limited")
              .policyName("p")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                  "Action":"organizations:EnableAWSServiceAccess","Resource":"*","Condition":
                  {"StringEquals":{"organizations:ServicePrincipal":"guardduty.amazonaws.com"}}}]}\
                  """));
      AccessKey key = iam.createAccessKey(r -> r.userName("limited")).accessKey();
      try (OrganizationsClient limited =
          fixture.as(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
        limited.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE));
        assertThatThrownBy(() ->
                limited.enableAWSServiceAccess(r -> r.servicePrincipal("config.amazonaws.com")))
            .hasMessageContaining("because no identity-based policy allows");
      }
    }
  }

  @Test
  void aCommonBillHandsOnNothing() {
    organizations.removeAccountFromOrganization(r -> r.accountId(account));
    organizations.deleteOrganization();
    organizations.createOrganization(
        r -> r.featureSet(OrganizationFeatureSet.CONSOLIDATED_BILLING));
    String reason = "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE";
    violates(reason, () -> organizations.enableAWSServiceAccess(r -> r.servicePrincipal(SERVICE)));
    violates(reason, organizations::listAWSServiceAccessForOrganization);
    violates(reason, () -> organizations.listDelegatedAdministrators(r -> {}));
    violates(reason, () -> register(account));
    violates(reason, () -> organizations.describeResourcePolicy(r -> {}));
  }
}
