package dev.sekisho.conformance;

import static dev.sekisho.conformance.OrganizationFixture.statement;
import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRootResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** An organization's administrators act as the root users of its accounts. */
class RootAccessTest {

  private static final String TASK = "arn:aws:iam::aws:policy/root-task/";
  private static final String AUDIT = "IAMAuditRootUserCredentials";
  private static final String CREATE_PASSWORD = "IAMCreateRootUserPassword";
  private static final String DELETE = "IAMDeleteRootUserCredentials";
  private static final String HOME = SekishoInstance.ACCOUNT;

  private OrganizationFixture fixture;
  private OrganizationsClient organizations;
  private String account;
  private IamClient iam;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    organizations = fixture.organizations;
    fixture.organization();
    account = fixture.account();
    iam = fixture.sekisho.client(IamClient.builder());
    organizations.enableAWSServiceAccess(r -> r.servicePrincipal("iam.amazonaws.com"));
    iam.enableOrganizationsRootCredentialsManagement(r -> {});
  }

  @AfterEach
  void stop() {
    iam.close();
    fixture.close();
  }

  private static AssumeRootResponse open(StsClient sts, String target, String task) {
    return sts.assumeRoot(r -> r.targetPrincipal(target).taskPolicyArn(p -> p.arn(TASK + task)));
  }

  private static AwsCredentials credentials(Credentials given) {
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  /** What is done in a session of the account's root user. */
  private void in(StsClient sts, String target, String task, Consumer<IamClient> work) {
    AwsCredentials session = credentials(open(sts, target, task).credentials());
    try (IamClient root = fixture.sekisho.client(IamClient.builder(), session)) {
      work.accept(root);
    }
  }

  private void isDenied(StsClient sts, String target, String task) {
    assertThatThrownBy(() -> open(sts, target, task))
        .hasMessageContaining("is not authorized to perform: sts:AssumeRoot on resource: arn:aws:");
  }

  @Test
  void theSessionIsTheMembersRootUserForAQuarterOfAnHour() {
    for (String target : new String[] {account, "arn:aws:iam::" + account + ":root"}) {
      Credentials given = open(fixture.sts, target, AUDIT).credentials();
      assertThat(given.accessKeyId()).startsWith("ASIA");
      assertThat(given.expiration())
          .isBetween(
              fixture.sekisho.clock().instant().plusSeconds(890),
              fixture.sekisho.clock().instant().plusSeconds(900));
      try (StsClient as = fixture.sekisho.client(StsClient.builder(), credentials(given))) {
        var who = as.getCallerIdentity();
        assertThat(who.arn()).isEqualTo("arn:aws:iam::" + account + ":root");
        assertThat(who.account()).isEqualTo(account);
        assertThat(who.userId()).isEqualTo(account);
        assertThatThrownBy(() -> as.getSessionToken(r -> {})).isNotNull();
        fixture.sekisho.clock().advance(Duration.ofMinutes(15));
        assertThatThrownBy(as::getCallerIdentity).hasMessageContaining("expired");
      }
    }
  }

  @Test
  void theTaskIsAllThatTheSessionMayDo() {
    in(
        fixture.sts,
        account,
        AUDIT,
        root -> {
          assertThat(root.listAccessKeys().accessKeyMetadata()).isEmpty();
          assertThat(root.listMFADevices().mfaDevices()).isEmpty();
          assertThat(root.listSigningCertificates().certificates()).isEmpty();
          assertThat(root.getUser().user().arn()).isEqualTo("arn:aws:iam::" + account + ":root");
          assertThat(root.getAccountSummary().summaryMap())
              .containsEntry(SummaryKeyType.ACCOUNT_PASSWORD_PRESENT, 0);
          assertThatThrownBy(() -> root.getLoginProfile(r -> {}))
              .isInstanceOf(NoSuchEntityException.class);
          assertThatThrownBy(root::listUsers)
              .isInstanceOf(IamException.class)
              .hasMessageContaining("User: arn:aws:iam::" + account + ":root is not authorized to")
              .hasMessageContaining("with an explicit deny in a session policy");
          assertThatThrownBy(() -> root.createAccessKey(r -> {}))
              .hasMessageContaining("session policy");
          assertThatThrownBy(() -> root.createLoginProfile(r -> {}))
              .hasMessageContaining("session policy");
        });
    try (IamClient inside = fixture.sekisho.client(IamClient.builder(), fixture.inside(account))) {
      inside.createUser(r -> r.userName("somebody"));
      inside.createAccessKey(r -> r.userName("somebody"));
    }
    in(
        fixture.sts,
        account,
        DELETE,
        root ->
            assertThatThrownBy(() -> root.listAccessKeys(r -> r.userName("somebody")))
                .hasMessageContaining("session policy"));
  }

  @Test
  void aPasswordIsOnlyForItsOwnerToRecover() {
    in(
        fixture.sts,
        account,
        CREATE_PASSWORD,
        root -> {
          refused(
              "ValidationError",
              400,
              "A password cannot be specified in an AssumeRoot session",
              () -> root.createLoginProfile(r -> r.password("L0ng-enough!")));
          root.createLoginProfile(r -> {});
          assertThat(root.getLoginProfile(r -> {}).loginProfile().userName()).isEqualTo("root");
          assertThatThrownBy(() -> root.deleteLoginProfile(r -> {}))
              .hasMessageContaining("session policy");
        });
    in(
        fixture.sts,
        account,
        DELETE,
        root -> {
          root.deleteLoginProfile(r -> {});
          assertThatThrownBy(() -> root.getLoginProfile(r -> {}))
              .isInstanceOf(NoSuchEntityException.class);
        });
  }

  /** The first account as a member of another's organization: its root user has credentials. */
  @Test
  void aRootUsersCredentialsAreFoundAndDeleted() throws Exception {
    VirtualMFADevice device =
        iam.createVirtualMFADevice(r -> r.virtualMFADeviceName("phone")).virtualMFADevice();
    Token token = new Token(device.base32StringSeed().asUtf8String());
    iam.enableMFADevice(r ->
        r.userName("root")
            .serialNumber(device.serialNumber())
            .authenticationCode1(token.code(fixture.sekisho.clock().instant(), -1))
            .authenticationCode2(token.code(fixture.sekisho.clock().instant(), 0)));
    String body =
        TestCertificates.pem(TestCertificates.authority("CN=root", TestCertificates.rsa()));
    String certificate =
        iam.uploadSigningCertificate(r -> r.certificateBody(body)).certificate().certificateId();
    try (StsClient sts = managedByAnother()) {
      in(
          sts,
          HOME,
          AUDIT,
          root -> {
            assertThat(root.listAccessKeys().accessKeyMetadata()).hasSize(1);
            assertThat(root.listMFADevices().mfaDevices().getFirst().serialNumber())
                .isEqualTo(device.serialNumber());
            assertThat(root.listSigningCertificates().certificates().getFirst().certificateId())
                .isEqualTo(certificate);
            String key = root.listAccessKeys().accessKeyMetadata().getFirst().accessKeyId();
            assertThat(root.getAccessKeyLastUsed(r -> r.accessKeyId(key)).accessKeyLastUsed())
                .isNotNull();
            assertThat(root.getAccountSummary().summaryMap())
                .containsEntry(SummaryKeyType.ACCOUNT_SIGNING_CERTIFICATES_PRESENT, 1);
            assertThatThrownBy(() -> root.deleteAccessKey(r -> r.accessKeyId(key)))
                .hasMessageContaining("session policy");
          });
      in(
          sts,
          HOME,
          DELETE,
          root -> {
            root.deactivateMFADevice(r -> r.serialNumber(device.serialNumber()));
            root.deleteSigningCertificate(r -> r.certificateId(certificate));
            String key = root.listAccessKeys().accessKeyMetadata().getFirst().accessKeyId();
            root.deleteAccessKey(r -> r.accessKeyId(key));
            assertThat(root.listAccessKeys().accessKeyMetadata()).isEmpty();
            assertThat(root.listMFADevices().mfaDevices()).isEmpty();
            assertThat(root.listSigningCertificates().certificates()).isEmpty();
          });
      refused(
          "InvalidClientTokenId",
          403,
          "The security token included in the request is invalid.",
          iam::listUsers);
    }
  }

  /** Makes the first account a member of the second's organization. */
  private StsClient managedByAnother() {
    AwsCredentials owner = fixture.user(account, "owner");
    organizations.removeAccountFromOrganization(r -> r.accountId(account));
    organizations.deleteOrganization();
    try (OrganizationsClient managing = fixture.as(owner);
        IamClient itsIam = fixture.sekisho.client(IamClient.builder(), owner)) {
      managing.createOrganization();
      managing.enableAWSServiceAccess(r -> r.servicePrincipal("iam.amazonaws.com"));
      itsIam.enableOrganizationsRootCredentialsManagement(r -> {});
      String invitation =
          managing
              .inviteAccountToOrganization(r -> r.target(t -> t.type("ACCOUNT").id(HOME)))
              .handshake()
              .id();
      organizations.acceptHandshake(r -> r.handshakeId(invitation));
    }
    return fixture.sekisho.client(StsClient.builder(), owner);
  }

  @Test
  void onlyAdministratorsOfAnEnabledFeatureMay() {
    String other = fixture.account();
    isDenied(fixture.sts, account, "S3UnlockBucketPolicy");
    isDenied(fixture.sts, "999999999999", AUDIT);
    isDenied(fixture.sts, HOME, AUDIT);
    try (StsClient inside = fixture.sekisho.client(StsClient.builder(), fixture.inside(other))) {
      isDenied(inside, account, AUDIT);
      organizations.registerDelegatedAdministrator(
          r -> r.accountId(other).servicePrincipal("iam.amazonaws.com"));
      open(inside, account, AUDIT);
      organizations.deregisterDelegatedAdministrator(
          r -> r.accountId(other).servicePrincipal("iam.amazonaws.com"));
      isDenied(inside, account, AUDIT);
    }
    iam.enableOrganizationsRootSessions(r -> {});
    open(fixture.sts, account, "S3UnlockBucketPolicy");
    open(fixture.sts, account, "SQSUnlockQueuePolicy");
    iam.disableOrganizationsRootCredentialsManagement(r -> {});
    isDenied(fixture.sts, account, AUDIT);
    organizations.disableAWSServiceAccess(r -> r.servicePrincipal("iam.amazonaws.com"));
    isDenied(fixture.sts, account, "S3UnlockBucketPolicy");
  }

  @Test
  void whatIsAskedForIsChecked() {
    refused(
        "ValidationError",
        400,
        "TaskPolicyArn arn:aws:iam::aws:policy/AdministratorAccess is not a root task policy.",
        () ->
            fixture.sts.assumeRoot(r ->
                r.targetPrincipal(account)
                    .taskPolicyArn(p -> p.arn("arn:aws:iam::aws:policy/AdministratorAccess"))));
    for (String target :
        new String[] {"not an account", "arn:aws:iam::" + account + ":user/somebody"}) {
      refused(
          "ValidationError",
          400,
          "TargetPrincipal " + target + " is invalid",
          () -> open(fixture.sts, target, AUDIT));
    }
    assertThatThrownBy(() ->
            fixture.sts.assumeRoot(r ->
                r.targetPrincipal(account)
                    .durationSeconds(901)
                    .taskPolicyArn(p -> p.arn(TASK + AUDIT))))
        .hasMessageContaining("durationSeconds");
    try (StsClient root = fixture.sekisho.client(StsClient.builder())) {
      refused(
          "AccessDenied",
          403,
          "AssumeRoot may not be called by root accounts.",
          () -> open(root, account, AUDIT));
    }
  }

  @Test
  void policiesDecideWhoMayOpenASessionForWhat() {
    AwsCredentials clerk =
        limited(
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRoot",
            "Resource":"arn:aws:iam::%s:root","Condition":{"StringEquals":
            {"sts:TaskPolicyArn":"%s"}}}}\
            """
                .formatted(account, TASK + AUDIT));
    try (StsClient sts = fixture.sekisho.client(StsClient.builder(), clerk)) {
      open(sts, account, AUDIT);
      isDenied(sts, account, DELETE);
      isDenied(sts, fixture.account(), AUDIT);
    }
  }

  private AwsCredentials limited(String policy) {
    iam.createUser(r -> r.userName("clerk"));
    iam.putUserPolicy(r -> r.userName("clerk").policyName("p").policyDocument(policy));
    var key = iam.createAccessKey(r -> r.userName("clerk")).accessKey();
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  @Test
  void theOrganizationsPoliciesHoldInTheSessionAndOnTheWayToIt() {
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    fixture.enable(PolicyType.RESOURCE_CONTROL_POLICY);
    String noListing =
        fixture.policy(
            PolicyType.SERVICE_CONTROL_POLICY, "no", statement("Deny", "iam:ListAccessKeys"));
    String notAsRoot =
        fixture.policy(
            PolicyType.SERVICE_CONTROL_POLICY,
            "root",
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:ListMFADevices",
            "Resource":"*","Condition":{"Bool":{"aws:AssumedRoot":"true"}}}}\
            """);
    fixture.attach(noListing, account);
    fixture.attach(notAsRoot, account);
    in(
        fixture.sts,
        account,
        AUDIT,
        root -> {
          assertThatThrownBy(root::listAccessKeys).hasMessageContaining("service control policy");
          assertThatThrownBy(root::listMFADevices).hasMessageContaining("service control policy");
          root.getUser();
        });
    try (IamClient inside = fixture.sekisho.client(IamClient.builder(), fixture.inside(account))) {
      inside.createUser(r -> r.userName("somebody"));
      inside.listMFADevices(r -> r.userName("somebody"));
    }
    String guard =
        fixture.policy(
            PolicyType.RESOURCE_CONTROL_POLICY,
            "guard",
            OrganizationFixture.resourceControl("sts:AssumeRoot", ""));
    fixture.attach(guard, account);
    assertThatThrownBy(() -> open(fixture.sts, account, AUDIT))
        .hasMessageContaining("resource control policy");
  }

  @Test
  void theTrailSaysThatTheRootUserWasAssumed() throws Exception {
    Credentials given = open(fixture.sts, account, AUDIT).credentials();
    try (IamClient root = fixture.sekisho.client(IamClient.builder(), credentials(given))) {
      root.listMFADevices();
    }
    JsonNode opened = record(fixture.sekisho.client(CloudTrailClient.builder()), "AssumeRoot");
    assertThat(opened.at("/requestParameters/targetPrincipal").asText()).isEqualTo(account);
    assertThat(opened.at("/requestParameters/taskPolicyArn/arn").asText()).isEqualTo(TASK + AUDIT);
    String key = opened.at("/responseElements/credentials/accessKeyId").asText();
    assertThat(key).isEqualTo(given.accessKeyId());
    assertThat(opened.toString()).doesNotContain(given.secretAccessKey());

    JsonNode used =
        record(
            fixture.sekisho.client(CloudTrailClient.builder(), fixture.inside(account)),
            "ListMFADevices");
    JsonNode identity = used.path("userIdentity");
    assertThat(identity.path("type").asText()).isEqualTo("Root");
    assertThat(identity.path("accountId").asText()).isEqualTo(account);
    assertThat(identity.path("accessKeyId").asText()).isEqualTo(key);
    assertThat(identity.at("/sessionContext/assumedRoot").asText()).isEqualTo("true");
  }

  private static JsonNode record(CloudTrailClient trail, String event) throws Exception {
    try (trail) {
      return new ObjectMapper()
          .readTree(
              trail
                  .lookupEvents(r ->
                      r.lookupAttributes(
                          a -> a.attributeKey(LookupAttributeKey.EVENT_NAME).attributeValue(event)))
                  .events()
                  .getFirst()
                  .cloudTrailEvent());
    }
  }
}
