package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.server.FunctionOptions;
import dev.sekisho.server.RotationOptions;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Rotation by a function behind HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsManagerRotationTest {

  private static final String FUNCTIONS = "arn:aws:lambda:us-east-1:000000000001:function:";
  private static final List<String> STEPS =
      List.of("createSecret", "setSecret", "testSecret", "finishSecret");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Path folder;
  private RotationFunction function;
  private SekishoInstance sekisho;
  private SecretsManagerClient secrets;

  @BeforeAll
  void start(@TempDir Path empty) throws Exception {
    folder = empty;
    Files.writeString(empty.resolve("credentials-of-functions"), "AKIAFUNCTION\nsecret-of-it\n");
    function = new RotationFunction();
    open();
  }

  private void open() {
    sekisho =
        SekishoInstance.start(
            folder.resolve("data"),
            options ->
                options.with(
                    new FunctionOptions(
                            List.of(),
                            folder.resolve("credentials-of-functions"),
                            RotationOptions.NONE)
                        .with(FUNCTIONS + "*", function.address())));
    secrets = sekisho.client(SecretsManagerClient.builder());
    function.serve(sekisho);
  }

  @AfterAll
  void stop() {
    secrets.close();
    sekisho.close();
    function.close();
  }

  private static void eventually(String what, BooleanSupplier condition) {
    Eventually.eventually(what, PATIENCE, condition);
  }

  private String value(String id) {
    return secrets.getSecretValue(r -> r.secretId(id)).secretString();
  }

  private DescribeSecretResponse described(String id) {
    return secrets.describeSecret(r -> r.secretId(id));
  }

  @Test
  void policiesDecideByTheFunctionThatRotates() {
    String function = FUNCTIONS + "decides";
    secrets.createSecret(r -> r.name("decides").secretString("first"));
    secrets.createSecret(r -> r.name("decides-not").secretString("first"));
    secrets.rotateSecret(r ->
        r.secretId("decides")
            .rotationLambdaARN(function)
            .rotateImmediately(false)
            .rotationRules(rules -> rules.automaticallyAfterDays(30L)));
    try (IamClient iam = sekisho.client(IamClient.builder())) {
      iam.createUser(r -> r.userName("decides"));
      iam.putUserPolicy(r ->
          r.userName("decides")
              .policyName("only")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*",
                   "Action":"secretsmanager:DescribeSecret","Condition":{"StringEquals":
                    {"secretsmanager:resource/AllowRotationLambdaArn":"%s"}}}]}\
                  """
                      .formatted(function)));
      AccessKey key = iam.createAccessKey(r -> r.userName("decides")).accessKey();
      try (SecretsManagerClient reader =
          sekisho.client(
              SecretsManagerClient.builder(),
              AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
        assertThat(reader.describeSecret(r -> r.secretId("decides")).name()).isEqualTo("decides");
        assertThatThrownBy(() -> reader.describeSecret(r -> r.secretId("decides-not")))
            .hasMessageContaining("not authorized");
      }
    }
  }

  @Test
  void rotatesNowByTheFourSteps() {
    String arn = secrets.createSecret(r -> r.name("now").secretString("first")).arn();
    String version =
        secrets
            .rotateSecret(r ->
                r.secretId("now")
                    .rotationLambdaARN(FUNCTIONS + "now")
                    .rotationRules(rules -> rules.automaticallyAfterDays(30L)))
            .versionId();

    eventually("the secret rotates", () -> described("now").lastRotatedDate() != null);

    assertThat(value("now")).isEqualTo("password of " + version);
    assertThat(function.databasePassword()).isEqualTo("password of " + version);
    assertThat(function.steps(FUNCTIONS + "now")).isEqualTo(STEPS);
    assertThat(function.asked().getFirst().authorization())
        .contains("Credential=AKIAFUNCTION/")
        .contains("/us-east-1/lambda/aws4_request");
    assertThat(
            secrets
                .getSecretValue(r -> r.secretId("now").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("first");
    DescribeSecretResponse after = described("now");
    assertThat(after.rotationEnabled()).isTrue();
    assertThat(after.rotationLambdaARN()).isEqualTo(FUNCTIONS + "now");
    assertThat(after.rotationRules().automaticallyAfterDays()).isEqualTo(30);
    assertThat(after.nextRotationDate()).isAfter(after.lastRotatedDate());
    assertThat(after.versionIdsToStages().get(version)).containsExactly("AWSCURRENT");
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
      for (String name : List.of("RotateSecret", "RotationStarted", "RotationSucceeded")) {
        assertThat(records(trail, name)).as(name).anyMatch(record -> record.contains(arn));
      }
    }
  }

  private static List<String> records(CloudTrailClient trail, String name) {
    return trail
        .lookupEvents(r ->
            r.lookupAttributes(
                a -> a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue(name)))
        .events()
        .stream()
        .map(Event::cloudTrailEvent)
        .toList();
  }

  @Test
  void rotatesByItsScheduleWhenTheTimeComes() {
    secrets.createSecret(r -> r.name("scheduled").secretString("first"));
    secrets.rotateSecret(r ->
        r.secretId("scheduled")
            .rotationLambdaARN(FUNCTIONS + "scheduled")
            .rotationRules(rules -> rules.scheduleExpression("rate(4 hours)").duration("2h"))
            .rotateImmediately(false));
    // What is postponed is tested at once, on what is current.
    eventually(
        "the test is done", () -> function.steps(FUNCTIONS + "scheduled").contains("testSecret"));
    eventually("nothing is under way", () -> described("scheduled").nextRotationDate() != null);
    assertThat(value("scheduled")).isEqualTo("first");

    sekisho.clock().advance(Duration.ofHours(4));
    try {
      eventually("the secret rotates", () -> !value("scheduled").equals("first"));
      eventually("that is noted", () -> described("scheduled").lastRotatedDate() != null);
      secrets.cancelRotateSecret(r -> r.secretId("scheduled"));
      assertThat(described("scheduled").rotationEnabled()).isFalse();
      assertThat(described("scheduled").nextRotationDate()).isNull();
    } finally {
      sekisho.clock().advance(Duration.ofHours(-4));
    }
  }

  @Test
  void aValueChangedByHandPostponesTheRotation() {
    secrets.createSecret(r -> r.name("by-hand").secretString("first"));
    secrets.rotateSecret(r ->
        r.secretId("by-hand")
            .rotationLambdaARN(FUNCTIONS + "by-hand")
            .rotationRules(rules -> rules.scheduleExpression("rate(10 hours)")));
    eventually("the secret rotates", () -> described("by-hand").lastRotatedDate() != null);
    Instant before = described("by-hand").nextRotationDate();
    sekisho.clock().advance(Duration.ofHours(2));
    try {
      secrets.putSecretValue(r -> r.secretId("by-hand").secretString("mine"));
      assertThat(described("by-hand").nextRotationDate())
          .isEqualTo(before.plus(Duration.ofHours(2)));
    } finally {
      sekisho.clock().advance(Duration.ofHours(-2));
    }
  }

  @Test
  void aFailureLeavesTheOldSecretWorkingAndSaysWhy() {
    String arn = secrets.createSecret(r -> r.name("failing").secretString("first")).arn();
    function.fail("setSecret");
    try {
      secrets.rotateSecret(r -> r.secretId("failing").rotationLambdaARN(FUNCTIONS + "failing"));
      try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
        eventually(
            "the failure is in the log",
            () ->
                records(trail, "RotationFailed").stream()
                    .anyMatch(
                        record -> record.contains(arn) && record.contains("the database is away")));
      }
      assertThat(value("failing")).isEqualTo("first");
      assertThatThrownBy(() -> secrets.rotateSecret(r -> r.secretId("failing")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("A previous rotation isn't complete.");
    } finally {
      function.fail("");
    }
    sekisho.clock().advance(Duration.ofMinutes(10));
    try {
      eventually("the step is done again", () -> !value("failing").equals("first"));
    } finally {
      sekisho.clock().advance(Duration.ofMinutes(-10));
    }
  }

  @Test
  void aRotationUnderWaySurvivesARestart() {
    secrets.createSecret(r -> r.name("restarted").secretString("first"));
    function.fail("testSecret");
    secrets.rotateSecret(r -> r.secretId("restarted").rotationLambdaARN(FUNCTIONS + "restarted"));
    eventually(
        "a step has failed", () -> function.steps(FUNCTIONS + "restarted").contains("testSecret"));

    secrets.close();
    sekisho.close();
    function.fail("");
    open();
    sekisho.clock().advance(Duration.ofMinutes(10));
    try {
      eventually("the rotation goes on", () -> !value("restarted").equals("first"));
      assertThat(function.steps(FUNCTIONS + "restarted"))
          .containsOnlyOnce("createSecret", "setSecret");
    } finally {
      sekisho.clock().advance(Duration.ofMinutes(-10));
    }
  }

  @Test
  void whatCannotRotateIsRefused() {
    secrets.createSecret(r -> r.name("refused").secretString("v"));
    secrets.createSecret(r -> r.name("valueless"));
    assertThatThrownBy(() -> secrets.rotateSecret(r -> r.secretId("refused")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("No Lambda rotation function ARN is associated with this secret.");
    assertThatThrownBy(() ->
            secrets.rotateSecret(r ->
                r.secretId("refused")
                    .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000002:function:other")))
        .isInstanceOfSatisfying(
            SecretsManagerException.class,
            refusal ->
                assertThat(refusal.awsErrorDetails().errorCode())
                    .isEqualTo("AccessDeniedException"));
    assertThatThrownBy(() ->
            secrets.rotateSecret(
                r -> r.secretId("valueless").rotationLambdaARN(FUNCTIONS + "valueless")))
        .isInstanceOf(InvalidRequestException.class);
    for (String expression : List.of("rate(1 hour)", "cron(0 0)", "often")) {
      assertThatThrownBy(() ->
              secrets.rotateSecret(r ->
                  r.secretId("refused")
                      .clientRequestToken(UUID.randomUUID().toString())
                      .rotationLambdaARN(FUNCTIONS + "refused")
                      .rotationRules(rules -> rules.scheduleExpression(expression))))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThat(described("refused").rotationEnabled()).isNull();
  }
}
