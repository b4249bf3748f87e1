package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.Tag;

/** STS through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StsTest {

  private static final String ROLE = "arn:aws:iam::000000000001:role/tools/tester";

  private SekishoInstance sekisho;
  private IamClient iam;
  private StsClient user;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    iam.createUser(r -> r.userName("alice"));
    AccessKey key = iam.createAccessKey(r -> r.userName("alice")).accessKey();
    user =
        sekisho.client(
            StsClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    iam.createRole(r ->
        r.roleName("tester")
            .path("/tools/")
            .maxSessionDuration(7200)
            .assumeRolePolicyDocument(
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":
                {"AWS":["arn:aws:iam::000000000001:user/alice",
                "arn:aws:iam::000000000001:root"]},
                "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"],
                "Condition":{"StringEqualsIfExists":{"sts:ExternalId":"secret-handshake"}}}]}
                """));
    iam.putRolePolicy(r ->
        r.roleName("tester")
            .policyName("may")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Action":["iam:GetUser","iam:ListUsers"],"Resource":"*"},
                {"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession",
                "sts:SetSourceIdentity"],"Resource":"*"}]}
                """));
  }

  @AfterAll
  void stop() {
    user.close();
    iam.close();
    sekisho.close();
  }

  private static AwsCredentials session(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  @Test
  void rootLearnsWhoItIs() {
    try (StsClient sts = sekisho.client(StsClient.builder())) {
      GetCallerIdentityResponse identity = sts.getCallerIdentity();

      assertThat(identity.account()).isEqualTo(SekishoInstance.ACCOUNT);
      assertThat(identity.arn()).isEqualTo("arn:aws:iam::000000000001:root");
      assertThat(identity.userId()).isEqualTo(SekishoInstance.ACCOUNT);
    }
  }

  @Test
  void aTrustedUserAssumesTheRoleAndMayWhatTheRoleMay() {
    AssumeRoleResponse assumed =
        user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("run-1").durationSeconds(900));

    assertThat(assumed.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::000000000001:assumed-role/tester/run-1");
    assertThat(assumed.assumedRoleUser().assumedRoleId()).matches("AROA[A-Z2-7]{17}:run-1");
    assertThat(assumed.credentials().accessKeyId()).startsWith("ASIA");
    assertThat(assumed.packedPolicySize()).isNull();
    try (StsClient sts = sekisho.client(StsClient.builder(), session(assumed.credentials()));
        IamClient asRole = sekisho.client(IamClient.builder(), session(assumed.credentials()))) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(assumed.assumedRoleUser().arn());
      assertThat(sts.getCallerIdentity().userId())
          .isEqualTo(assumed.assumedRoleUser().assumedRoleId());
      asRole.getUser(r -> r.userName("alice"));
      refused(
          "AccessDenied",
          403,
          "User: arn:aws:sts::000000000001:assumed-role/tester/run-1 is not authorized to perform:"
              + " iam:CreateUser on resource: arn:aws:iam::000000000001:user/x because no"
              + " identity-based policy allows the iam:CreateUser action",
          () -> asRole.createUser(r -> r.userName("x")));
    }
  }

  @Test
  void aSessionPolicyNarrowsTheSession() {
    AssumeRoleResponse assumed =
        user.assumeRole(r ->
            r.roleArn(ROLE)
                .roleSessionName("narrow")
                .policy(
                    """
                    {"Version":"2012-10-17","Statement":[
                    {"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}]}
                    """));
    assertThat(assumed.packedPolicySize()).isBetween(1, 20);
    try (IamClient asRole = sekisho.client(IamClient.builder(), session(assumed.credentials()))) {
      asRole.getUser(r -> r.userName("alice"));
      refused(
          "AccessDenied",
          403,
          "User: arn:aws:sts::000000000001:assumed-role/tester/narrow is not authorized to perform:"
              + " iam:ListUsers on resource: arn:aws:iam::000000000001:user/ because no session"
              + " policy allows the iam:ListUsers action",
          asRole::listUsers);
    }
  }

  @Test
  void aManagedSessionPolicyNarrowsTheSessionToo() {
    Credentials given =
        user.assumeRole(r ->
                r.roleArn(ROLE)
                    .roleSessionName("managed")
                    .policyArns(p -> p.arn("arn:aws:iam::aws:policy/AWSCloudTrail_ReadOnlyAccess")))
            .credentials();
    try (IamClient asRole = sekisho.client(IamClient.builder(), session(given))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(asRole::listUsers)
          .hasMessageContaining("because no session policy allows the iam:ListUsers action");
    }
  }

  @Test
  void theExternalIdMustBeTheAgreedOne() {
    user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("good").externalId("secret-handshake"));
    refused(
        "AccessDenied",
        403,
        "User: arn:aws:iam::000000000001:user/alice is not authorized to perform: sts:AssumeRole on"
            + " resource: "
            + ROLE
            + " because no role trust policy allows the sts:AssumeRole action",
        () -> user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("bad").externalId("guess")));
  }

  @Test
  void aRoleThatDoesNotExistIsRefusedLikeOneThatDoesNotTrust() {
    refused(
        "AccessDenied",
        403,
        "User: arn:aws:iam::000000000001:user/alice is not authorized to perform: sts:AssumeRole on"
            + " resource: arn:aws:iam::000000000001:role/nowhere",
        () ->
            user.assumeRole(
                r -> r.roleArn("arn:aws:iam::000000000001:role/nowhere").roleSessionName("xx")));
  }

  @Test
  void rootMayNotAssumeARole() {
    try (StsClient root = sekisho.client(StsClient.builder())) {
      refused(
          "AccessDenied",
          403,
          "Roles may not be assumed by root accounts.",
          () -> root.assumeRole(r -> r.roleArn(ROLE).roleSessionName("root")));
    }
  }

  @Test
  void durationsAreBoundedByTheRoleAndByChaining() {
    refused(
        "ValidationError",
        400,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        () -> user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("long").durationSeconds(7201)));
    Credentials first =
        user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("first")).credentials();
    try (StsClient chained = sekisho.client(StsClient.builder(), session(first))) {
      assertThat(
              chained
                  .assumeRole(r -> r.roleArn(ROLE).roleSessionName("second"))
                  .assumedRoleUser()
                  .arn())
          .endsWith("/second");
      refused(
          "ValidationError",
          400,
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining.",
          () ->
              chained.assumeRole(
                  r -> r.roleArn(ROLE).roleSessionName("third").durationSeconds(3601)));
    }
  }

  @Test
  void transitiveTagsAndSourceIdentityStayThroughChaining() {
    AssumeRoleResponse first =
        user.assumeRole(r ->
            r.roleArn(ROLE)
                .roleSessionName("tagged")
                .sourceIdentity("Alice")
                .tags(
                    Tag.builder().key("project").value("blue").build(),
                    Tag.builder().key("fleeting").value("x").build())
                .transitiveTagKeys("project"));
    assertThat(first.sourceIdentity()).isEqualTo("Alice");
    iam.createUser(r -> r.userName("blue-only"));
    iam.putRolePolicy(r ->
        r.roleName("tester")
            .policyName("by-tag")
            .policyDocument(
                """
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Action":"iam:ListGroups","Resource":"*","Condition":{
                  "StringEquals":{"aws:PrincipalTag/project":"blue"},
                  "Null":{"aws:PrincipalTag/fleeting":"true"}}}]}
                """));
    try (StsClient chaining = sekisho.client(StsClient.builder(), session(first.credentials()))) {
      AssumeRoleResponse second =
          chaining.assumeRole(r -> r.roleArn(ROLE).roleSessionName("chained"));
      assertThat(second.sourceIdentity()).isEqualTo("Alice");
      refused(
          "InvalidParameterValue",
          400,
          "One of the specified transitive tag keys can't be set because it conflicts with a"
              + " transitive tag key from the calling session.",
          () ->
              chaining.assumeRole(r ->
                  r.roleArn(ROLE)
                      .roleSessionName("clash")
                      .tags(Tag.builder().key("Project").value("red").build())));
      try (IamClient asFirst = sekisho.client(IamClient.builder(), session(first.credentials()));
          IamClient asSecond = sekisho.client(IamClient.builder(), session(second.credentials()))) {
        asSecond.listGroups();
        org.assertj.core.api.Assertions.assertThatThrownBy(asFirst::listGroups)
            .hasMessageContaining("iam:ListGroups");
      }
    }
  }

  @Test
  void credentialsEndWhenTheirTimeIsOver() {
    Credentials given =
        user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("ending").durationSeconds(900))
            .credentials();
    try (StsClient sts = sekisho.client(StsClient.builder(), session(given))) {
      sts.getCallerIdentity();
      sekisho.clock().advance(Duration.ofSeconds(901));
      try {
        refused(
            "ExpiredToken",
            403,
            "The security token included in the request is expired",
            sts::getCallerIdentity);
      } finally {
        sekisho.clock().advance(Duration.ofSeconds(-901));
      }
    }
  }

  @Test
  void aTokenIsGoodOnlyAsItWasGivenOut() {
    Credentials given =
        user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("exact")).credentials();
    Credentials other =
        user.assumeRole(r -> r.roleArn(ROLE).roleSessionName("other")).credentials();
    char[] token = given.sessionToken().toCharArray();
    token[token.length / 2] = token[token.length / 2] == 'A' ? 'B' : 'A';
    for (AwsCredentials wrong :
        new AwsCredentials[] {
          AwsSessionCredentials.create(
              given.accessKeyId(), given.secretAccessKey(), new String(token)),
          AwsSessionCredentials.create(
              given.accessKeyId(), given.secretAccessKey(), other.sessionToken()),
          AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey())
        }) {
      try (StsClient sts = sekisho.client(StsClient.builder(), wrong)) {
        refused(
            "InvalidClientTokenId",
            403,
            "The security token included in the request is invalid.",
            sts::getCallerIdentity);
      }
    }
  }

  @Test
  void getSessionTokenGivesAUserItsOwnTemporaryCredentials() {
    Credentials given = user.getSessionToken(r -> r.durationSeconds(900)).credentials();
    try (StsClient sts = sekisho.client(StsClient.builder(), session(given));
        IamClient asUser = sekisho.client(IamClient.builder(), session(given))) {
      assertThat(sts.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000001:user/alice");
      refused(
          "AccessDenied",
          403,
          "Cannot call GetSessionToken with session credentials",
          sts::getSessionToken);
      refused(
          "InvalidClientTokenId",
          403,
          "The security token included in the request is invalid",
          () -> asUser.getUser(r -> r.userName("alice")));
    }
  }

  @Test
  void aSecondFactorThatIsNotThereIsNotBelieved() {
    refused(
        "AccessDenied",
        403,
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA"
            + " serial number is valid and associated with this user.",
        () ->
            user.getSessionToken(
                r -> r.serialNumber("arn:aws:iam::000000000001:mfa/alice").tokenCode("123456")));
  }
}
