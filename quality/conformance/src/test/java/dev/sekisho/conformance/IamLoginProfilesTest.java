package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PasswordPolicy;
import software.amazon.awssdk.services.iam.model.PasswordPolicyViolationException;

/** Passwords and the rules for them, through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamLoginProfilesTest {

  private static final String GOOD = "Quite-Good-1-Planted";

  private SekishoInstance sekisho;
  private IamClient iam;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    sekisho = SekishoInstance.start(temporary);
    iam = sekisho.client(IamClient.builder());
  }

  @AfterAll
  void stop() {
    iam.close();
    sekisho.close();
  }

  @AfterEach
  void forgetPolicy() {
    try {
      iam.deleteAccountPasswordPolicy();
    } catch (NoSuchEntityException none) {
      // Most tests set none.
    }
  }

  private IamClient user(String name) {
    iam.createUser(r -> r.userName(name));
    AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
    return sekisho.client(
        IamClient.builder(), AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  @Test
  void aProfileIsMadeReadChangedAndDeleted() {
    iam.createUser(r -> r.userName("anna"));

    LoginProfile made =
        iam.createLoginProfile(r -> r.userName("anna").password(GOOD).passwordResetRequired(true))
            .loginProfile();

    assertThat(made.userName()).isEqualTo("anna");
    assertThat(made.passwordResetRequired()).isTrue();
    Instant now = sekisho.clock().instant();
    assertThat(made.createDate()).isBetween(now.minusSeconds(60), now);
    assertThat(iam.getLoginProfile(r -> r.userName("anna")).loginProfile()).isEqualTo(made);
    refused(
        "EntityAlreadyExists",
        409,
        "Login Profile for user anna already exists.",
        () -> iam.createLoginProfile(r -> r.userName("anna").password(GOOD)));
    refused(
        "DeleteConflict",
        409,
        "Cannot delete entity, must delete login profile first.",
        () -> iam.deleteUser(r -> r.userName("anna")));

    iam.updateLoginProfile(r -> r.userName("anna").passwordResetRequired(false));
    assertThat(iam.getLoginProfile(r -> r.userName("anna")).loginProfile().passwordResetRequired())
        .isFalse();
    iam.updateLoginProfile(r -> r.userName("anna").password("Another-Good-1"));

    iam.deleteLoginProfile(r -> r.userName("anna"));
    String gone = "Login Profile for User anna cannot be found.";
    refused("NoSuchEntity", 404, gone, () -> iam.getLoginProfile(r -> r.userName("anna")));
    refused("NoSuchEntity", 404, gone, () -> iam.deleteLoginProfile(r -> r.userName("anna")));
    refused(
        "NoSuchEntity",
        404,
        gone,
        () -> iam.updateLoginProfile(r -> r.userName("anna").password(GOOD)));
    iam.deleteUser(r -> r.userName("anna"));
    refused(
        "NoSuchEntity",
        404,
        "The user with name anna cannot be found.",
        () -> iam.createLoginProfile(r -> r.userName("anna").password(GOOD)));
  }

  @Test
  void theRootUserHasOneOfItsOwn() {
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("AccountPasswordPresent", 0);

    iam.createLoginProfile(r -> r.password(GOOD));

    assertThat(iam.getLoginProfile(r -> {}).loginProfile().userName()).isEqualTo("root");
    assertThat(iam.getAccountSummary().summaryMapAsStrings())
        .containsEntry("AccountPasswordPresent", 1);
    iam.deleteLoginProfile(r -> {});
    refused(
        "ValidationError",
        400,
        "Must specify a password for the login profile",
        () -> iam.createLoginProfile(r -> {}));
  }

  @ParameterizedTest
  @CsvSource({
    "aB1!, Password should have a minimum length of 8",
    "alllowercase, 'Password should have at least three of the following: uppercase letters,"
        + " lowercase letters, numbers, and symbols'",
    "lowercase1234, 'Password should have at least three of the following: uppercase letters,"
        + " lowercase letters, numbers, and symbols'",
    "User-Name-1, Password should not be identical to the account or user name"
  })
  void withoutAPolicyAwsHasItsOwnRules(String password, String message) {
    if (iam.listUsers().users().stream().noneMatch(u -> u.userName().equals("User-Name-1"))) {
      iam.createUser(r -> r.userName("User-Name-1"));
    }

    refused(
        "PasswordPolicyViolation",
        400,
        message,
        () -> iam.createLoginProfile(r -> r.userName("User-Name-1").password(password)));
  }

  @ParameterizedTest
  @CsvSource({
    "Short-1-x, Password should have a minimum length of 12",
    "NoSymbolHere123, Password should have at least one symbol",
    "No-Number-Here-Now, Password should have at least one number",
    "no-uppercase-here-1, Password should have at least one uppercase letter",
    "NO-LOWERCASE-HERE-1, Password should have at least one lowercase letter"
  })
  void aPolicyIsEnforced(String password, String message) {
    if (iam.listUsers().users().stream().noneMatch(u -> u.userName().equals("ruled"))) {
      iam.createUser(r -> r.userName("ruled"));
    }
    iam.updateAccountPasswordPolicy(r ->
        r.minimumPasswordLength(12)
            .requireSymbols(true)
            .requireNumbers(true)
            .requireUppercaseCharacters(true)
            .requireLowercaseCharacters(true));

    refused(
        "PasswordPolicyViolation",
        400,
        message,
        () -> iam.createLoginProfile(r -> r.userName("ruled").password(password)));
  }

  @Test
  void aPolicyIsSetAsAWhole() {
    String none = "The Password Policy with domain name 000000000001 cannot be found.";
    refused("NoSuchEntity", 404, none, () -> iam.getAccountPasswordPolicy());
    refused(
        "NoSuchEntity",
        404,
        "The account policy with name PasswordPolicy cannot be found.",
        () -> iam.deleteAccountPasswordPolicy());

    iam.updateAccountPasswordPolicy(r ->
        r.minimumPasswordLength(14)
            .requireSymbols(true)
            .requireNumbers(true)
            .requireUppercaseCharacters(true)
            .requireLowercaseCharacters(true)
            .allowUsersToChangePassword(true)
            .maxPasswordAge(90)
            .passwordReusePrevention(24)
            .hardExpiry(true));
    assertThat(iam.getAccountPasswordPolicy().passwordPolicy())
        .isEqualTo(
            PasswordPolicy.builder()
                .minimumPasswordLength(14)
                .requireSymbols(true)
                .requireNumbers(true)
                .requireUppercaseCharacters(true)
                .requireLowercaseCharacters(true)
                .allowUsersToChangePassword(true)
                .expirePasswords(true)
                .maxPasswordAge(90)
                .passwordReusePrevention(24)
                .hardExpiry(true)
                .build());

    iam.updateAccountPasswordPolicy(r -> r.requireNumbers(true));
    assertThat(iam.getAccountPasswordPolicy().passwordPolicy())
        .isEqualTo(
            PasswordPolicy.builder()
                .minimumPasswordLength(6)
                .requireSymbols(false)
                .requireNumbers(true)
                .requireUppercaseCharacters(false)
                .requireLowercaseCharacters(false)
                .allowUsersToChangePassword(false)
                .expirePasswords(false)
                .hardExpiry(false)
                .build());
    for (Runnable call :
        List.<Runnable>of(
            () -> iam.updateAccountPasswordPolicy(r -> r.minimumPasswordLength(5)),
            () -> iam.updateAccountPasswordPolicy(r -> r.maxPasswordAge(0)),
            () -> iam.updateAccountPasswordPolicy(r -> r.passwordReusePrevention(25)))) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ValidationError"));
    }
  }

  @Test
  void aUserChangesItsOwnPasswordWhereItMay() {
    try (IamClient own = user("changer")) {
      iam.createLoginProfile(r -> r.userName("changer").password(GOOD).passwordResetRequired(true));
      assertThatThrownBy(
              () -> own.changePassword(r -> r.oldPassword(GOOD).newPassword("New-Good-1")))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorMessage())
                      .contains("is not authorized to perform: iam:ChangePassword"));

      iam.updateAccountPasswordPolicy(r -> r.allowUsersToChangePassword(true));
      own.changePassword(r -> r.oldPassword(GOOD).newPassword("New-Good-1"));

      assertThat(
              iam.getLoginProfile(r -> r.userName("changer"))
                  .loginProfile()
                  .passwordResetRequired())
          .isFalse();
      refused(
          "AccessDenied",
          403,
          "The old password was incorrect.",
          () -> own.changePassword(r -> r.oldPassword(GOOD).newPassword("New-Good-2")));
      iam.putUserPolicy(r ->
          r.userName("changer")
              .policyName("no")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Deny",
                  "Action":"iam:ChangePassword","Resource":"*"}]}
                  """));
      assertThatThrownBy(
              () -> own.changePassword(r -> r.oldPassword("New-Good-1").newPassword("New-Good-2")))
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorMessage())
                      .contains("with an explicit deny"));
    }
    refused(
        "InvalidUserType",
        400,
        "Only IAM Users can change their own password",
        () -> iam.changePassword(r -> r.oldPassword(GOOD).newPassword("New-Good-1")));
  }

  @Test
  void passwordsAreNotUsedAgain() {
    iam.updateAccountPasswordPolicy(
        r -> r.allowUsersToChangePassword(true).passwordReusePrevention(2));
    try (IamClient own = user("repeater")) {
      iam.createLoginProfile(r -> r.userName("repeater").password("first-1"));
      String used = "Password was used recently and cannot be reused";
      refused(
          "PasswordPolicyViolation",
          400,
          used,
          () -> own.changePassword(r -> r.oldPassword("first-1").newPassword("first-1")));
      own.changePassword(r -> r.oldPassword("first-1").newPassword("second-2"));
      refused(
          "PasswordPolicyViolation",
          400,
          used,
          () -> own.changePassword(r -> r.oldPassword("second-2").newPassword("first-1")));
      refused(
          "PasswordPolicyViolation",
          400,
          used,
          () -> iam.updateLoginProfile(r -> r.userName("repeater").password("first-1")));
      own.changePassword(r -> r.oldPassword("second-2").newPassword("third-3"));

      own.changePassword(r -> r.oldPassword("third-3").newPassword("first-1"));
    }
  }

  @Test
  void whoGuessesTheOldPasswordWaits() {
    iam.updateAccountPasswordPolicy(r -> r.allowUsersToChangePassword(true));
    try (IamClient own = user("guessed")) {
      iam.createLoginProfile(r -> r.userName("guessed").password(GOOD));
      // Ten at once: only so many are looked at.
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<String> answers =
            threads
                .invokeAll(
                    IntStream.range(0, 10)
                        .mapToObj(
                            i -> (Callable<String>) () -> change(own, "wrong-" + i, "New-Good-1"))
                        .toList())
                .stream()
                .map(future -> future.resultNow())
                .toList();
        assertThat(answers.stream().filter("AccessDenied"::equals).count()).isLessThanOrEqualTo(7);
        assertThat(answers).contains("Throttling");
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
      sekisho.clock().advance(Duration.ofMinutes(15));

      assertThat(change(own, GOOD, "New-Good-1")).isEqualTo("changed");
    }
  }

  private static String change(IamClient client, String old, String next) {
    try {
      client.changePassword(r -> r.oldPassword(old).newPassword(next));
      return "changed";
    } catch (PasswordPolicyViolationException violation) {
      return "violation";
    } catch (AwsServiceException refusal) {
      return refusal.awsErrorDetails().errorCode();
    }
  }

  @Test
  void theSummaryIsComplete() {
    Map<String, Integer> summary = iam.getAccountSummary().summaryMapAsStrings();

    assertThat(summary)
        .containsEntry("SigningCertificatesPerUserQuota", 2)
        .containsEntry("AccessKeysPerUserQuota", 2)
        .containsEntry("ServerCertificates", 0)
        .containsEntry("ServerCertificatesQuota", 20)
        .containsEntry("GlobalEndpointTokenVersion", 1)
        .containsEntry("MFADevices", 0)
        .containsEntry("MFADevicesInUse", 0)
        .containsEntry("AccountMFAEnabled", 0)
        .containsEntry("AccountSigningCertificatesPresent", 0)
        .containsKeys("PolicyVersionsInUse", "Providers", "AccountPasswordPresent");
  }

  @Test
  void aPasswordIsFoundNowhereAfterwards() throws Exception {
    iam.createUser(r -> r.userName("planted"));
    iam.createLoginProfile(r -> r.userName("planted").password("Planted-Password-77"));
    iam.updateLoginProfile(r -> r.userName("planted").password("Planted-Password-78"));
    assertThatThrownBy(() ->
            iam.createLoginProfile(r -> r.userName("planted").password("Planted-Password-79")))
        .isInstanceOf(AwsServiceException.class);

    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder());
        Stream<Path> files = Files.walk(folder)) {
      assertThat(trail.lookupEventsPaginator().events().stream())
          .noneMatch(event -> event.cloudTrailEvent().contains("Planted-Password"));
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains("Planted-Password")).as(file.toString()).isFalse();
        assertThat(content.contains("argon2id")).as(file.toString()).isFalse();
      }
    }
  }
}
