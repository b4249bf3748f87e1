package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.keyring.RootKind;
import dev.sekisho.crypto.keyring.StoredKeyring;
import dev.sekisho.crypto.keyring.UnsealException;
import dev.sekisho.postgres.PostgresServer;
import dev.sekisho.server.Storage;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.StsException;

/** Two Sekisho on one PostgreSQL: what one answered, the other knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Storage storage;

  private @Nullable SekishoInstance first;
  private @Nullable SekishoInstance second;

  @BeforeAll
  void start(@TempDir Path given) throws IOException {
    folder = given;
    Assumptions.assumeTrue(PostgresServer.isInstalled(), "PostgreSQL is not installed here");
    PostgresServer.Database database = PostgresServer.shared().newDatabase();
    Path password = Files.writeString(folder.resolve("password"), database.password() + "\n");
    storage =
        new Storage(
            database.url() + "?user=" + database.user(), password, folder.resolve("keyring"));
    first = SekishoInstance.start(folder.resolve("first"), storage);
    second = SekishoInstance.start(folder.resolve("second"), storage);
  }

  @AfterAll
  void stop() {
    if (second != null) {
      second.close();
    }
    if (first != null) {
      first.close();
    }
  }

  private SekishoInstance first() {
    return Objects.requireNonNull(first);
  }

  private SekishoInstance second() {
    return Objects.requireNonNull(second);
  }

  @Test
  void anAccessKeyIsKnownAndUnknownOnTheOtherNodeAtOnce() {
    IamClient iam = first().client(IamClient.builder());
    iam.createUser(r -> r.userName("bob"));
    for (int i = 0; i < 10; i++) {
      AccessKey key = iam.createAccessKey(r -> r.userName("bob")).accessKey();
      StsClient sts =
          second()
              .client(
                  StsClient.builder(),
                  AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));

      assertThat(sts.getCallerIdentity().arn()).endsWith("user/bob");
      iam.deleteAccessKey(r -> r.userName("bob").accessKeyId(key.accessKeyId()));
      assertThatThrownBy(sts::getCallerIdentity).isInstanceOf(StsException.class);
    }
  }

  @Test
  void aCodeIsTakenOnceOverBothNodesAndGuessesCountOnBoth() throws Exception {
    IamClient iam = first().client(IamClient.builder());
    iam.createUser(r -> r.userName("mfa-user"));
    AccessKey made = iam.createAccessKey(r -> r.userName("mfa-user")).accessKey();
    AwsBasicCredentials key =
        AwsBasicCredentials.create(made.accessKeyId(), made.secretAccessKey());
    VirtualMFADevice device =
        iam.createVirtualMFADevice(r -> r.virtualMFADeviceName("mfa-user")).virtualMFADevice();
    Token token = new Token(device.base32StringSeed().asUtf8String());
    Instant now = Instant.now();
    iam.enableMFADevice(r ->
        r.userName("mfa-user")
            .serialNumber(device.serialNumber())
            .authenticationCode1(token.code(now, -2))
            .authenticationCode2(token.code(now, -1)));
    String code = token.code(now, 0);
    List<StsClient> nodes =
        List.of(first().client(unhurried(), key), second().client(unhurried(), key));
    List<String> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> uses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        StsClient node = nodes.get(i % 2);
        uses.add(() -> session(node, device.serialNumber(), code));
      }
      for (Future<String> each : threads.invokeAll(uses)) {
        answers.add(each.get());
      }
    }
    assertThat(answers).containsOnlyOnce("taken");
    for (int i = 0; i < 6; i++) {
      first().clock().advance(Duration.ofSeconds(40));
      second().clock().advance(Duration.ofSeconds(40));
      String wrong = token.wrong(first().clock().instant());
      assertThat(session(nodes.get(i % 2), device.serialNumber(), wrong)).isEqualTo("AccessDenied");
    }

    // Eleven failures, counted on both nodes: a minute's wait.
    String right = token.code(second().clock().instant(), 0);
    assertThat(session(nodes.get(1), device.serialNumber(), right)).isEqualTo("Throttling");
  }

  private static String session(StsClient node, String serial, String code) {
    try {
      node.getSessionToken(r -> r.serialNumber(serial).tokenCode(code));
      return "taken";
    } catch (StsException refused) {
      return refused.awsErrorDetails().errorCode();
    }
  }

  /** A client that takes the first answer. */
  private static StsClientBuilder unhurried() {
    return StsClient.builder()
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  @Test
  void anOrganizationsPolicyOfOneNodeCountsOnTheOtherAtOnce() {
    OrganizationFixture organization = new OrganizationFixture(first());
    String root = organization.organization();
    organization.enable(PolicyType.SERVICE_CONTROL_POLICY);
    String account = organization.account();
    String unit = organization.unit(root, "unit");
    IamClient elsewhere =
        second().client(IamClient.builder(), organization.user(account, "worker"));
    IamClient session = second().client(IamClient.builder(), organization.inside(account));
    String deny =
        organization.policy(
            PolicyType.SERVICE_CONTROL_POLICY,
            "deny",
            OrganizationFixture.statement("Deny", "iam:ListRoles"));
    organization.attach(deny, unit);
    for (int i = 0; i < 10; i++) {
      elsewhere.listRoles();
      organization.move(account, unit);
      assertThatThrownBy(elsewhere::listRoles)
          .hasMessageContaining("with an explicit deny in a service control policy");
      organization.move(account, root);
      session.listRoles();
      organization.attach(deny, account);
      assertThatThrownBy(session::listRoles).hasMessageContaining("service control policy");
      organization.detach(deny, account);
    }
    organization.organizations.closeAccount(r -> r.accountId(account));
    assertThatThrownBy(elsewhere::listRoles).isInstanceOf(IamException.class);
    assertThatThrownBy(session::listRoles).isInstanceOf(IamException.class);
  }

  @Test
  void aKeyOfOneNodeOpensWhatTheOtherEncrypted() {
    String key = first().client(KmsClient.builder()).createKey().keyMetadata().keyId();
    SdkBytes text = SdkBytes.fromUtf8String("over two nodes");

    SdkBytes sealed =
        second()
            .client(KmsClient.builder())
            .encrypt(r -> r.keyId(key).plaintext(text))
            .ciphertextBlob();

    assertThat(first().client(KmsClient.builder()).decrypt(r -> r.ciphertextBlob(sealed)))
        .satisfies(answer -> assertThat(answer.plaintext()).isEqualTo(text));
  }

  @Test
  void theHistoryIsOneAndPagedWithoutGaps() {
    for (int i = 0; i < 10; i++) {
      int number = i;
      IamClient iam = (i % 2 == 0 ? first() : second()).client(IamClient.builder());
      iam.createGroup(r -> r.groupName("history" + number));
    }
    CloudTrailClient trail = second().client(CloudTrailClient.builder());
    List<Event> events = new ArrayList<>();
    trail
        .lookupEventsPaginator(r ->
            r.maxResults(3)
                .lookupAttributes(a -> a.attributeKey("EventName").attributeValue("CreateGroup")))
        .events()
        .forEach(events::add);

    assertThat(events).hasSize(10);
    for (int i = 0; i < 10; i++) {
      assertThat(events.get(i).cloudTrailEvent()).contains("history" + (9 - i) + "\"");
    }
  }

  @Test
  void aStartWithAnotherKeyringIsRefused() {
    Path keyring = folder.resolve("other-keyring");
    Storage other = new Storage(storage.database(), storage.passwordFile(), keyring);
    assertThatThrownBy(() -> SekishoInstance.start(folder.resolve("third"), other).close())
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("is missing");
    assertThat(keyring).doesNotExist();

    new StoredKeyring(keyring, Randomness.system())
        .create(RootKind.FILE, other.root(), Instant.EPOCH);

    assertThatThrownBy(() -> SekishoInstance.start(folder.resolve("third"), other).close())
        .isInstanceOf(UnsealException.class)
        .hasMessageContaining("another keyring")
        .hasMessageContaining("--keyring");
  }
}
