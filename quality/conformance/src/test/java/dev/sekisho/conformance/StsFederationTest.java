package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetFederationTokenResponse;

/** Federated users, whose keys are whose, and what encoded refusals say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StsFederationTest {

  private static final String READS =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
          + "\"Action\":[\"kms:List*\",\"iam:List*\",\"ec2:DescribeRegions\",\"sts:*\"],"
          + "\"Resource\":\"*\"}}";

  private SekishoInstance sekisho;
  private IamClient iam;
  private StsClient root;
  private StsClient user;
  private AccessKey key;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    iam = sekisho.client(IamClient.builder());
    root = sekisho.client(StsClient.builder());
    iam.createUser(r -> r.userName("broker"));
    key = iam.createAccessKey(r -> r.userName("broker")).accessKey();
    iam.putUserPolicy(r ->
        r.userName("broker")
            .policyName("own")
            .policyDocument(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                    + "[\"sts:GetFederationToken\",\"sts:TagSession\",\"kms:ListKeys\"],"
                    + "\"Resource\":\"*\"},{\"Sid\":\"NoZones\",\"Effect\":\"Deny\","
                    + "\"Action\":\"ec2:DescribeAvailabilityZones\",\"Resource\":\"*\"}]}"));
    user = sekisho.client(StsClient.builder(), broker());
  }

  @AfterAll
  void stop() {
    user.close();
    root.close();
    iam.close();
    sekisho.close();
  }

  private AwsCredentials broker() {
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  private static AwsCredentials session(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  @Test
  void aFederatedUserMayWhatBothPoliciesAllow() {
    GetFederationTokenResponse given =
        user.getFederationToken(r -> r.name("guest").policy(READS).durationSeconds(900));
    assertThat(given.federatedUser().arn())
        .isEqualTo("arn:aws:sts::000000000001:federated-user/guest");
    assertThat(given.federatedUser().federatedUserId()).isEqualTo("000000000001:guest");
    assertThat(given.packedPolicySize()).isBetween(1, 20);
    try (KmsClient kms = sekisho.client(KmsClient.builder(), session(given.credentials()));
        StsClient sts = sekisho.client(StsClient.builder(), session(given.credentials()));
        IamClient ownIam = sekisho.client(IamClient.builder(), session(given.credentials()))) {
      kms.listKeys();
      refused(
          "AccessDeniedException",
          400,
          "User: arn:aws:sts::000000000001:federated-user/guest is not authorized to perform:"
              + " kms:ListAliases because no identity-based policy allows the kms:ListAliases"
              + " action",
          kms::listAliases);
      assertThat(sts.getCallerIdentity().arn()).isEqualTo(given.federatedUser().arn());
      refused(
          "InvalidClientTokenId",
          403,
          "The security token included in the request is invalid",
          ownIam::listUsers);
      refused(
          "AccessDenied",
          403,
          "Cannot call GetFederationToken with session credentials",
          () -> sts.getFederationToken(r -> r.name("again")));
      refused(
          "AccessDenied",
          403,
          "Cannot call GetAccessKeyInfo with session credentials",
          () -> sts.getAccessKeyInfo(r -> r.accessKeyId(key.accessKeyId())));
    }
  }

  @Test
  void theEventsOfAFederatedUserNameWhoMadeIt() throws Exception {
    GetFederationTokenResponse given = user.getFederationToken(r -> r.name("traced").policy(READS));
    try (KmsClient kms = sekisho.client(KmsClient.builder(), session(given.credentials()));
        CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      kms.listKeys();
      JsonNode who =
          new ObjectMapper()
              .readTree(
                  trail
                      .lookupEvents(r ->
                          r.lookupAttributes(a ->
                              a.attributeKey(LookupAttributeKey.USERNAME).attributeValue("traced")))
                      .events()
                      .getFirst()
                      .cloudTrailEvent())
              .get("userIdentity");
      assertThat(who.get("type").asText()).isEqualTo("FederatedUser");
      JsonNode issuer = who.get("sessionContext").get("sessionIssuer");
      assertThat(issuer.get("type").asText()).isEqualTo("IAMUser");
      assertThat(issuer.get("userName").asText()).isEqualTo("broker");
    }
  }

  @Test
  void withoutASessionPolicyOnlyAResourcesPolicyLetsAFederatedUserIn() {
    Credentials given = user.getFederationToken(r -> r.name("bare")).credentials();
    try (KmsClient kms = sekisho.client(KmsClient.builder(), session(given));
        KmsClient rootKms = sekisho.client(KmsClient.builder())) {
      refused(
          "AccessDeniedException",
          400,
          "User: arn:aws:sts::000000000001:federated-user/bare is not authorized to perform:"
              + " kms:ListKeys because no session policy allows the kms:ListKeys action",
          kms::listKeys);
      String keyId =
          rootKms
              .createKey(r ->
                  r.policy(
                      """
                      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":
                      "arn:aws:iam::000000000001:root"},"Action":"kms:*","Resource":"*"},
                      {"Effect":"Allow","Principal":{"AWS":
                      "arn:aws:sts::000000000001:federated-user/bare"},"Action":"kms:DescribeKey",
                      "Resource":"*"}]}
                      """))
              .keyMetadata()
              .keyId();
      assertThat(kms.describeKey(r -> r.keyId(keyId)).keyMetadata().keyId()).isEqualTo(keyId);
    }
  }

  @Test
  void theRootUsersFederatedUsersMayWhatTheSessionPolicyAllowsForAnHour() {
    Credentials given =
        root.getFederationToken(r -> r.name("visitor").policy(READS).durationSeconds(129_600))
            .credentials();
    assertThat(Duration.between(sekisho.clock().instant(), given.expiration()))
        .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    try (KmsClient kms = sekisho.client(KmsClient.builder(), session(given))) {
      kms.listAliases();
    }
    assertThat(
            Duration.between(
                sekisho.clock().instant(),
                user.getFederationToken(r -> r.name("usual")).credentials().expiration()))
        .isBetween(Duration.ofMinutes(719), Duration.ofHours(12));
  }

  @Test
  void aDeletedUsersFederatedUsersMayNothing() {
    iam.createUser(r -> r.userName("gone"));
    AccessKey own = iam.createAccessKey(r -> r.userName("gone")).accessKey();
    iam.putUserPolicy(r -> r.userName("gone").policyName("own").policyDocument(READS));
    try (StsClient sts =
        sekisho.client(
            StsClient.builder(),
            AwsBasicCredentials.create(own.accessKeyId(), own.secretAccessKey()))) {
      Credentials given = sts.getFederationToken(r -> r.name("orphan").policy(READS)).credentials();
      try (KmsClient kms = sekisho.client(KmsClient.builder(), session(given))) {
        kms.listKeys();
        iam.deleteAccessKey(r -> r.userName("gone").accessKeyId(own.accessKeyId()));
        iam.deleteUserPolicy(r -> r.userName("gone").policyName("own"));
        iam.deleteUser(r -> r.userName("gone"));
        refused(
            "AccessDeniedException",
            400,
            "User: arn:aws:sts::000000000001:federated-user/orphan is not authorized to perform:"
                + " kms:ListKeys because no identity-based policy allows the kms:ListKeys action",
            kms::listKeys);
      }
    }
  }

  @Test
  void keysTellTheirAccount() {
    assertThat(root.getAccessKeyInfo(r -> r.accessKeyId(key.accessKeyId())).account())
        .isEqualTo(SekishoInstance.ACCOUNT);
    assertThat(
            root.getAccessKeyInfo(r -> r.accessKeyId(SekishoInstance.ROOT.accessKeyId())).account())
        .isEqualTo(SekishoInstance.ACCOUNT);
    String temporary = user.getFederationToken(r -> r.name("keyed")).credentials().accessKeyId();
    assertThat(root.getAccessKeyInfo(r -> r.accessKeyId(temporary)).account())
        .isEqualTo(SekishoInstance.ACCOUNT);
    refused(
        "InvalidClientTokenId",
        403,
        "The security token included in the request is invalid.",
        () -> root.getAccessKeyInfo(r -> r.accessKeyId("AKIAIOSFODNN7EXAMPLE")));
  }

  @Test
  void whoMayDecodesWhyACallWasRefused() throws Exception {
    try (Ec2Client ec2 = sekisho.client(Ec2Client.builder(), broker())) {
      Ec2Exception refusal =
          catchThrowableOfType(Ec2Exception.class, ec2::describeAvailabilityZones);
      assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("UnauthorizedOperation");
      String message = refusal.awsErrorDetails().errorMessage();
      assertThat(message)
          .startsWith(
              "You are not authorized to perform this operation. User:"
                  + " arn:aws:iam::000000000001:user/broker is not authorized to perform:"
                  + " ec2:DescribeAvailabilityZones with an explicit deny in an identity-based"
                  + " policy. Encoded authorization failure message: ");
      String encoded = message.substring(message.lastIndexOf(' ') + 1);
      JsonNode decoded =
          new ObjectMapper()
              .readTree(
                  root.decodeAuthorizationMessage(r -> r.encodedMessage(encoded)).decodedMessage());
      assertThat(decoded.get("allowed").asBoolean()).isFalse();
      assertThat(decoded.get("explicitDeny").asBoolean()).isTrue();
      JsonNode statement = decoded.get("matchedStatements").get("items").get(0);
      assertThat(statement.get("statementId").asText()).isEqualTo("NoZones");
      assertThat(statement.get("actions").get("items").get(0).get("value").asText())
          .isEqualTo("ec2:DescribeAvailabilityZones");
      assertThat(decoded.get("context").get("principal").get("name").asText()).isEqualTo("broker");
      assertThat(decoded.get("context").get("action").asText())
          .isEqualTo("ec2:DescribeAvailabilityZones");
      refused(
          "AccessDenied",
          403,
          "User: arn:aws:iam::000000000001:user/broker is not authorized to perform:"
              + " sts:DecodeAuthorizationMessage because no identity-based policy allows the"
              + " sts:DecodeAuthorizationMessage action",
          () -> user.decodeAuthorizationMessage(r -> r.encodedMessage(encoded)));
      refused(
          "InvalidAuthorizationMessageException",
          400,
          "Message was not encoded by the authorization service or is corrupted",
          () -> root.decodeAuthorizationMessage(r -> r.encodedMessage(encoded.substring(1) + "A")));
    }
  }
}
