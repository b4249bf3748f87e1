package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.secretsmanager.model.PublicPolicyException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.ValidateResourcePolicyResponse;

/** Who may read and change secrets: their policies, the callers' and those of the keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsManagerAccessTest {

  private SekishoInstance sekisho;
  private OrganizationFixture organization;
  private SecretsManagerClient secrets;
  private IamClient iam;
  private KmsClient kms;
  private String member;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    organization = new OrganizationFixture(sekisho);
    organization.organization();
    member = organization.account();
    secrets = sekisho.client(SecretsManagerClient.builder());
    iam = sekisho.client(IamClient.builder());
    kms = sekisho.client(KmsClient.builder());
  }

  @AfterAll
  void stop() {
    kms.close();
    iam.close();
    secrets.close();
    organization.close();
  }

  private SecretsManagerClient user(String name, String statements) {
    iam.createUser(r -> r.userName(name));
    if (!statements.isEmpty()) {
      iam.putUserPolicy(
          r -> r.userName(name).policyName("only").policyDocument(document(statements)));
    }
    AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
    return client(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private SecretsManagerClient client(AwsCredentials credentials) {
    return sekisho.client(SecretsManagerClient.builder(), credentials);
  }

  private static String document(String statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
  }

  private static String allow(String actions, String more) {
    return "{\"Effect\":\"Allow\",\"Action\":" + actions + ",\"Resource\":\"*\"" + more + "}";
  }

  private static String value(SecretsManagerClient client, String id) {
    return client.getSecretValue(r -> r.secretId(id)).secretString();
  }

  private static void denied(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SecretsManagerException.class,
            refusal -> {
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              assertThat(refusal.awsErrorDetails().errorMessage()).contains(message);
            });
  }

  @Test
  void theCallersPoliciesDecideByNameTagAndVersion() {
    secrets.createSecret(r -> r.name("plain").secretString("v"));
    secrets.createSecret(r ->
        r.name("tagged").secretString("v").tags(Tag.builder().key("open").value("yes").build()));
    String condition =
        ",\"Condition\":{\"StringEquals\":{\"secretsmanager:ResourceTag/open\":\"yes\","
            + "\"secretsmanager:VersionStage\":\"AWSCURRENT\"}}";
    try (SecretsManagerClient reader =
        user("reader", allow("\"secretsmanager:GetSecretValue\"", condition))) {
      assertThat(value(reader, "tagged")).isEqualTo("v");
      denied("secretsmanager:GetSecretValue", () -> value(reader, "plain"));
      denied(
          "secretsmanager:GetSecretValue",
          () -> reader.getSecretValue(r -> r.secretId("tagged").versionStage("AWSPREVIOUS")));
      denied(
          "secretsmanager:PutSecretValue",
          () -> reader.putSecretValue(r -> r.secretId("tagged").secretString("w")));
      // Who may not read does not learn what there is.
      denied("secretsmanager:GetSecretValue", () -> value(reader, "missing"));
    }
  }

  @Test
  void aBatchLeavesOutWhatTheCallerMayNotRead() {
    secrets.createSecret(r -> r.name("several/a").secretString("a"));
    secrets.createSecret(r -> r.name("several/b").secretString("b"));
    String statements =
        allow("\"secretsmanager:BatchGetSecretValue\"", "")
            + ",{\"Effect\":\"Allow\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":"
            + "\"arn:aws:secretsmanager:*:*:secret:several/a-??????\"}";
    try (SecretsManagerClient reader = user("several", statements)) {
      var batch = reader.batchGetSecretValue(r -> r.secretIdList("several/a", "several/b"));
      assertThat(batch.secretValues()).singleElement().matches(e -> e.name().equals("several/a"));
      assertThat(batch.errors())
          .singleElement()
          .matches(e -> e.errorCode().startsWith("AccessDenied"));
    }
  }

  @Test
  void whoMayNotUseTheKeyGetsNoValue() {
    String key = kms.createKey(r -> {}).keyMetadata().arn();
    secrets.createSecret(r -> r.name("keyed").kmsKeyId(key).secretString("v"));
    String read = allow("\"secretsmanager:*\"", "");
    try (SecretsManagerClient without = user("keyless", read);
        SecretsManagerClient with =
            user(
                "keyed",
                read
                    + ","
                    + allow(
                        "[\"kms:Decrypt\",\"kms:GenerateDataKey\"]",
                        ",\"Condition\":{\"StringEquals\":{\"kms:ViaService\":"
                            + "\"secretsmanager.us-east-1.amazonaws.com\"}}"))) {
      denied("Access to KMS is not allowed", () -> value(without, "keyed"));
      denied(
          "Access to KMS is not allowed",
          () -> without.putSecretValue(r -> r.secretId("keyed").secretString("w")));
      assertThat(value(with, "keyed")).isEqualTo("v");
      with.putSecretValue(r -> r.secretId("keyed").secretString("w"));
    }
    kms.disableKey(r -> r.keyId(key));
    assertThatThrownBy(() -> value(secrets, "keyed"))
        .isInstanceOf(DecryptionFailureException.class);
    kms.enableKey(r -> r.keyId(key));
    assertThat(value(secrets, "keyed")).isEqualTo("w");
  }

  @Test
  void theSecretFollowsToItsNewKey() {
    String before = kms.createKey(r -> {}).keyMetadata().arn();
    String after = kms.createKey(r -> {}).keyMetadata().arn();
    secrets.createSecret(r -> r.name("moved").kmsKeyId(before).secretString("one"));
    secrets.putSecretValue(r -> r.secretId("moved").secretString("two"));

    secrets.updateSecret(r -> r.secretId("moved").kmsKeyId(after));
    kms.disableKey(r -> r.keyId(before));

    assertThat(value(secrets, "moved")).isEqualTo("two");
    assertThat(
            secrets
                .getSecretValue(r -> r.secretId("moved").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("one");
    assertThat(secrets.describeSecret(r -> r.secretId("moved")).kmsKeyId()).isEqualTo(after);
    assertThat(secrets.listSecretVersionIds(r -> r.secretId("moved")).versions())
        .allSatisfy(version -> assertThat(version.kmsKeyIds()).containsExactly(after));
  }

  @Test
  void aSecretsPolicyLetsOthersIn() {
    String key =
        kms.createKey(r ->
                r.policy(
                    document(
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\""
                            + SekishoInstance.ACCOUNT
                            + "\",\""
                            + member
                            + "\"]},\"Action\":\"kms:*\",\"Resource\":\"*\"}")))
            .keyMetadata()
            .arn();
    String arn =
        secrets
            .createSecret(r -> r.name("shared").kmsKeyId(key).secretString("shared value"))
            .arn();
    String managed = secrets.createSecret(r -> r.name("managed").secretString("v")).arn();
    String policy =
        document(
            "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                + member
                + "\"},\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}");
    try (SecretsManagerClient other = client(organization.inside(member))) {
      denied("secretsmanager:GetSecretValue", () -> value(other, arn));
      for (String id : List.of(arn, managed)) {
        secrets.putResourcePolicy(
            r -> r.secretId(id).resourcePolicy(policy).blockPublicPolicy(true));
      }
      assertThat(secrets.getResourcePolicy(r -> r.secretId(arn)).resourcePolicy())
          .isEqualTo(policy);
      assertThat(value(other, arn)).isEqualTo("shared value");
      denied("Access to KMS is not allowed", () -> value(other, managed));
      secrets.deleteResourcePolicy(r -> r.secretId(arn));
      assertThat(secrets.getResourcePolicy(r -> r.secretId(arn)).resourcePolicy()).isNull();
      denied("secretsmanager:GetSecretValue", () -> value(other, arn));
    }
  }

  @Test
  void broadAccessIsBlockedWhereThatIsAskedFor() {
    secrets.createSecret(r -> r.name("blocked").secretString("v"));
    String wide =
        document(
            "{\"Effect\":\"Allow\",\"Principal\":\"*\","
                + "\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":\"*\"}");
    assertThatThrownBy(() ->
            secrets.putResourcePolicy(
                r -> r.secretId("blocked").resourcePolicy(wide).blockPublicPolicy(true)))
        .isInstanceOf(PublicPolicyException.class);
    assertThat(secrets.getResourcePolicy(r -> r.secretId("blocked")).resourcePolicy()).isNull();
    assertThatThrownBy(
            () -> secrets.putResourcePolicy(r -> r.secretId("blocked").resourcePolicy("{}")))
        .isInstanceOf(MalformedPolicyDocumentException.class);

    ValidateResourcePolicyResponse found =
        secrets.validateResourcePolicy(r -> r.resourcePolicy(wide));
    assertThat(found.policyValidationPassed()).isFalse();
    assertThat(found.validationErrors()).hasSize(1);
    String narrow = wide.replace("\"*\",\"Action", "{\"AWS\":\"000000000001\"},\"Action");
    assertThat(
            secrets
                .validateResourcePolicy(r -> r.secretId("blocked").resourcePolicy(narrow))
                .policyValidationPassed())
        .isTrue();
    secrets.putResourcePolicy(r -> r.secretId("blocked").resourcePolicy(wide));
  }

  @Test
  void readingLeavesAnEventOfItsOwnAndOneOfTheKey() {
    String arn = secrets.createSecret(r -> r.name("seen").secretString("unseen-value")).arn();
    value(secrets, "seen");
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      List<Event> read = events(trail, "GetSecretValue", arn);
      assertThat(read).hasSize(1);
      assertThat(read.getFirst().cloudTrailEvent())
          .contains("\"eventSource\":\"secretsmanager.amazonaws.com\"")
          .contains("\"secretId\":\"seen\"")
          .doesNotContain("unseen-value");
      assertThat(events(trail, "CreateSecret", arn).getFirst().cloudTrailEvent())
          .doesNotContain("unseen-value");
      assertThat(
              trail
                  .lookupEvents(r ->
                      r.lookupAttributes(a ->
                          a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue("Decrypt")))
                  .events())
          .anySatisfy(event ->
              assertThat(event.cloudTrailEvent())
                  .contains("\"SecretARN\":\"" + arn + "\"")
                  .contains("secretsmanager.amazonaws.com"));
    }
  }

  @Test
  void aReadingThatTheKeyRefusesLeavesBothEventsToo() {
    String key = kms.createKey(r -> {}).keyMetadata().arn();
    String arn = secrets.createSecret(r -> r.name("kept").kmsKeyId(key).secretString("v")).arn();
    try (SecretsManagerClient without = user("refused", allow("\"secretsmanager:*\"", ""));
        CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      denied("Access to KMS is not allowed", () -> value(without, "kept"));
      for (String resource : List.of(arn, key)) {
        assertThat(
                trail
                    .lookupEvents(r ->
                        r.lookupAttributes(a ->
                            a.attributeKey(LookupAttributeKey.USERNAME).attributeValue("refused")))
                    .events())
            .anySatisfy(event ->
                assertThat(event.cloudTrailEvent())
                    .contains("\"errorCode\":\"AccessDenied")
                    .contains(resource));
      }
    }
  }

  private static List<Event> events(CloudTrailClient trail, String name, String arn) {
    return trail
        .lookupEvents(r ->
            r.lookupAttributes(
                a -> a.attributeKey(LookupAttributeKey.RESOURCE_NAME).attributeValue(arn)))
        .events()
        .stream()
        .filter(event -> event.eventName().equals(name))
        .toList();
  }
}
