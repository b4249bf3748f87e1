package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;

/** IAM through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamTest {

  private static final String ALLOW_ALL =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
      """;
  private static final String TRUST_EC2 =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
      "Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
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

  private static String decoded(String document) {
    return URLDecoder.decode(document, StandardCharsets.UTF_8);
  }

  @Nested
  class Users {

    @Test
    void aUserLivesAndGoes() {
      User made =
          iam.createUser(
                  r -> r.userName("Life").path("/staff/").tags(tag("cost", ""), tag("team", "red")))
              .user();

      assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000001:user/staff/Life");
      assertThat(made.userId()).matches("AIDA[A-Z2-7]{17}");
      assertThat(made.tags()).extracting(Tag::key).containsExactly("cost", "team");
      assertThat(iam.getUser(r -> r.userName("life")).user())
          .as("names are found ignoring case and kept as given")
          .isEqualTo(made);
      refused(
          "EntityAlreadyExists",
          409,
          "User with name LIFE already exists.",
          () -> iam.createUser(r -> r.userName("LIFE")));

      iam.updateUser(r -> r.userName("Life").newUserName("Lives").newPath("/"));
      User renamed = iam.getUser(r -> r.userName("Lives")).user();
      assertThat(renamed.userId()).isEqualTo(made.userId());
      assertThat(renamed.arn()).isEqualTo("arn:aws:iam::000000000001:user/Lives");

      iam.deleteUser(r -> r.userName("Lives"));
      refused(
          "NoSuchEntity",
          404,
          "The user with name Lives cannot be found.",
          () -> iam.getUser(r -> r.userName("Lives")));
    }

    @Test
    void usersAreListedInPages() {
      List<String> names = IntStream.range(0, 7).mapToObj(i -> "page-" + i).toList();
      names.forEach(name -> iam.createUser(r -> r.userName(name).path("/pages/")));

      assertThat(
              iam.listUsersPaginator(r -> r.pathPrefix("/pages/").maxItems(3)).users().stream()
                  .map(User::userName))
          .containsExactlyElementsOf(names);
      refused(
          "ValidationError",
          400,
          "Invalid Marker.",
          () -> iam.listUsers(r -> r.pathPrefix("/pages/").marker("forged")));
      String marker = iam.listUsers(r -> r.pathPrefix("/pages/").maxItems(3)).marker();
      refused(
          "ValidationError",
          400,
          "Invalid Marker.",
          () -> iam.listUsers(r -> r.pathPrefix("/other/").marker(marker)));
    }

    @Test
    void aUserInUseIsNotDeleted() {
      iam.createUser(r -> r.userName("used"));
      AccessKey key = iam.createAccessKey(r -> r.userName("used")).accessKey();
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must delete access keys first.",
          () -> iam.deleteUser(r -> r.userName("used")));
      iam.deleteAccessKey(r -> r.userName("used").accessKeyId(key.accessKeyId()));
      iam.putUserPolicy(r -> r.userName("used").policyName("p").policyDocument(ALLOW_ALL));
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must delete policies first.",
          () -> iam.deleteUser(r -> r.userName("used")));
      iam.deleteUserPolicy(r -> r.userName("used").policyName("p"));
      iam.createGroup(r -> r.groupName("using"));
      iam.addUserToGroup(r -> r.groupName("using").userName("used"));
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must remove users from group first.",
          () -> iam.deleteUser(r -> r.userName("used")));
      iam.removeUserFromGroup(r -> r.groupName("using").userName("used"));
      iam.deleteUser(r -> r.userName("used"));
    }

    @Test
    void whatBreaksTheModelIsRefusedInOneMessage() {
      refused(
          "ValidationError",
          400,
          "2 validation errors detected: Value at 'path' failed to satisfy constraint: Member must"
              + " satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F);"
              + " Value at 'userName' failed to satisfy constraint: Member must satisfy regular"
              + " expression pattern: [\\w+=,.@-]+",
          () -> iam.createUser(r -> r.userName("no spaces").path("nowhere")));
    }

    @Test
    void tagsAreCheckedAsAwsDoes() {
      refused(
          "InvalidInput",
          400,
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
          () -> iam.createUser(r -> r.userName("twice").tags(tag("a", "1"), tag("A", "2"))));
    }
  }

  @Nested
  class Groups {

    @Test
    void aGroupLivesAndGoes() {
      iam.createGroup(r -> r.groupName("ops").path("/teams/"));
      iam.createUser(r -> r.userName("member"));
      iam.addUserToGroup(r -> r.groupName("ops").userName("member"));
      iam.addUserToGroup(r -> r.groupName("ops").userName("member"));

      assertThat(iam.getGroup(r -> r.groupName("ops")).users())
          .extracting(User::userName)
          .containsExactly("member");
      assertThat(iam.listGroupsForUser(r -> r.userName("member")).groups())
          .extracting(g -> g.arn())
          .containsExactly("arn:aws:iam::000000000001:group/teams/ops");
      assertThat(iam.listGroups(r -> r.pathPrefix("/teams/")).groups()).hasSize(1);
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must remove users from group first.",
          () -> iam.deleteGroup(r -> r.groupName("ops")));

      iam.updateGroup(r -> r.groupName("ops").newGroupName("operations"));
      iam.removeUserFromGroup(r -> r.groupName("operations").userName("member"));
      iam.deleteGroup(r -> r.groupName("operations"));
      refused(
          "NoSuchEntity",
          404,
          "The group with name operations cannot be found.",
          () -> iam.getGroup(r -> r.groupName("operations")));
    }
  }

  @Nested
  class Roles {

    @Test
    void aRoleLivesAndGoes() {
      Role made =
          iam.createRole(r ->
                  r.roleName("worker")
                      .path("/jobs/")
                      .assumeRolePolicyDocument(TRUST_EC2)
                      .description("works")
                      .tags(tag("test", "value")))
              .role();
      assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000001:role/jobs/worker");
      assertThat(made.roleId()).matches("AROA[A-Z2-7]{17}");
      assertThat(decoded(made.assumeRolePolicyDocument())).isEqualTo(TRUST_EC2);
      assertThat(made.maxSessionDuration()).as("left out of the answer to a creation").isNull();

      Role found = iam.getRole(r -> r.roleName("worker")).role();
      assertThat(found.maxSessionDuration()).isEqualTo(3600);
      assertThat(found.tags()).containsExactly(tag("test", "value"));
      assertThat(found.roleLastUsed()).isNotNull();
      assertThat(iam.listRoles(r -> r.pathPrefix("/jobs/")).roles())
          .singleElement()
          .satisfies(listed -> assertThat(listed.hasTags()).isFalse());

      iam.updateRole(r -> r.roleName("worker").maxSessionDuration(7200));
      assertThat(
              iam.updateRoleDescription(r -> r.roleName("worker").description("rests"))
                  .role()
                  .description())
          .isEqualTo("rests");
      assertThat(iam.getRole(r -> r.roleName("worker")).role().maxSessionDuration())
          .isEqualTo(7200);
      iam.deleteRole(r -> r.roleName("worker"));
      refused(
          "NoSuchEntity",
          404,
          "The role with name worker cannot be found.",
          () -> iam.getRole(r -> r.roleName("worker")));
    }

    @Test
    void aMalformedTrustPolicyIsRefused() {
      refused(
          "MalformedPolicyDocument",
          400,
          "This policy contains invalid Json",
          () -> iam.createRole(r -> r.roleName("bad").assumeRolePolicyDocument("malformed")));
    }

    @Test
    void aPrincipalThatDoesNotExistIsRefused() {
      refused(
          "MalformedPolicyDocument",
          400,
          "Invalid principal in policy: \"AWS\":\"arn:aws:iam::000000000001:user/nobody\"",
          () ->
              iam.createRole(r ->
                  r.roleName("trusting")
                      .assumeRolePolicyDocument(trust("arn:aws:iam::000000000001:user/nobody"))));
    }

    @Test
    void whoIsMadeAnewUnderAnOldNameIsNotTrusted() {
      User first = iam.createUser(r -> r.userName("phoenix")).user();
      iam.createRole(r -> r.roleName("nest").assumeRolePolicyDocument(trust(first.arn())));
      assertThat(trustOf("nest")).contains(first.arn());

      iam.deleteUser(r -> r.userName("phoenix"));
      assertThat(trustOf("nest")).contains(first.userId());
      iam.createUser(r -> r.userName("phoenix"));
      assertThat(trustOf("nest")).contains(first.userId());
      AccessKey key = iam.createAccessKey(r -> r.userName("phoenix")).accessKey();
      iam.putUserPolicy(r -> r.userName("phoenix").policyName("all").policyDocument(ALLOW_ALL));
      try (StsClient sts = sekisho.client(StsClient.builder(), credentials(key))) {
        refused(
            "AccessDenied",
            403,
            "User: arn:aws:iam::000000000001:user/phoenix is not authorized to perform:"
                + " sts:AssumeRole on resource: arn:aws:iam::000000000001:role/nest because no role"
                + " trust policy allows the sts:AssumeRole action",
            () ->
                sts.assumeRole(r ->
                    r.roleArn("arn:aws:iam::000000000001:role/nest").roleSessionName("again")));
      }

      iam.updateAssumeRolePolicy(r -> r.roleName("nest").policyDocument(TRUST_EC2));
      assertThat(trustOf("nest")).isEqualTo(TRUST_EC2);
    }

    private String trustOf(String role) {
      return decoded(iam.getRole(r -> r.roleName(role)).role().assumeRolePolicyDocument());
    }
  }

  @Nested
  class ManagedPolicies {

    @Test
    void aPolicyLivesAndGoes() {
      Policy made =
          iam.createPolicy(r -> r.policyName("doc").policyDocument(ALLOW_ALL).description("d"))
              .policy();
      String arn = "arn:aws:iam::000000000001:policy/doc";
      assertThat(made.arn()).isEqualTo(arn);
      assertThat(made.attachmentCount()).isZero();
      assertThat(made.defaultVersionId()).isEqualTo("v1");
      refused(
          "EntityAlreadyExists",
          409,
          "A policy called Doc already exists. Duplicate names are not allowed.",
          () -> iam.createPolicy(r -> r.policyName("Doc").policyDocument(ALLOW_ALL)));

      for (int i = 2; i <= 5; i++) {
        iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW_ALL).setAsDefault(true));
      }
      refused(
          "LimitExceeded",
          409,
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.",
          () -> iam.createPolicyVersion(r -> r.policyArn(arn).policyDocument(ALLOW_ALL)));
      assertThat(iam.listPolicyVersions(r -> r.policyArn(arn)).versions())
          .extracting(v -> v.versionId() + v.isDefaultVersion())
          .containsExactly("v5true", "v4false", "v3false", "v2false", "v1false");
      iam.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v2"));
      refused(
          "DeleteConflict",
          409,
          "Cannot delete the default version of a policy.",
          () -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v2")));
      assertThat(
              decoded(
                  iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v2"))
                      .policyVersion()
                      .document()))
          .isEqualTo(ALLOW_ALL);
      assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().description()).isEqualTo("d");

      assertThatThrownBy(() -> iam.deletePolicy(r -> r.policyArn(arn)))
          .hasMessageContaining("This policy has more than one version.");
      for (String version : List.of("v1", "v3", "v4", "v5")) {
        iam.deletePolicyVersion(r -> r.policyArn(arn).versionId(version));
      }
      iam.deletePolicy(r -> r.policyArn(arn));
      refused(
          "NoSuchEntity",
          404,
          "Policy " + arn + " was not found.",
          () -> iam.deletePolicy(r -> r.policyArn(arn)));
    }

    @Test
    void attachingFollowsTheRecordedAnswers() {
      iam.createRole(r -> r.roleName("attached").assumeRolePolicyDocument(TRUST_EC2));
      String arn =
          iam.createPolicy(r -> r.policyName("attach").policyDocument(ALLOW_ALL)).policy().arn();
      for (String malformed : List.of("longpolicynamebutnoarn", "attach-but-longer-than-20")) {
        refused(
            "ValidationError",
            400,
            "Invalid ARN:  Could not be parsed!",
            () -> iam.attachRolePolicy(r -> r.roleName("attached").policyArn(malformed)));
      }
      refused(
          "NoSuchEntity",
          404,
          "Policy " + arn + "123 does not exist or is not attachable.",
          () -> iam.attachRolePolicy(r -> r.roleName("attached").policyArn(arn + "123")));

      iam.attachRolePolicy(r -> r.roleName("attached").policyArn(arn));
      assertThat(iam.listAttachedRolePolicies(r -> r.roleName("attached")).attachedPolicies())
          .containsExactly(AttachedPolicy.builder().policyName("attach").policyArn(arn).build());
      assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn)).policyRoles())
          .extracting(role -> role.roleName())
          .containsExactly("attached");
      assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount()).isOne();
      refused(
          "DeleteConflict",
          409,
          "Cannot delete a policy attached to entities.",
          () -> iam.deletePolicy(r -> r.policyArn(arn)));
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must detach all policies first.",
          () -> iam.deleteRole(r -> r.roleName("attached")));
      iam.detachRolePolicy(r -> r.roleName("attached").policyArn(arn));
      refused(
          "NoSuchEntity",
          404,
          "Policy " + arn + " was not found.",
          () -> iam.detachRolePolicy(r -> r.roleName("attached").policyArn(arn)));
    }

    @Test
    void usersAndGroupsHaveAttachedPoliciesToo() {
      String arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
      iam.createUser(r -> r.userName("attachee"));
      iam.createGroup(r -> r.groupName("attachees"));
      iam.attachUserPolicy(r -> r.userName("attachee").policyArn(arn));
      iam.attachGroupPolicy(r -> r.groupName("attachees").policyArn(arn));
      assertThat(iam.listAttachedUserPolicies(r -> r.userName("attachee")).attachedPolicies())
          .hasSize(1);
      assertThat(iam.listAttachedGroupPolicies(r -> r.groupName("attachees")).attachedPolicies())
          .hasSize(1);
      iam.detachUserPolicy(r -> r.userName("attachee").policyArn(arn));
      iam.detachGroupPolicy(r -> r.groupName("attachees").policyArn(arn));
      assertThat(iam.listEntitiesForPolicy(r -> r.policyArn(arn)).policyUsers()).isEmpty();
    }

    @Test
    void awsManagedPoliciesAreThere() {
      assertThat(iam.listPoliciesPaginator(r -> r.scope(PolicyScopeType.AWS)).policies())
          .extracting(Policy::arn)
          .contains("arn:aws:iam::aws:policy/AdministratorAccess");
      assertThatThrownBy(() ->
              iam.createPolicyVersion(r ->
                  r.policyArn("arn:aws:iam::aws:policy/AdministratorAccess")
                      .policyDocument(ALLOW_ALL)))
          .hasMessageContaining("is outside your own account.");
    }

    @Test
    void aPolicyOverTheQuotaIsRefused() {
      String large = ALLOW_ALL.replace("\"*\",\"R", "\"s3:" + "x".repeat(6_100) + "\",\"R");
      refused(
          "LimitExceeded",
          409,
          "Cannot exceed quota for PolicySize: 6144",
          () -> iam.createPolicy(r -> r.policyName("large").policyDocument(large)));
    }
  }

  @Nested
  class InlinePolicies {

    @Test
    void usersGroupsAndRolesCarryPolicies() {
      iam.createUser(r -> r.userName("inline"));
      iam.createGroup(r -> r.groupName("inline"));
      iam.createRole(r -> r.roleName("inline").assumeRolePolicyDocument(TRUST_EC2));
      iam.putUserPolicy(r -> r.userName("inline").policyName("p").policyDocument(ALLOW_ALL));
      iam.putGroupPolicy(r -> r.groupName("inline").policyName("p").policyDocument(ALLOW_ALL));
      iam.putRolePolicy(r -> r.roleName("inline").policyName("p").policyDocument(ALLOW_ALL));

      assertThat(
              decoded(
                  iam.getUserPolicy(r -> r.userName("inline").policyName("p")).policyDocument()))
          .isEqualTo(ALLOW_ALL);
      assertThat(
              decoded(
                  iam.getGroupPolicy(r -> r.groupName("inline").policyName("p")).policyDocument()))
          .isEqualTo(ALLOW_ALL);
      assertThat(
              decoded(
                  iam.getRolePolicy(r -> r.roleName("inline").policyName("p")).policyDocument()))
          .isEqualTo(ALLOW_ALL);
      assertThat(iam.listUserPolicies(r -> r.userName("inline")).policyNames())
          .containsExactly("p");
      assertThat(iam.listGroupPolicies(r -> r.groupName("inline")).policyNames())
          .containsExactly("p");
      assertThat(iam.listRolePolicies(r -> r.roleName("inline")).policyNames())
          .containsExactly("p");
      iam.deleteUserPolicy(r -> r.userName("inline").policyName("p"));
      iam.deleteGroupPolicy(r -> r.groupName("inline").policyName("p"));
      iam.deleteRolePolicy(r -> r.roleName("inline").policyName("p"));
      refused(
          "NoSuchEntity",
          404,
          "The user policy with name p cannot be found.",
          () -> iam.getUserPolicy(r -> r.userName("inline").policyName("p")));
      refused(
          "NoSuchEntity",
          404,
          "The role policy with name p cannot be found.",
          () -> iam.deleteRolePolicy(r -> r.roleName("inline").policyName("p")));
    }

    @Test
    void allInlinePoliciesTogetherHaveAQuota() {
      iam.createUser(r -> r.userName("full"));
      String half = ALLOW_ALL.replace("\"*\",\"R", "\"s3:" + "x".repeat(1_100) + "\",\"R");
      iam.putUserPolicy(r -> r.userName("full").policyName("one").policyDocument(half));
      refused(
          "LimitExceeded",
          409,
          "Maximum policy size of 2048 bytes exceeded for user full",
          () -> iam.putUserPolicy(r -> r.userName("full").policyName("two").policyDocument(half)));
      iam.putUserPolicy(r -> r.userName("full").policyName("one").policyDocument(half));
    }
  }

  @Nested
  class AccessKeys {

    @Test
    void aKeyLivesAndGoes() {
      iam.createUser(r -> r.userName("keyed"));
      AccessKey key = iam.createAccessKey(r -> r.userName("keyed")).accessKey();
      assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
      assertThat(key.secretAccessKey()).hasSize(40);
      try (StsClient sts = sekisho.client(StsClient.builder(), credentials(key))) {
        assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000001:user/keyed");

        iam.updateAccessKey(
            r -> r.userName("keyed").accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
        refused(
            "InvalidClientTokenId",
            403,
            "The security token included in the request is invalid.",
            sts::getCallerIdentity);
        iam.updateAccessKey(
            r -> r.userName("keyed").accessKeyId(key.accessKeyId()).status(StatusType.ACTIVE));
        sts.getCallerIdentity();

        iam.createAccessKey(r -> r.userName("keyed"));
        refused(
            "LimitExceeded",
            409,
            "Cannot exceed quota for AccessKeysPerUser: 2",
            () -> iam.createAccessKey(r -> r.userName("keyed")));
        assertThat(iam.listAccessKeys(r -> r.userName("keyed")).accessKeyMetadata()).hasSize(2);
        iam.deleteAccessKey(r -> r.userName("keyed").accessKeyId(key.accessKeyId()));
        refused(
            "InvalidClientTokenId",
            403,
            "The security token included in the request is invalid.",
            sts::getCallerIdentity);
      }
    }
  }

  private static AwsBasicCredentials credentials(AccessKey key) {
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static String trust(String principal) {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
    "Principal":{"AWS":"PRINCIPAL"},"Action":"sts:AssumeRole"}]}\
    """
        .replace("PRINCIPAL", principal);
  }
}
