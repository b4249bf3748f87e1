package dev.sekisho.conformance;

import static dev.sekisho.conformance.OrganizationFixture.resourceControl;
import static dev.sekisho.conformance.OrganizationFixture.statement;
import static dev.sekisho.conformance.OrganizationsTest.invalid;
import static dev.sekisho.conformance.OrganizationsTest.violates;
import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.EffectivePolicyType;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.Policy;
import software.amazon.awssdk.services.organizations.model.PolicySummary;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.organizations.model.PolicyTypeStatus;
import software.amazon.awssdk.services.organizations.model.PolicyTypeSummary;
import software.amazon.awssdk.services.organizations.model.TargetType;

/** Policies of organizations, as AWS's client sees them. */
class OrganizationPoliciesTest {

  private static final String FULL = "p-FullAWSAccess";
  private static final String DENY = statement("Deny", "iam:ListUsers");

  private OrganizationFixture fixture;
  private OrganizationsClient organizations;
  private String root;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    organizations = fixture.organizations;
    root = fixture.organization();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private List<String> attached(String target, PolicyType type) {
    return organizations
        .listPoliciesForTarget(r -> r.targetId(target).filter(type))
        .policies()
        .stream()
        .map(PolicySummary::id)
        .toList();
  }

  @Test
  void aTypeIsEnabledAndDisabled() {
    String unit = fixture.unit(root, "unit");
    String account = fixture.account();
    assertThat(
            organizations
                .enablePolicyType(r -> r.rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY))
                .root()
                .policyTypes())
        .containsExactly(
            PolicyTypeSummary.builder()
                .type(PolicyType.SERVICE_CONTROL_POLICY)
                .status(PolicyTypeStatus.ENABLED)
                .build());
    fixture.enable(PolicyType.RESOURCE_CONTROL_POLICY);
    String later = fixture.unit(root, "later");
    String made = fixture.account();
    for (String target : List.of(root, unit, account, later, made, SekishoInstance.ACCOUNT)) {
      assertThat(attached(target, PolicyType.SERVICE_CONTROL_POLICY)).containsExactly(FULL);
      assertThat(attached(target, PolicyType.RESOURCE_CONTROL_POLICY))
          .containsExactly("p-RCPFullAWSAccess");
    }
    refused(
        "PolicyTypeAlreadyEnabledException",
        400,
        "The specified policy type is already enabled.",
        () -> fixture.enable(PolicyType.SERVICE_CONTROL_POLICY));
    organizations.disablePolicyType(
        r -> r.rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY));
    assertThat(attached(root, PolicyType.SERVICE_CONTROL_POLICY)).isEmpty();
    refused(
        "PolicyTypeNotEnabledException",
        400,
        "This operation can be performed only for enabled policy types.",
        () ->
            organizations.disablePolicyType(
                r -> r.rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY)));
    refused(
        "RootNotFoundException",
        400,
        "You specified a root that doesn't exist.",
        () ->
            organizations.enablePolicyType(
                r -> r.rootId("r-0000").policyType(PolicyType.TAG_POLICY)));
  }

  @Test
  void aPolicyIsWrittenReadChangedAndDeleted() {
    Policy made =
        organizations
            .createPolicy(r ->
                r.type(PolicyType.SERVICE_CONTROL_POLICY)
                    .name("deny")
                    .description("no lists")
                    .content(DENY)
                    .tags(t -> t.key("a").value("b")))
            .policy();
    String id = made.policySummary().id();
    assertThat(made.content()).isEqualTo(DENY);
    assertThat(made.policySummary().awsManaged()).isFalse();
    assertThat(made.policySummary().arn())
        .matches(
            "arn:aws:organizations::000000000001:policy/o-[a-z0-9]+/service_control_policy/" + id);
    assertThat(organizations.describePolicy(r -> r.policyId(id)).policy()).isEqualTo(made);
    assertThat(organizations.listTagsForResource(r -> r.resourceId(id)).tags()).hasSize(1);
    assertThat(
            organizations.listPolicies(r -> r.filter(PolicyType.SERVICE_CONTROL_POLICY)).policies())
        .extracting(PolicySummary::id)
        .containsExactlyInAnyOrder(id, FULL);
    refused(
        "DuplicatePolicyException",
        400,
        "A policy with the same name already exists.",
        () -> fixture.policy(PolicyType.SERVICE_CONTROL_POLICY, "deny", DENY));
    organizations.updatePolicy(r -> r.policyId(id).name("other"));
    assertThat(organizations.describePolicy(r -> r.policyId(id)).policy().policySummary())
        .satisfies(summary -> {
          assertThat(summary.name()).isEqualTo("other");
          assertThat(summary.description()).isEqualTo("no lists");
        });
    refused(
        "MalformedPolicyDocumentException",
        400,
        "The provided policy document does not meet the requirements of the specified policy"
            + " type.",
        () -> organizations.updatePolicy(r -> r.policyId(id).content("{}")));
    organizations.deletePolicy(r -> r.policyId(id));
    for (String gone : List.of(id, "p-00000000")) {
      refused(
          "PolicyNotFoundException",
          400,
          "You specified a policy that doesn't exist.",
          () -> organizations.describePolicy(r -> r.policyId(gone)));
    }
  }

  @Test
  void whatAwsMadeStaysAsItIs() {
    assertThat(organizations.describePolicy(r -> r.policyId(FULL)).policy().policySummary().arn())
        .isEqualTo("arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess");
    invalid("IMMUTABLE_POLICY", () -> organizations.deletePolicy(r -> r.policyId(FULL)));
    invalid(
        "IMMUTABLE_POLICY", () -> organizations.updatePolicy(r -> r.policyId(FULL).name("mine")));
    fixture.enable(PolicyType.RESOURCE_CONTROL_POLICY);
    invalid("NON_DETACHABLE_POLICY", () -> fixture.detach("p-RCPFullAWSAccess", root));
  }

  @Test
  void aPolicyIsAttachedAndDetached() {
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    String account = fixture.account();
    String unit = fixture.unit(root, "unit");
    String policy = fixture.policy(PolicyType.SERVICE_CONTROL_POLICY, "deny", DENY);
    for (String target : List.of(root, unit, account)) {
      fixture.attach(policy, target);
      refused(
          "DuplicatePolicyAttachmentException",
          400,
          "The selected policy is already attached to the specified target.",
          () -> fixture.attach(policy, target));
    }
    assertThat(organizations.listTargetsForPolicy(r -> r.policyId(policy)).targets())
        .extracting(target -> target.type() + " " + target.name())
        .containsExactlyInAnyOrder(
            TargetType.ROOT + " Root",
            TargetType.ORGANIZATIONAL_UNIT + " unit",
            TargetType.ACCOUNT + " account 1");
    assertThatThrownBy(() -> organizations.deletePolicy(r -> r.policyId(policy)))
        .hasMessageContaining("attached to one or more entities");
    fixture.detach(FULL, account);
    violates("MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", () -> fixture.detach(policy, account));
    refused(
        "PolicyNotAttachedException",
        400,
        "The policy isn't attached to the specified target in the specified root.",
        () -> fixture.detach(FULL, account));
    refused(
        "TargetNotFoundException",
        400,
        "You specified a target that doesn't exist.",
        () -> fixture.attach(policy, "ou-abcd-12345678"));
    String tags = fixture.policy(PolicyType.TAG_POLICY, "tags", "{\"tags\":{}}");
    refused(
        "PolicyTypeNotEnabledException",
        400,
        "This operation can be performed only for enabled policy types.",
        () -> fixture.attach(tags, account));
    String resource =
        fixture.policy(
            PolicyType.RESOURCE_CONTROL_POLICY, "deny", resourceControl("kms:Encrypt", ""));
    assertThatThrownBy(() -> fixture.attach(resource, account))
        .hasMessageContaining("enabled policy types");
  }

  @ParameterizedTest
  @EnumSource(
      value = PolicyType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "UNKNOWN_TO_SDK_VERSION"})
  void everyOtherTypeIsKeptAndMerged(PolicyType type) {
    fixture.enable(type);
    String unit = fixture.unit(root, "unit");
    String account = fixture.account();
    fixture.move(account, unit);
    EffectivePolicyType effective = EffectivePolicyType.fromValue(type.toString());
    assertThatThrownBy(() ->
            organizations.describeEffectivePolicy(r -> r.policyType(effective).targetId(account)))
        .satisfies(refusal ->
            assertThat(refusal.getClass().getSimpleName())
                .isEqualTo("EffectivePolicyNotFoundException"));
    String above =
        fixture.policy(
            type, "above", "{\"tags\":{\"Env\":{\"tag_value\":{\"@@assign\":[\"dev\"]}}}}");
    String below =
        fixture.policy(
            type, "below", "{\"tags\":{\"env\":{\"tag_value\":{\"@@append\":[\"prod\"]}}}}");
    fixture.attach(above, root);
    fixture.attach(below, unit);

    assertThat(
            organizations
                .describeEffectivePolicy(r -> r.policyType(effective).targetId(account))
                .effectivePolicy()
                .policyContent())
        .isEqualTo("{\"tags\":{\"env\":{\"tag_value\":[\"dev\",\"prod\"]}}}");
    assertThat(
            organizations
                .describeEffectivePolicy(r -> r.policyType(effective))
                .effectivePolicy()
                .policyContent())
        .isEqualTo("{\"tags\":{\"env\":{\"tag_value\":[\"dev\"]}}}");
    try (OrganizationsClient inside = fixture.as(fixture.inside(account))) {
      assertThat(
              inside
                  .describeEffectivePolicy(r -> r.policyType(effective))
                  .effectivePolicy()
                  .targetId())
          .isEqualTo(account);
      assertThatThrownBy(() ->
              inside.describeEffectivePolicy(
                  r -> r.policyType(effective).targetId(SekishoInstance.ACCOUNT)))
          .hasMessageContaining("You don't have permissions to access this resource.");
    }
  }

  @Test
  void aCommonBillHasNoPolicies() {
    organizations.deleteOrganization();
    organizations.createOrganization(
        r -> r.featureSet(OrganizationFeatureSet.CONSOLIDATED_BILLING));
    root = fixture.root();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> fixture.enable(PolicyType.SERVICE_CONTROL_POLICY),
            () -> fixture.policy(PolicyType.SERVICE_CONTROL_POLICY, "deny", DENY))) {
      assertThatThrownBy(call)
          .satisfies(refusal ->
              assertThat(refusal.getClass().getSimpleName())
                  .isEqualTo("PolicyTypeNotAvailableForOrganizationException"));
    }
  }

  @Test
  void policiesOfTheCallerSeeTypesAndTags() {
    try (IamClient iam = fixture.sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("tagger"));
      iam.putUserPolicy(r ->
          r.userName("tagger")
              .policyName("p")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"organizations:CreatePolicy","Resource":"*",
                   "Condition":{"StringEquals":{"organizations:PolicyType":"TAG_POLICY"}}},
                  {"Effect":"Allow","Action":"organizations:*","Resource":"*",
                   "Condition":{"StringEquals":{"aws:ResourceTag/team":"blue"}}}]}\
                  """));
      var key = iam.createAccessKey(r -> r.userName("tagger")).accessKey();
      try (OrganizationsClient tagger =
          fixture.as(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
        tagger.createPolicy(
            r -> r.type(PolicyType.TAG_POLICY).name("t").description("").content("{\"tags\":{}}"));
        refused(
            "AccessDeniedException",
            400,
            "User: arn:aws:iam::000000000001:user/tagger is not authorized to perform:"
                + " organizations:CreatePolicy because no identity-based policy allows the"
                + " organizations:CreatePolicy action",
            () ->
                tagger.createPolicy(r ->
                    r.type(PolicyType.SERVICE_CONTROL_POLICY)
                        .name("t")
                        .description("")
                        .content(DENY)));
        String account = fixture.account();
        assertThatThrownBy(() -> tagger.describeAccount(r -> r.accountId(account)))
            .hasMessageContaining(
                "is not authorized to perform: organizations:DescribeAccount on resource:"
                    + " arn:aws:organizations::000000000001:account/o-");
        organizations.tagResource(
            r -> r.resourceId(account).tags(t -> t.key("team").value("blue")));
        tagger.describeAccount(r -> r.accountId(account));
      }
    }
  }
}
