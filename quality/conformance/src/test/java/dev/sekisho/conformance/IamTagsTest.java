package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags, boundaries, instance profiles and the account's settings through the real port. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamTagsTest {

  private static final String TRUST_EC2 =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
      "Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;
  private static final String ALLOW_ALL =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
      """;

  private SekishoInstance sekisho;
  private IamClient iam;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    iam.close();
    sekisho.close();
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void usersAreTagged() {
    iam.createUser(r -> r.userName("tagged").tags(tag("Team", "red")));
    iam.tagUser(r -> r.userName("tagged").tags(tag("team", "blue"), tag("cost", "1")));
    assertThat(iam.listUserTags(r -> r.userName("tagged")).tags())
        .as("a key that differs in case only takes the old one's place")
        .containsExactly(tag("cost", "1"), tag("team", "blue"));
    assertThat(iam.getUser(r -> r.userName("tagged")).user().tags()).hasSize(2);
    assertThat(iam.listUserTags(r -> r.userName("tagged").maxItems(1)).tags())
        .containsExactly(tag("cost", "1"));
    String marker = iam.listUserTags(r -> r.userName("tagged").maxItems(1)).marker();
    assertThat(iam.listUserTags(r -> r.userName("tagged").marker(marker)).tags())
        .containsExactly(tag("team", "blue"));
    iam.untagUser(r -> r.userName("tagged").tagKeys("TEAM", "never-there"));
    assertThat(iam.listUserTags(r -> r.userName("tagged")).tags())
        .containsExactly(tag("cost", "1"));
    List<Tag> many = IntStream.range(0, 50).mapToObj(i -> tag("k" + i, "v")).toList();
    refused(
        "LimitExceeded",
        409,
        "The number of tags has reached the maximum limit.",
        () -> iam.tagUser(r -> r.userName("tagged").tags(many)));
    assertThat(iam.listUserTags(r -> r.userName("tagged")).tags()).hasSize(1);
    refused(
        "NoSuchEntity",
        404,
        "The user with name nobody cannot be found.",
        () -> iam.listUserTags(r -> r.userName("nobody")));
  }

  @Test
  void rolesPoliciesAndProfilesAreTagged() {
    iam.createRole(r -> r.roleName("tagged").assumeRolePolicyDocument(TRUST_EC2));
    iam.tagRole(r -> r.roleName("tagged").tags(tag("a", "1")));
    assertThat(iam.listRoleTags(r -> r.roleName("tagged")).tags()).containsExactly(tag("a", "1"));
    iam.untagRole(r -> r.roleName("tagged").tagKeys("a"));
    assertThat(iam.listRoleTags(r -> r.roleName("tagged")).tags()).isEmpty();

    String arn =
        iam.createPolicy(r -> r.policyName("tagged").policyDocument(ALLOW_ALL)).policy().arn();
    iam.tagPolicy(r -> r.policyArn(arn).tags(tag("a", "1")));
    assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).containsExactly(tag("a", "1"));
    iam.untagPolicy(r -> r.policyArn(arn).tagKeys("a"));
    assertThat(iam.listPolicyTags(r -> r.policyArn(arn)).tags()).isEmpty();

    iam.createInstanceProfile(r -> r.instanceProfileName("tagged"));
    iam.tagInstanceProfile(r -> r.instanceProfileName("tagged").tags(tag("a", "1")));
    assertThat(iam.listInstanceProfileTags(r -> r.instanceProfileName("tagged")).tags())
        .containsExactly(tag("a", "1"));
    iam.untagInstanceProfile(r -> r.instanceProfileName("tagged").tagKeys("a"));
    assertThat(iam.listInstanceProfileTags(r -> r.instanceProfileName("tagged")).tags()).isEmpty();
  }

  @Test
  void boundariesArePutAndTakenAway() {
    String arn =
        iam.createPolicy(r -> r.policyName("limit").policyDocument(ALLOW_ALL)).policy().arn();
    iam.createUser(r -> r.userName("limited"));
    iam.createRole(r -> r.roleName("limited").assumeRolePolicyDocument(TRUST_EC2));
    iam.putUserPermissionsBoundary(r -> r.userName("limited").permissionsBoundary(arn));
    iam.putRolePermissionsBoundary(r -> r.roleName("limited").permissionsBoundary(arn));
    assertThat(
            iam.getUser(r -> r.userName("limited"))
                .user()
                .permissionsBoundary()
                .permissionsBoundaryArn())
        .isEqualTo(arn);
    assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().permissionsBoundaryUsageCount())
        .isEqualTo(2);
    assertThatThrownBy(() -> iam.deletePolicy(r -> r.policyArn(arn)))
        .hasMessageContaining("Cannot delete entity");
    iam.deleteUserPermissionsBoundary(r -> r.userName("limited"));
    iam.deleteRolePermissionsBoundary(r -> r.roleName("limited"));
    assertThat(iam.getRole(r -> r.roleName("limited")).role().permissionsBoundary()).isNull();
    refused(
        "NoSuchEntity",
        404,
        "Scope ARN: arn:aws:iam::000000000001:policy/none does not exist or is not attachable.",
        () ->
            iam.putUserPermissionsBoundary(r ->
                r.userName("limited")
                    .permissionsBoundary("arn:aws:iam::000000000001:policy/none")));
  }

  @Test
  void anInstanceProfileHoldsARole() {
    InstanceProfile made =
        iam.createInstanceProfile(r -> r.instanceProfileName("machine").path("/m/"))
            .instanceProfile();
    assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000001:instance-profile/m/machine");
    assertThat(made.instanceProfileId()).startsWith("AIPA");
    Role role =
        iam.createRole(r -> r.roleName("machine").assumeRolePolicyDocument(TRUST_EC2)).role();
    iam.addRoleToInstanceProfile(r -> r.instanceProfileName("machine").roleName("machine"));
    assertThat(
            iam.getInstanceProfile(r -> r.instanceProfileName("machine")).instanceProfile().roles())
        .extracting(Role::roleId)
        .containsExactly(role.roleId());
    assertThat(iam.listInstanceProfilesForRole(r -> r.roleName("machine")).instanceProfiles())
        .hasSize(1);
    assertThat(iam.listInstanceProfiles(r -> r.pathPrefix("/m/")).instanceProfiles()).hasSize(1);
    refused(
        "LimitExceeded",
        409,
        "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1",
        () ->
            iam.addRoleToInstanceProfile(
                r -> r.instanceProfileName("machine").roleName("machine")));
    refused(
        "DeleteConflict",
        409,
        "Cannot delete entity, must remove roles from instance profile first.",
        () -> iam.deleteRole(r -> r.roleName("machine")));
    refused(
        "DeleteConflict",
        409,
        "Cannot delete entity, must remove roles from instance profile first.",
        () -> iam.deleteInstanceProfile(r -> r.instanceProfileName("machine")));
    iam.removeRoleFromInstanceProfile(r -> r.instanceProfileName("machine").roleName("machine"));
    iam.deleteInstanceProfile(r -> r.instanceProfileName("machine"));
    iam.deleteRole(r -> r.roleName("machine"));
    refused(
        "NoSuchEntity",
        404,
        "Instance Profile machine cannot be found.",
        () -> iam.getInstanceProfile(r -> r.instanceProfileName("machine")));
  }

  @Test
  void theAccountHasAnAliasAndASummary() {
    assertThat(iam.listAccountAliases().accountAliases()).isEmpty();
    iam.createAccountAlias(r -> r.accountAlias("first-name"));
    iam.createAccountAlias(r -> r.accountAlias("second-name"));
    assertThat(iam.listAccountAliases().accountAliases()).containsExactly("second-name");
    refused(
        "NoSuchEntity",
        404,
        "The account alias first-name cannot be found.",
        () -> iam.deleteAccountAlias(r -> r.accountAlias("first-name")));
    iam.deleteAccountAlias(r -> r.accountAlias("second-name"));
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("AccountAccessKeysPresent", 1)
        .containsEntry("UsersQuota", 5000)
        .containsKey("Users");
  }
}
