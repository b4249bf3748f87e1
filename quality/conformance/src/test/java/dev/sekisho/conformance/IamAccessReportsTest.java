package dev.sekisho.conformance;

import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessAdvisorUsageGranularityType;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.EntityDetails;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GetServiceLastAccessedDetailsResponse;
import software.amazon.awssdk.services.iam.model.GroupDetail;
import software.amazon.awssdk.services.iam.model.JobStatusType;
import software.amazon.awssdk.services.iam.model.ListPoliciesGrantingServiceAccessEntry;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyGrantingServiceAccess;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.ServiceLastAccessed;
import software.amazon.awssdk.services.iam.model.TrackedActionLastAccessed;
import software.amazon.awssdk.services.iam.model.UserDetail;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** What IAM tells about who has access and who last used it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IamAccessReportsTest {

  private static final String KMS_LIST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
          + "\"Action\":[\"kms:ListKeys\",\"kms:ListAliases\"],\"Resource\":\"*\"}]}";

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

  @Test
  void accessKeyIsKnownToHaveBeenUsedAsSoonAsItWas() {
    AccessKey key = user("used");

    assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(key.accessKeyId())))
        .satisfies(never -> {
          assertThat(never.userName()).isEqualTo("used");
          assertThat(never.accessKeyLastUsed().lastUsedDate()).isNull();
          assertThat(never.accessKeyLastUsed().serviceName()).isEqualTo("N/A");
          assertThat(never.accessKeyLastUsed().region()).isEqualTo("N/A");
        });
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    listKeys(key);

    assertThat(iam.getAccessKeyLastUsed(r -> r.accessKeyId(key.accessKeyId())).accessKeyLastUsed())
        .satisfies(used -> {
          assertThat(used.serviceName()).isEqualTo("kms");
          assertThat(used.region()).isEqualTo("us-east-1");
          assertThat(used.lastUsedDate()).isBetween(before, Instant.now());
        });
    refused(
        "AccessDenied",
        403,
        "User: arn:aws:iam::000000000001:root is not authorized to perform:"
            + " iam:GetAccessKeyLastUsed on resource: access key AKIAAAAAAAAAAAAAAAAA",
        () -> iam.getAccessKeyLastUsed(r -> r.accessKeyId("AKIAAAAAAAAAAAAAAAAA")));
  }

  @Test
  void roleIsKnownToHaveBeenUsed() {
    iam.createRole(r ->
        r.roleName("worker")
            .assumeRolePolicyDocument(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                    + "\"Principal\":{\"AWS\":\"000000000001\"},"
                    + "\"Action\":\"sts:AssumeRole\"}]}"));
    AccessKey key = user("assumer", "sts:AssumeRole");
    assertThat(iam.getRole(r -> r.roleName("worker")).role().roleLastUsed().lastUsedDate())
        .isNull();
    Credentials session;
    try (StsClient sts =
        sekisho.client(
            StsClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
      session =
          sts.assumeRole(r ->
                  r.roleArn("arn:aws:iam::000000000001:role/worker").roleSessionName("session"))
              .credentials();
    }
    try (StsClient sts =
        sekisho.client(
            StsClient.builder(),
            AwsSessionCredentials.create(
                session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))) {
      sts.getCallerIdentity();
    }

    assertThat(iam.getRole(r -> r.roleName("worker")).role().roleLastUsed())
        .satisfies(used -> {
          assertThat(used.lastUsedDate()).isNotNull();
          assertThat(used.region()).isEqualTo("us-east-1");
        });
  }

  @Test
  void reportSaysWhichGrantedServicesWereUsed() {
    AccessKey key = user("reported", "kms:*\", \"cloudtrail:LookupEvents");
    listKeys(key);

    GetServiceLastAccessedDetailsResponse report =
        report("arn:aws:iam::000000000001:user/reported");

    assertThat(report.jobStatus()).isEqualTo(JobStatusType.COMPLETED);
    assertThat(report.servicesLastAccessed())
        .extracting(ServiceLastAccessed::serviceNamespace)
        .containsExactly("cloudtrail", "kms");
    ServiceLastAccessed never = report.servicesLastAccessed().getFirst();
    assertThat(never.totalAuthenticatedEntities()).isZero();
    assertThat(never.lastAuthenticated()).isNull();
    ServiceLastAccessed kms = report.servicesLastAccessed().getLast();
    assertThat(kms.serviceName()).isEqualTo("AWS Key Management Service");
    assertThat(kms.totalAuthenticatedEntities()).isEqualTo(1);
    assertThat(kms.lastAuthenticatedEntity()).isEqualTo("arn:aws:iam::000000000001:user/reported");
    assertThat(kms.lastAuthenticatedRegion()).isEqualTo("us-east-1");
    assertThat(kms.trackedActionsLastAccessed())
        .extracting(TrackedActionLastAccessed::actionName)
        .containsExactly("ListKeys");
  }

  @Test
  void reportOnAGroupSaysWhoUsedIt() {
    iam.createGroup(r -> r.groupName("keepers"));
    iam.putGroupPolicy(r -> r.groupName("keepers").policyName("list").policyDocument(KMS_LIST));
    AccessKey active = user("active");
    user("idle");
    iam.addUserToGroup(r -> r.groupName("keepers").userName("active"));
    iam.addUserToGroup(r -> r.groupName("keepers").userName("idle"));
    listKeys(active);
    String job =
        iam.generateServiceLastAccessedDetails(
                r -> r.arn("arn:aws:iam::000000000001:group/keepers"))
            .jobId();

    List<EntityDetails> entities =
        iam.getServiceLastAccessedDetailsWithEntities(r -> r.jobId(job).serviceNamespace("kms"))
            .entityDetailsList();

    assertThat(entities)
        .extracting(each -> each.entityInfo().name(), each -> each.lastAuthenticated() != null)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("active", true),
            org.assertj.core.groups.Tuple.tuple("idle", false));
    refused(
        "NoSuchEntity",
        404,
        "The service namespace ec2 cannot be found in the report.",
        () ->
            iam.getServiceLastAccessedDetailsWithEntities(
                r -> r.jobId(job).serviceNamespace("ec2")));
    assertThat(
            iam.listPoliciesGrantingServiceAccess(r ->
                    r.arn("arn:aws:iam::000000000001:user/idle").serviceNamespaces("kms", "iam"))
                .policiesGrantingServiceAccess())
        .extracting(ListPoliciesGrantingServiceAccessEntry::policies)
        .satisfiesExactly(
            kms ->
                assertThat(kms)
                    .extracting(
                        PolicyGrantingServiceAccess::policyName,
                        PolicyGrantingServiceAccess::policyTypeAsString,
                        PolicyGrantingServiceAccess::entityName)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("own", "INLINE", "idle"),
                        org.assertj.core.groups.Tuple.tuple("list", "INLINE", "keepers")),
            none -> assertThat(none).isEmpty());
  }

  @Test
  void reportOnAPolicyCoversAllWhoHaveIt() {
    String arn =
        iam.createPolicy(r -> r.policyName("shared").policyDocument(KMS_LIST)).policy().arn();
    AccessKey key = user("sharer");
    iam.attachUserPolicy(r -> r.userName("sharer").policyArn(arn));
    listKeys(key);

    assertThat(report(arn).servicesLastAccessed())
        .singleElement()
        .satisfies(kms -> {
          assertThat(kms.totalAuthenticatedEntities()).isEqualTo(1);
          assertThat(kms.lastAuthenticatedEntity())
              .isEqualTo("arn:aws:iam::000000000001:user/sharer");
        });
  }

  @Test
  void unknownSubjectsAndJobsAreRefused() {
    refused(
        "NoSuchEntity",
        404,
        "ARN arn:aws:iam::000000000001:user/nobody cannot be found.",
        () -> report("arn:aws:iam::000000000001:user/nobody"));
    refused(
        "NoSuchEntity",
        404,
        "The job with id 00000000-0000-0000-0000-000000000000 cannot be found.",
        () ->
            iam.getServiceLastAccessedDetails(
                r -> r.jobId("00000000-0000-0000-0000-000000000000")));
  }

  @Test
  void authorizationDetailsHoldEverythingThatDecides() {
    user("detailed", "kms:ListKeys");
    iam.createGroup(r -> r.groupName("details").path("/d/"));
    iam.addUserToGroup(r -> r.groupName("details").userName("detailed"));
    String arn =
        iam.createPolicy(r -> r.policyName("detail").policyDocument(KMS_LIST)).policy().arn();
    iam.attachGroupPolicy(r -> r.groupName("details").policyArn(arn));
    iam.attachGroupPolicy(
        r -> r.groupName("details").policyArn("arn:aws:iam::aws:policy/SecurityAudit"));

    GetAccountAuthorizationDetailsResponse all = iam.getAccountAuthorizationDetails();

    UserDetail user = only(all.userDetailList(), each -> each.userName().equals("detailed"));
    assertThat(user.groupList()).containsExactly("details");
    assertThat(user.userPolicyList()).extracting(PolicyDetail::policyName).containsExactly("own");
    GroupDetail group = only(all.groupDetailList(), each -> each.groupName().equals("details"));
    assertThat(group.arn()).isEqualTo("arn:aws:iam::000000000001:group/d/details");
    assertThat(group.attachedManagedPolicies()).hasSize(2);
    ManagedPolicyDetail policy = only(all.policies(), each -> each.policyName().equals("detail"));
    assertThat(policy.attachmentCount()).isEqualTo(1);
    assertThat(policy.policyVersionList()).hasSize(1);
    assertThat(all.policies())
        .extracting(ManagedPolicyDetail::arn)
        .contains("arn:aws:iam::aws:policy/SecurityAudit");
    assertThat(iam.getAccountAuthorizationDetails(r -> r.filter(EntityType.ROLE)))
        .satisfies(roles -> {
          assertThat(roles.userDetailList()).isEmpty();
          assertThat(roles.policies()).isEmpty();
        });
  }

  @Test
  void authorizationDetailsComeInPagesWithoutGapOrRepeat() {
    for (int i = 0; i < 5; i++) {
      String name = "page" + i;
      iam.createRole(r ->
          r.roleName(name)
              .assumeRolePolicyDocument(
                  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                      + "\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},"
                      + "\"Action\":\"sts:AssumeRole\"}]}"));
    }

    assertThat(
            iam
                .getAccountAuthorizationDetailsPaginator(r -> r.filter(EntityType.ROLE).maxItems(2))
                .stream()
                .flatMap(page -> page.roleDetailList().stream())
                .map(RoleDetail::roleName))
        .contains("page0", "page1", "page2", "page3", "page4")
        .doesNotHaveDuplicates();
  }

  private GetServiceLastAccessedDetailsResponse report(String arn) {
    String job =
        iam.generateServiceLastAccessedDetails(
                r -> r.arn(arn).granularity(AccessAdvisorUsageGranularityType.ACTION_LEVEL))
            .jobId();
    return iam.getServiceLastAccessedDetails(r -> r.jobId(job));
  }

  private AccessKey user(String name) {
    return user(name, "kms:ListKeys");
  }

  private AccessKey user(String name, String actions) {
    iam.createUser(r -> r.userName(name));
    iam.putUserPolicy(r ->
        r.userName(name)
            .policyName("own")
            .policyDocument(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
                    + actions
                    + "\"],\"Resource\":\"*\"}]}"));
    return iam.createAccessKey(r -> r.userName(name)).accessKey();
  }

  private void listKeys(AccessKey key) {
    try (KmsClient kms =
        sekisho.client(
            KmsClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()))) {
      kms.listKeys();
    }
  }

  private static <T> T only(List<T> all, java.util.function.Predicate<T> wanted) {
    List<T> found = all.stream().filter(wanted).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
