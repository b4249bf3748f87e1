package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** Policies decide every call: what is given is allowed, all else is refused in AWS's words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

  private SekishoInstance sekisho;
  private IamClient root;
  private String name;
  private IamClient user;
  private AwsBasicCredentials credentials;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    root = sekisho.client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    root.close();
    sekisho.close();
  }

  @BeforeEach
  void newUser(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
    root.createUser(r -> r.userName(name));
    AccessKey key = root.createAccessKey(r -> r.userName(name)).accessKey();
    credentials = AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    user = sekisho.client(IamClient.builder(), credentials);
  }

  private String denied(String action, String resource, String reason) {
    return "User: arn:aws:iam::000000000001:user/"
        + name
        + " is not authorized to perform: "
        + action
        + (resource.equals("*") ? "" : " on resource: " + resource)
        + reason;
  }

  private void give(String statements) {
    root.putUserPolicy(r ->
        r.userName(name)
            .policyName("given")
            .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":" + statements + "}"));
  }

  @Test
  void nothingIsAllowedUntilAPolicyAllowsIt() {
    refused(
        "AccessDenied",
        403,
        denied(
            "iam:ListUsers",
            "arn:aws:iam::000000000001:user/",
            " because no identity-based policy allows the iam:ListUsers action"),
        user::listUsers);
    give("{\"Effect\":\"Allow\",\"Action\":\"iam:ListUsers\",\"Resource\":\"*\"}");
    assertThat(user.listUsers().users()).isNotEmpty();
    root.deleteUserPolicy(r -> r.userName(name).policyName("given"));
    assertThatThrownBy(user::listUsers).hasMessageContaining("because no identity-based policy");
  }

  @Test
  void anExplicitDenyWins() {
    give(
        """
        [{"Effect":"Allow","Action":"*","Resource":"*"},
         {"Effect":"Deny","Action":"iam:Delete*","Resource":"arn:aws:iam::*:user/keep*"}]\
        """);
    root.createUser(r -> r.userName("keep-me"));
    root.createUser(r -> r.userName("drop-me"));
    refused(
        "AccessDenied",
        403,
        denied(
            "iam:DeleteUser",
            "arn:aws:iam::000000000001:user/keep-me",
            " with an explicit deny in an identity-based policy"),
        () -> user.deleteUser(r -> r.userName("keep-me")));
    user.deleteUser(r -> r.userName("drop-me"));
  }

  @Test
  void groupsAndManagedPoliciesCount() {
    root.createGroup(r -> r.groupName("readers"));
    root.attachGroupPolicy(
        r -> r.groupName("readers").policyArn("arn:aws:iam::aws:policy/IAMReadOnlyAccess"));
    root.addUserToGroup(r -> r.groupName("readers").userName(name));
    user.listGroups();
    assertThatThrownBy(() -> user.createGroup(r -> r.groupName("more")))
        .hasMessageContaining("iam:CreateGroup");
    root.removeUserFromGroup(r -> r.groupName("readers").userName(name));
    assertThatThrownBy(user::listGroups).hasMessageContaining("iam:ListGroups");
  }

  @Test
  void aConditionCanAskForTheReferer() {
    give(
        """
        {"Effect":"Allow","Action":"iam:ListGroups","Resource":"*",
         "Condition":{"StringLike":{"aws:Referer":"https://intranet.example/*"}}}\
        """);

    assertThatThrownBy(user::listGroups).hasMessageContaining("iam:ListGroups");
    user.listGroups(
        r -> r.overrideConfiguration(c -> c.putHeader("Referer", "https://intranet.example/page")));
  }

  @Test
  void aVersionTakesEffectAtOnce() {
    String arn =
        root.createPolicy(r ->
                r.policyName("versioned")
                    .policyDocument(
                        """
                        {"Version":"2012-10-17","Statement":[
                        {"Effect":"Allow","Action":"iam:ListRoles","Resource":"*"}]}\
                        """))
            .policy()
            .arn();
    root.attachUserPolicy(r -> r.userName(name).policyArn(arn));
    user.listRoles();
    root.createPolicyVersion(r ->
        r.policyArn(arn)
            .setAsDefault(true)
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Deny","Action":"iam:ListRoles","Resource":"*"}]}\
                """));
    assertThatThrownBy(user::listRoles).hasMessageContaining("with an explicit deny");
    root.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v1"));
    user.listRoles();
  }

  @Test
  void aPermissionsBoundaryLimits() {
    String boundary =
        root.createPolicy(r ->
                r.policyName("boundary")
                    .policyDocument(
                        """
                        {"Version":"2012-10-17","Statement":[
                        {"Effect":"Allow","Action":"iam:List*","Resource":"*"}]}\
                        """))
            .policy()
            .arn();
    root.createUser(r -> r.userName("bounded").permissionsBoundary(boundary));
    root.attachUserPolicy(
        r -> r.userName("bounded").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    AccessKey key = root.createAccessKey(r -> r.userName("bounded")).accessKey();
    try (IamClient bounded =
        sekisho.client(
            IamClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
      bounded.listUsers();
      refused(
          "AccessDenied",
          403,
          "User: arn:aws:iam::000000000001:user/bounded is not authorized to perform:"
              + " iam:CreateUser on resource: arn:aws:iam::000000000001:user/y because no"
              + " permissions boundary allows the iam:CreateUser action",
          () -> bounded.createUser(r -> r.userName("y")));
    }
  }

  @Test
  void variablesAndConditionsHold() {
    give(
        """
        [{"Effect":"Allow","Action":"iam:*AccessKey*","Resource":"arn:aws:iam::*:user/${aws:username}"},
         {"Effect":"Allow","Action":"iam:ListGroups","Resource":"*",
          "Condition":{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"},
                       "Bool":{"aws:SecureTransport":"false"}}},
         {"Effect":"Allow","Action":"iam:ListRoles","Resource":"*",
          "Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}}]\
        """);
    user.listAccessKeys(r -> r.userName(name));
    user.listAccessKeys();
    assertThatThrownBy(() -> user.listAccessKeys(r -> r.userName("somebody-else")))
        .hasMessageContaining("iam:ListAccessKeys");
    user.listGroups();
    assertThatThrownBy(user::listRoles).hasMessageContaining("iam:ListRoles");
  }

  @Test
  void tagsOnTheUserCount() {
    root.createUser(r -> r.userName("tagged").tags(t -> t.key("Team").value("blue")));
    root.putUserPolicy(r ->
        r.userName("tagged")
            .policyName("p")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Action":"iam:CreateUser","Resource":"*","Condition":{
                 "StringEquals":{"aws:RequestTag/owner":"${aws:PrincipalTag/team}"}}}]}\
                """));
    AccessKey key = root.createAccessKey(r -> r.userName("tagged")).accessKey();
    try (IamClient tagged =
        sekisho.client(
            IamClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
      tagged.createUser(r -> r.userName("made-blue").tags(t -> t.key("owner").value("blue")));
      assertThatThrownBy(() ->
              tagged.createUser(r -> r.userName("made-red").tags(t -> t.key("owner").value("red"))))
          .hasMessageContaining("iam:CreateUser");
    }
  }

  @Test
  void otherFamiliesRefuseInTheirOwnForm() {
    try (Ec2Client ec2 = sekisho.client(Ec2Client.builder(), credentials)) {
      assertThatThrownBy(ec2::describeRegions)
          .isInstanceOfSatisfying(
              Ec2Exception.class,
              refusal -> {
                assertThat(refusal.awsErrorDetails().errorCode())
                    .isEqualTo("UnauthorizedOperation");
                assertThat(refusal.statusCode()).isEqualTo(403);
                assertThat(refusal.awsErrorDetails().errorMessage())
                    .startsWith(
                        "You are not authorized to perform this operation. "
                            + denied(
                                "ec2:DescribeRegions",
                                "*",
                                " because no identity-based policy allows the ec2:DescribeRegions"
                                    + " action")
                            + ". Encoded authorization failure message: ");
              });
    }
  }
}
