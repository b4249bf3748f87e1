package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.sekisho.testing.SekishoInstance;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AssignmentStatusType;
import software.amazon.awssdk.services.iam.model.MFADevice;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** MFA devices from the seed to the session, through the real port, with AWS's own clients. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamMfaTest {

  private static final String WRONG_CODE =
      "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
  private static final String UNKNOWN =
      "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA"
          + " serial number is valid and associated with this user.";

  private SekishoInstance sekisho;
  private IamClient iam;
  private Path folder;

  /** A user with a device of theirs. */
  private record Person(String name, String serial, Token token, AwsCredentials key) {}

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

  private Instant now() {
    return sekisho.clock().instant();
  }

  private VirtualMFADevice device(String name) {
    return iam.createVirtualMFADevice(r -> r.virtualMFADeviceName(name)).virtualMFADevice();
  }

  private static Token token(VirtualMFADevice device) {
    return new Token(device.base32StringSeed().asUtf8String());
  }

  private void enable(String user, String serial, Token token) {
    Instant now = now();
    iam.enableMFADevice(r ->
        r.userName(user)
            .serialNumber(serial)
            .authenticationCode1(token.code(now, -1))
            .authenticationCode2(token.code(now, 0)));
  }

  private Person person(String name) {
    iam.createUser(r -> r.userName(name));
    AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
    VirtualMFADevice device = device(name);
    enable(name, device.serialNumber(), token(device));
    return new Person(
        name,
        device.serialNumber(),
        token(device),
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private void nextStep() {
    sekisho.clock().advance(Duration.ofSeconds(30));
  }

  @Nested
  class Devices {

    @Test
    void theSeedIsShownOnceAsTextAndAsPicture() throws Exception {
      VirtualMFADevice made =
          iam.createVirtualMFADevice(r ->
                  r.virtualMFADeviceName("shown")
                      .path("/phones/")
                      .tags(Tag.builder().key("team").value("red").build()))
              .virtualMFADevice();

      assertThat(made.serialNumber()).isEqualTo("arn:aws:iam::000000000001:mfa/phones/shown");
      assertThat(made.base32StringSeed().asUtf8String()).matches("[A-Z2-7]{64}");
      assertThat(made.tags()).hasSize(1);
      assertThat(made.enableDate()).isNull();
      var picture = ImageIO.read(new ByteArrayInputStream(made.qrCodePNG().asByteArray()));
      String read =
          new QRCodeReader()
              .decode(
                  new BinaryBitmap(
                      new HybridBinarizer(
                          new RGBLuminanceSource(
                              picture.getWidth(),
                              picture.getHeight(),
                              picture.getRGB(
                                  0,
                                  0,
                                  picture.getWidth(),
                                  picture.getHeight(),
                                  null,
                                  0,
                                  picture.getWidth())))))
              .getText();
      assertThat(read)
          .isEqualTo(
              "otpauth://totp/Amazon%20Web%20Services:shown@000000000001?secret="
                  + made.base32StringSeed().asUtf8String()
                  + "&issuer=Amazon%20Web%20Services");
      VirtualMFADevice listed =
          iam.listVirtualMFADevices().virtualMFADevices().stream()
              .filter(each -> each.serialNumber().equals(made.serialNumber()))
              .findFirst()
              .orElseThrow();
      assertThat(listed.base32StringSeed()).isNull();
      assertThat(listed.qrCodePNG()).isNull();
    }

    @Test
    void aNameIsTakenOnce() {
      device("twice");

      refused(
          "EntityAlreadyExists",
          409,
          "MFADevice entity at the same path and name already exists.",
          () -> device("twice"));
    }

    @Test
    void aDeviceIsEnabledListedFoundDeactivatedAndDeleted() {
      iam.createUser(r -> r.userName("bob"));
      VirtualMFADevice device = device("bob");
      String serial = device.serialNumber();
      assertThat(serials(AssignmentStatusType.UNASSIGNED)).contains(serial);

      enable("bob", serial, token(device));

      MFADevice listed = iam.listMFADevices(r -> r.userName("bob")).mfaDevices().getFirst();
      assertThat(listed.userName()).isEqualTo("bob");
      assertThat(listed.serialNumber()).isEqualTo(serial);
      assertThat(listed.enableDate()).isBetween(now().minusSeconds(60), now());
      assertThat(iam.getMFADevice(r -> r.userName("bob").serialNumber(serial)).enableDate())
          .isEqualTo(listed.enableDate());
      assertThat(serials(AssignmentStatusType.ASSIGNED)).contains(serial);
      assertThat(serials(AssignmentStatusType.UNASSIGNED)).doesNotContain(serial);
      VirtualMFADevice assigned =
          iam
              .listVirtualMFADevices(r -> r.assignmentStatus(AssignmentStatusType.ASSIGNED))
              .virtualMFADevices()
              .stream()
              .filter(each -> each.serialNumber().equals(serial))
              .findFirst()
              .orElseThrow();
      assertThat(assigned.user().userName()).isEqualTo("bob");
      assertThat(assigned.enableDate()).isEqualTo(listed.enableDate());
      refused(
          "DeleteConflict",
          409,
          "Cannot delete entity, must delete MFA device first.",
          () -> iam.deleteUser(r -> r.userName("bob")));
      refused(
          "DeleteConflict",
          409,
          "MFA VirtualDevice in use. Must deactivate first.",
          () -> iam.deleteVirtualMFADevice(r -> r.serialNumber(serial)));
      iam.createUser(r -> r.userName("bobs-friend"));
      refused(
          "EntityAlreadyExists",
          409,
          "MFA Device is already in use.",
          () -> enable("bobs-friend", serial, token(device)));

      iam.deactivateMFADevice(r -> r.userName("bob").serialNumber(serial));

      assertThat(iam.listMFADevices(r -> r.userName("bob")).mfaDevices()).isEmpty();
      iam.deleteVirtualMFADevice(r -> r.serialNumber(serial));
      iam.deleteUser(r -> r.userName("bob"));
      refused(
          "NoSuchEntity",
          404,
          "VirtualMFADevice with serial number " + serial + " doesn't exist.",
          () -> iam.deleteVirtualMFADevice(r -> r.serialNumber(serial)));
    }

    private List<String> serials(AssignmentStatusType status) {
      return iam
          .listVirtualMFADevicesPaginator(r -> r.assignmentStatus(status).maxItems(2))
          .virtualMFADevices()
          .stream()
          .map(VirtualMFADevice::serialNumber)
          .toList();
    }

    @Test
    void whatIsNotThereIsNotFound() {
      iam.createUser(r -> r.userName("nodevice"));
      String serial = "arn:aws:iam::000000000001:mfa/none";
      Token token = new Token("A".repeat(64));

      refused(
          "NoSuchEntity",
          404,
          "MFADevice with serial number " + serial + " doesn't exist.",
          () -> enable("nodevice", serial, token));
      refused(
          "NoSuchEntity",
          404,
          "The user with name nobody cannot be found.",
          () -> enable("nobody", serial, token));
      for (Runnable call :
          List.<Runnable>of(
              () -> iam.deactivateMFADevice(r -> r.userName("nodevice").serialNumber(serial)),
              () -> iam.getMFADevice(r -> r.userName("nodevice").serialNumber(serial)),
              () ->
                  iam.resyncMFADevice(r ->
                      r.userName("nodevice")
                          .serialNumber(serial)
                          .authenticationCode1("000000")
                          .authenticationCode2("000001")))) {
        refused("NoSuchEntity", 404, "MFA Device invalid for user.", call::run);
      }
    }

    @Test
    void codesThatAreWrongOrNotInARowOrUsedDoNotEnable() {
      iam.createUser(r -> r.userName("typist"));
      VirtualMFADevice device = device("typist");
      Token token = token(device);
      Instant now = now();
      for (String[] codes :
          List.of(
              new String[] {token.wrong(now), token.code(now, 0)},
              new String[] {token.code(now, 0), token.code(now, 0)},
              new String[] {token.code(now, 0), token.code(now, -1)},
              new String[] {token.code(now, -500), token.code(now, -499)})) {
        refused(
            "InvalidAuthenticationCode",
            403,
            "Authentication code for device is not valid.",
            () ->
                iam.enableMFADevice(r ->
                    r.userName("typist")
                        .serialNumber(device.serialNumber())
                        .authenticationCode1(codes[0])
                        .authenticationCode2(codes[1])));
      }
      enable("typist", device.serialNumber(), token);
      iam.deactivateMFADevice(r -> r.userName("typist").serialNumber(device.serialNumber()));

      refused(
          "InvalidAuthenticationCode",
          403,
          "Authentication code for device is not valid.",
          () -> enable("typist", device.serialNumber(), token));
    }

    @Test
    void eightDevicesAndNoMore() {
      iam.createUser(r -> r.userName("many"));
      for (int i = 0; i < 8; i++) {
        VirtualMFADevice device = device("many-" + i);
        enable("many", device.serialNumber(), token(device));
      }
      VirtualMFADevice ninth = device("many-8");

      refused(
          "LimitExceeded",
          409,
          "Cannot exceed quota for MFADevicesPerUser: 8",
          () -> enable("many", ninth.serialNumber(), token(ninth)));
      assertThat(
              iam.listMFADevicesPaginator(r -> r.userName("many").maxItems(3)).mfaDevices().stream()
                  .map(MFADevice::serialNumber))
          .hasSize(8)
          .doesNotHaveDuplicates();
    }

    @Test
    void aDeviceWhoseClockIsOffIsAlignedByTwoCodes() {
      Person person = person("drifter");
      nextStep();
      Instant device = now().plus(Duration.ofMinutes(20));
      try (StsClient sts = sekisho.client(StsClient.builder(), person.key())) {
        refused(
            "AccessDenied",
            403,
            WRONG_CODE,
            () ->
                sts.getSessionToken(r ->
                    r.serialNumber(person.serial()).tokenCode(person.token().code(device, 0))));

        iam.resyncMFADevice(r ->
            r.userName("drifter")
                .serialNumber(person.serial())
                .authenticationCode1(person.token().code(device, 0))
                .authenticationCode2(person.token().code(device, 1)));

        sts.getSessionToken(
            r -> r.serialNumber(person.serial()).tokenCode(person.token().code(device, 2)));
      }
    }

    @Test
    void theRootUserHasItsOwn() {
      VirtualMFADevice device = device("root-account-mfa-device");
      assertThat(summary()).containsEntry("AccountMFAEnabled", 0);

      enable("root", device.serialNumber(), token(device));

      assertThat(summary()).containsEntry("AccountMFAEnabled", 1);
      assertThat(summary().get("MFADevicesInUse")).isPositive();
      assertThat(iam.listMFADevices().mfaDevices())
          .singleElement()
          .satisfies(each -> assertThat(each.serialNumber()).isEqualTo(device.serialNumber()));
      nextStep();
      try (StsClient sts = sekisho.client(StsClient.builder())) {
        Credentials given =
            sts.getSessionToken(r ->
                    r.serialNumber(device.serialNumber()).tokenCode(token(device).code(now(), 0)))
                .credentials();
        try (IamClient session = sekisho.client(IamClient.builder(), session(given))) {
          assertThat(session.getUser().user().arn()).isEqualTo("arn:aws:iam::000000000001:root");
        }
      }
      iam.deactivateMFADevice(r -> r.serialNumber(device.serialNumber()));
      assertThat(summary()).containsEntry("AccountMFAEnabled", 0);
    }

    private Map<String, Integer> summary() {
      return iam.getAccountSummary().summaryMapAsStrings();
    }

    @Test
    void tagsComeAndGo() {
      String serial = device("tagged").serialNumber();

      iam.tagMFADevice(r ->
          r.serialNumber(serial)
              .tags(
                  Tag.builder().key("a").value("1").build(),
                  Tag.builder().key("b").value("2").build()));
      assertThat(iam.listMFADeviceTags(r -> r.serialNumber(serial)).tags()).hasSize(2);
      iam.untagMFADevice(r -> r.serialNumber(serial).tagKeys("a"));
      assertThat(iam.listMFADeviceTags(r -> r.serialNumber(serial)).tags())
          .extracting(Tag::key)
          .containsExactly("b");
      refused(
          "NoSuchEntity",
          404,
          "VirtualMFADevice with serial number arn:aws:iam::000000000001:mfa/gone doesn't exist.",
          () -> iam.listMFADeviceTags(r -> r.serialNumber("arn:aws:iam::000000000001:mfa/gone")));
    }
  }

  private static AwsCredentials session(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  @Nested
  class Sessions {

    @Test
    void oathtoolMakesCodesThatAreTaken() throws Exception {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/oathtool")), "there is no oathtool here");
      iam.createUser(r -> r.userName("oath"));
      AccessKey key = iam.createAccessKey(r -> r.userName("oath")).accessKey();
      VirtualMFADevice device = device("oath");
      String seed = device.base32StringSeed().asUtf8String();
      List<String> codes = oathtool(seed, now().minusSeconds(30), 1);

      iam.enableMFADevice(r ->
          r.userName("oath")
              .serialNumber(device.serialNumber())
              .authenticationCode1(codes.get(0))
              .authenticationCode2(codes.get(1)));

      nextStep();
      String next = oathtool(seed, now(), 0).getFirst();
      try (StsClient sts =
          sekisho.client(
              StsClient.builder(),
              AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
        assertThat(
                sts.getSessionToken(r -> r.serialNumber(device.serialNumber()).tokenCode(next))
                    .credentials()
                    .accessKeyId())
            .startsWith("ASIA");
      }
    }

    private static List<String> oathtool(String seed, Instant time, int window) throws Exception {
      Process process =
          new ProcessBuilder(
                  "/usr/bin/oathtool",
                  "--totp",
                  "-b",
                  "-w",
                  String.valueOf(window),
                  "--now=@" + time.getEpochSecond(),
                  seed)
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
      return output.lines().toList();
    }

    @Test
    void aSessionWithMfaMayWhatOneWithoutMayNot() {
      Person person = person("careful");
      iam.putUserPolicy(r ->
          r.userName("careful")
              .policyName("with-mfa")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"iam:ListUsers","Resource":"*",
                  "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},
                  "NumericLessThan":{"aws:MultiFactorAuthAge":"600"}}},
                  {"Effect":"Allow","Action":"iam:ListRoles","Resource":"*",
                  "Condition":{"Null":{"aws:MultiFactorAuthPresent":"true"}}},
                  {"Effect":"Allow","Action":"cloudtrail:LookupEvents","Resource":"*",
                  "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}}]}
                  """));
      nextStep();
      try (IamClient longTerm = sekisho.client(IamClient.builder(), person.key());
          StsClient sts = sekisho.client(StsClient.builder(), person.key())) {
        denied(longTerm::listUsers);
        longTerm.listRoles();
        Credentials plain = sts.getSessionToken().credentials();
        try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder(), session(plain))) {
          trail.lookupEvents();
        }
        Credentials given =
            sts.getSessionToken(
                    r -> r.serialNumber(person.serial()).tokenCode(person.token().code(now(), 0)))
                .credentials();
        try (IamClient withMfa = sekisho.client(IamClient.builder(), session(given));
            CloudTrailClient trail = sekisho.client(CloudTrailClient.builder(), session(given))) {
          withMfa.listUsers();
          denied(withMfa::listRoles);
          denied(trail::lookupEvents);
          sekisho.clock().advance(Duration.ofSeconds(601));
          denied(withMfa::listUsers);
        }
      }
    }

    private static void denied(ThrowingCallable call) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              AwsServiceException.class,
              refusal ->
                  assertThat(refusal.awsErrorDetails().errorCode()).startsWith("AccessDenied"));
    }

    @Test
    void aTrustPolicyAsksForMfa() {
      Person person = person("admin");
      iam.createRole(r ->
          r.roleName("guarded")
              .assumeRolePolicyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                  "Principal":{"AWS":"arn:aws:iam::000000000001:user/admin"},
                  "Action":"sts:AssumeRole",
                  "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"},
                  "NumericLessThan":{"aws:MultiFactorAuthAge":"300"}}}]}
                  """));
      iam.putRolePolicy(r ->
          r.roleName("guarded")
              .policyName("list")
              .policyDocument(
                  """
                  {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"},
                  {"Effect":"Allow","Action":"iam:ListRoles","Resource":"*",
                  "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}
                  """));
      String role = "arn:aws:iam::000000000001:role/guarded";
      nextStep();
      try (StsClient sts = sekisho.client(StsClient.builder(), person.key())) {
        denied(() -> sts.assumeRole(r -> r.roleArn(role).roleSessionName("without")));

        Credentials given =
            sts.assumeRole(r ->
                    r.roleArn(role)
                        .roleSessionName("with")
                        .serialNumber(person.serial())
                        .tokenCode(person.token().code(now(), 0)))
                .credentials();

        try (IamClient asRole = sekisho.client(IamClient.builder(), session(given))) {
          asRole.listUsers();
          denied(asRole::listRoles);
        }
        nextStep();
        Credentials own =
            sts.getSessionToken(
                    r -> r.serialNumber(person.serial()).tokenCode(person.token().code(now(), 0)))
                .credentials();
        try (StsClient again = sekisho.client(StsClient.builder(), session(own))) {
          again.assumeRole(r -> r.roleArn(role).roleSessionName("by-session"));
        }
      }
    }

    @Test
    void eachWrongWayHasItsWords() {
      Person person = person("wordy");
      Person other = person("other-wordy");
      nextStep();
      try (StsClient sts = sekisho.client(StsClient.builder(), person.key())) {
        refused(
            "AccessDenied",
            403,
            "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass"
                + " code.",
            () -> sts.getSessionToken(r -> r.serialNumber(person.serial())));
        refused(
            "AccessDenied",
            403,
            "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass"
                + " code.",
            () -> sts.getSessionToken(r -> r.tokenCode("123456")));
        refused(
            "AccessDenied",
            403,
            UNKNOWN,
            () ->
                sts.getSessionToken(
                    r -> r.serialNumber(other.serial()).tokenCode(other.token().code(now(), 0))));
        refused(
            "AccessDenied",
            403,
            WRONG_CODE,
            () ->
                sts.getSessionToken(
                    r -> r.serialNumber(person.serial()).tokenCode(person.token().wrong(now()))));
      }
    }

    @Test
    void aCodeIsTakenOnceAlsoByManyAtOnce() throws Exception {
      Person person = person("racer");
      nextStep();
      String code = person.token().code(now(), 0);
      try (StsClient sts = sekisho.client(StsClient.builder(), person.key());
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Callable<String> use =
            () -> {
              try {
                sts.getSessionToken(r -> r.serialNumber(person.serial()).tokenCode(code));
                return "taken";
              } catch (AwsServiceException refusal) {
                return refusal.awsErrorDetails().errorCode();
              }
            };
        List<String> answers = new ArrayList<>();
        for (Future<String> each :
            threads.invokeAll(IntStream.range(0, 12).mapToObj(_ -> use).toList())) {
          answers.add(each.get());
        }
        assertThat(answers).containsOnlyOnce("taken");
        assertThat(answers).contains("AccessDenied");
      }
    }

    @Test
    void guessersWaitAlsoAfterARestartAndTheRightCodeComesThroughThen(@TempDir Path other) {
      String serial;
      Token token;
      AwsCredentials key;
      try (SekishoInstance first = SekishoInstance.start(other);
          IamClient admin = first.client(IamClient.builder())) {
        admin.createUser(r -> r.userName("victim"));
        AccessKey made = admin.createAccessKey(r -> r.userName("victim")).accessKey();
        key = AwsBasicCredentials.create(made.accessKeyId(), made.secretAccessKey());
        VirtualMFADevice device =
            admin.createVirtualMFADevice(r -> r.virtualMFADeviceName("v")).virtualMFADevice();
        serial = device.serialNumber();
        token = token(device);
        Instant now = first.clock().instant();
        admin.enableMFADevice(r ->
            r.userName("victim")
                .serialNumber(serial)
                .authenticationCode1(token.code(now, -1))
                .authenticationCode2(token.code(now, 0)));
        try (StsClient sts = first.client(StsClient.builder(), key)) {
          first.clock().advance(Duration.ofMinutes(1));
          for (int i = 0; i < 9; i++) {
            String wrong = token.wrong(first.clock().instant());
            refused(
                "AccessDenied",
                403,
                WRONG_CODE,
                () -> sts.getSessionToken(r -> r.serialNumber(serial).tokenCode(wrong)));
            first.clock().advance(Duration.ofSeconds(i < 4 ? 0 : 20));
          }
        }
      }
      // Nine failures: the next code is looked at sixteen seconds after the last.
      try (SekishoInstance second = SekishoInstance.start(other);
          StsClient sts = second.client(StsClient.builder(), key)) {
        second.clock().advance(Duration.ofSeconds(60 + 4 * 20));
        String right = token.code(second.clock().instant(), 0);
        refused(
            "Throttling",
            400,
            "Rate exceeded",
            () -> sts.getSessionToken(r -> r.serialNumber(serial).tokenCode(right)));
        second.clock().advance(Duration.ofSeconds(40));
        String later = token.code(second.clock().instant(), 0);
        assertThat(sts.getSessionToken(r -> r.serialNumber(serial).tokenCode(later)).credentials())
            .isNotNull();
      }
    }
  }

  @Test
  void neitherSeedNorCodeIsFoundAnywhereAfterwards() throws Exception {
    Person person = person("secretive");
    nextStep();
    String code = person.token().code(now(), 0);
    try (StsClient sts = sekisho.client(StsClient.builder(), person.key())) {
      sts.getSessionToken(r -> r.serialNumber(person.serial()).tokenCode(code));
    }
    String seed = person.token().base32();
    byte[] bytes = base32(seed);
    try (CloudTrailClient trail = sekisho.client(CloudTrailClient.builder());
        Stream<Path> files = Files.walk(folder)) {
      trail.lookupEventsPaginator().events().stream()
          .map(event -> event.cloudTrailEvent())
          .forEach(event -> {
            assertThat(event).doesNotContain(seed).doesNotContain("\"" + code + "\"");
            if (event.contains("\"tokenCode\"") || event.contains("\"authenticationCode1\"")) {
              assertThat(event).contains("HIDDEN_DUE_TO_SECURITY_REASONS");
            }
          });
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(seed)).as(file.toString()).isFalse();
        assertThat(content.contains(new String(bytes, StandardCharsets.ISO_8859_1)))
            .as(file.toString())
            .isFalse();
        assertThat(content.contains(HexFormat.of().formatHex(bytes))).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void theEventOfASessionSaysWhetherMfaWasShown() {
    Person person = person("audited");
    nextStep();
    try (StsClient sts = sekisho.client(StsClient.builder(), person.key())) {
      Credentials given =
          sts.getSessionToken(
                  r -> r.serialNumber(person.serial()).tokenCode(person.token().code(now(), 0)))
              .credentials();
      try (StsClient asSession = sekisho.client(StsClient.builder(), session(given));
          CloudTrailClient trail = sekisho.client(CloudTrailClient.builder())) {
        asSession.getCallerIdentity();
        assertThat(
                trail.lookupEventsPaginator().events().stream()
                    .map(event -> event.cloudTrailEvent())
                    .filter(event -> event.contains("\"" + given.accessKeyId() + "\""))
                    .filter(event -> event.contains("\"eventName\":\"GetCallerIdentity\"")))
            .singleElement()
            .asString()
            .contains("\"mfaAuthenticated\":\"true\"");
      }
    }
  }

  private static byte[] base32(String text) {
    BigInteger number = BigInteger.ONE;
    for (char each : text.toCharArray()) {
      number =
          number
              .shiftLeft(5)
              .or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(each)));
    }
    byte[] all = number.toByteArray();
    return Arrays.copyOfRange(all, all.length - text.length() * 5 / 8, all.length);
  }
}
