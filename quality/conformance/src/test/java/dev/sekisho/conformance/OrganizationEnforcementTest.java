package dev.sekisho.conformance;

import static dev.sekisho.conformance.OrganizationFixture.resourceControl;
import static dev.sekisho.conformance.OrganizationFixture.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.DuplicatePolicyAttachmentException;
import software.amazon.awssdk.services.organizations.model.OrganizationsException;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** What an organization says is effective at once in every decision. */
class OrganizationEnforcementTest {

  private static final String FULL = "p-FullAWSAccess";

  private OrganizationFixture fixture;
  private OrganizationsClient organizations;
  private String organization;
  private String root;
  private String account;
  private AwsCredentials user;
  private IamClient iam;
  private KmsClient kms;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    organizations = fixture.organizations;
    root = fixture.organization();
    organization = organizations.describeOrganization().organization().id();
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    account = fixture.account();
    user = fixture.user(account, "worker");
    iam = fixture.sekisho.client(IamClient.builder(), user);
    kms = fixture.sekisho.client(KmsClient.builder(), user);
  }

  @AfterEach
  void stop() {
    iam.close();
    kms.close();
    fixture.close();
  }

  private String scp(String name, String content) {
    return fixture.policy(PolicyType.SERVICE_CONTROL_POLICY, name, content);
  }

  private String policyArn(String type, String policy) {
    return "arn:aws:organizations::000000000001:policy/" + organization + "/" + type + "/" + policy;
  }

  @Test
  void aDenyIsEffectiveAtOnceInEveryDecision() {
    String deny = scp("deny", statement("Deny", "iam:ListUsers"));
    try (IamClient role = fixture.sekisho.client(IamClient.builder(), fixture.inside(account))) {
      for (String target : List.of(root, account)) {
        for (int i = 0; i < 5; i++) {
          iam.listUsers();
          role.listUsers();
          fixture.attach(deny, target);
          Refusals.refused(
              "AccessDenied",
              403,
              "User: arn:aws:iam::"
                  + account
                  + ":user/worker is not authorized to perform: iam:ListUsers on resource:"
                  + " arn:aws:iam::"
                  + account
                  + ":user/ with an explicit deny in a service control policy: "
                  + policyArn("service_control_policy", deny),
              iam::listUsers);
          assertThatThrownBy(role::listUsers)
              .hasMessageContaining("with an explicit deny in a service control policy");
          iam.listRoles();
          fixture.detach(deny, target);
        }
      }
    }
    iam.listUsers();
  }

  @Test
  void anAllowListAllowsNothingElse() {
    String list = scp("list", statement("Allow", "iam:*"));
    fixture.attach(list, account);
    fixture.detach(FULL, account);

    iam.listUsers();
    Refusals.refused(
        "AccessDeniedException",
        400,
        "User: arn:aws:iam::"
            + account
            + ":user/worker is not authorized to perform: kms:CreateKey because no service control"
            + " policy allows the kms:CreateKey action",
        kms::createKey);
    fixture.attach(FULL, account);
    kms.createKey();
  }

  @Test
  void everyLevelOfThreeUnitsMustAllow() {
    String one = fixture.unit(root, "one");
    String two = fixture.unit(one, "two");
    String three = fixture.unit(two, "three");
    fixture.move(account, three);
    kms.createKey();
    String noKeys = scp("no-keys", statement("Deny", "kms:CreateKey"));
    String onlyIam = scp("only-iam", statement("Allow", "iam:*"));

    for (String level : List.of(root, one, two, three, account)) {
      fixture.attach(noKeys, level);
      assertThatThrownBy(kms::createKey)
          .hasMessageContaining(
              "with an explicit deny in a service control policy: "
                  + policyArn("service_control_policy", noKeys));
      fixture.detach(noKeys, level);
      kms.createKey();
      fixture.attach(onlyIam, level);
      kms.createKey();
      fixture.detach(FULL, level);
      assertThatThrownBy(kms::createKey)
          .hasMessageContaining(
              "because no service control policy allows the kms:CreateKey action");
      iam.listUsers();
      fixture.attach(FULL, level);
      fixture.detach(onlyIam, level);
      kms.createKey();
    }
  }

  @Test
  void anAccountThatMovesIsUnderItsNewUnitAtOnce() {
    String open = fixture.unit(root, "open");
    String closed = fixture.unit(root, "closed");
    fixture.attach(scp("deny", statement("Deny", "iam:*")), closed);

    for (int i = 0; i < 5; i++) {
      fixture.move(account, closed);
      assertThatThrownBy(iam::listUsers).hasMessageContaining("service control policy");
      fixture.move(account, open);
      iam.listUsers();
    }
  }

  @Test
  void aChangedPolicyAndADisabledTypeCountAtOnce() {
    String policy = scp("changing", statement("Deny", "iam:ListUsers"));
    fixture.attach(policy, account);
    assertThatThrownBy(iam::listUsers).hasMessageContaining("explicit deny");
    organizations.updatePolicy(r -> r.policyId(policy).content(statement("Deny", "iam:ListRoles")));
    iam.listUsers();
    assertThatThrownBy(iam::listRoles).hasMessageContaining("explicit deny");
    organizations.disablePolicyType(
        r -> r.rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY));
    iam.listRoles();
    // What was attached is not there again when the type is.
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    iam.listRoles();
  }

  @Test
  void theManagementAccountIsFree() {
    String deny = scp("deny", statement("Deny", "*"));
    fixture.attach(deny, root);
    fixture.attach(deny, SekishoInstance.ACCOUNT);

    organizations.listRoots();
    fixture.sts.getCallerIdentity();
    try (IamClient own = fixture.sekisho.client(IamClient.builder())) {
      own.listUsers();
    }
    assertThatThrownBy(iam::listUsers).hasMessageContaining("service control policy");
  }

  /** The root user of the first account, once that account is a member of another organization. */
  @Test
  void theRootUserOfAMemberIsNotFree() {
    organizations.removeAccountFromOrganization(r -> r.accountId(account));
    organizations.deleteOrganization();
    try (OrganizationsClient managing = fixture.as(user);
        IamClient home = fixture.sekisho.client(IamClient.builder())) {
      managing.createOrganization();
      String invitation =
          managing
              .inviteAccountToOrganization(
                  r -> r.target(t -> t.type("ACCOUNT").id(SekishoInstance.ACCOUNT)))
              .handshake()
              .id();
      organizations.acceptHandshake(r -> r.handshakeId(invitation));
      String itsRoot = managing.listRoots().roots().getFirst().id();
      managing.enablePolicyType(
          r -> r.rootId(itsRoot).policyType(PolicyType.SERVICE_CONTROL_POLICY));
      home.listUsers();
      String deny =
          managing
              .createPolicy(r ->
                  r.type(PolicyType.SERVICE_CONTROL_POLICY)
                      .name("deny")
                      .description("")
                      .content(
                          """
                          {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:*",
                          "Resource":"*","Condition":{"StringLike":{"aws:PrincipalArn":
                          "arn:aws:iam::*:root"}}}}\
                          """))
              .policy()
              .policySummary()
              .id();
      managing.attachPolicy(r -> r.policyId(deny).targetId(itsRoot));

      assertThatThrownBy(home::listUsers)
          .hasMessageContaining("User: arn:aws:iam::000000000001:root is not authorized")
          .hasMessageContaining("with an explicit deny in a service control policy");
      organizations.leaveOrganization();
      home.listUsers();
    }
  }

  @Test
  void aSimulationCountsWhatTheOrganizationSays() {
    String noKeys =
        fixture.policy(
            PolicyType.SERVICE_CONTROL_POLICY, "no keys", statement("Deny", "kms:CreateKey"));
    fixture.attach(noKeys, account);
    try (IamClient inside = fixture.sekisho.client(IamClient.builder(), user)) {
      var results =
          inside
              .simulatePrincipalPolicy(r ->
                  r.policySourceArn(
                          "arn:aws:iam::" + account + ":role/" + OrganizationFixture.ACCESS_ROLE)
                      .actionNames("kms:CreateKey", "kms:ListKeys"))
              .evaluationResults();
      assertThat(results.getFirst().evalDecisionAsString()).isEqualTo("explicitDeny");
      assertThat(results.getFirst().organizationsDecisionDetail().allowedByOrganizations())
          .isFalse();
      assertThat(results.getLast().evalDecisionAsString()).isEqualTo("allowed");
      assertThat(results.getLast().organizationsDecisionDetail().allowedByOrganizations()).isTrue();
    }
  }

  @Test
  void aResourceControlPolicyGuardsAKeyFromEverybody() {
    fixture.enable(PolicyType.RESOURCE_CONTROL_POLICY);
    String other = fixture.account();
    AwsCredentials outsider = fixture.user(other, "outsider");
    String key = kms.createKey().keyMetadata().arn();
    kms.putKeyPolicy(r ->
        r.keyId(key)
            .policyName("default")
            .policy(
                """
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::%s:root","arn:aws:iam::%s:root",
                "arn:aws:iam::000000000001:root"]},"Action":"kms:*","Resource":"*"}]}\
                """
                    .formatted(account, other)));
    SdkBytes text = SdkBytes.fromUtf8String("x");
    String deny =
        fixture.policy(
            PolicyType.RESOURCE_CONTROL_POLICY, "deny", resourceControl("kms:Encrypt", ""));
    try (KmsClient outside = fixture.sekisho.client(KmsClient.builder(), outsider);
        KmsClient managing = fixture.sekisho.client(KmsClient.builder())) {
      List<KmsClient> everybody = List.of(kms, outside, managing);
      for (int i = 0; i < 3; i++) {
        everybody.forEach(each -> each.encrypt(r -> r.keyId(key).plaintext(text)));
        fixture.attach(deny, account);
        for (KmsClient each : everybody) {
          assertThatThrownBy(() -> each.encrypt(r -> r.keyId(key).plaintext(text)))
              .isInstanceOf(KmsException.class)
              .hasMessageContaining(
                  "with an explicit deny in a resource control policy: "
                      + policyArn("resource_control_policy", deny));
          each.describeKey(r -> r.keyId(key));
        }
        String own = outside.createKey().keyMetadata().arn();
        outside.encrypt(r -> r.keyId(own).plaintext(text));
        fixture.detach(deny, account);
      }
      // Keys of the management account are not touched, wherever the policy is.
      fixture.attach(deny, root);
      String free = managing.createKey().keyMetadata().arn();
      managing.encrypt(r -> r.keyId(free).plaintext(text));
      assertThatThrownBy(() -> outside.encrypt(r -> r.keyId(key).plaintext(text)))
          .hasMessageContaining("resource control policy");
    }
  }

  @Test
  void whoIsOfNoOrganizationIsRefusedWithoutBeingToldByWhat() {
    fixture.enable(PolicyType.RESOURCE_CONTROL_POLICY);
    String stranger = fixture.account();
    AwsCredentials outsider = fixture.user(stranger, "stranger");
    organizations.removeAccountFromOrganization(r -> r.accountId(stranger));
    String key = kms.createKey().keyMetadata().arn();
    kms.putKeyPolicy(r ->
        r.keyId(key)
            .policyName("default")
            .policy(
                """
                {"Version":"2012-10-17","Statement":[
                {"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}\
                """));
    fixture.attach(
        fixture.policy(
            PolicyType.RESOURCE_CONTROL_POLICY,
            "own-only",
            resourceControl(
                "kms:*",
                "{\"StringNotEqualsIfExists\":{\"aws:PrincipalOrgID\":\"" + organization + "\"}}")),
        root);

    kms.describeKey(r -> r.keyId(key));
    try (KmsClient outside = fixture.sekisho.client(KmsClient.builder(), outsider)) {
      Refusals.refused(
          "AccessDeniedException",
          400,
          "User: arn:aws:iam::"
              + stranger
              + ":user/stranger is not authorized to perform: kms:DescribeKey on resource: "
              + key
              + " with an explicit deny in a resource control policy",
          () -> outside.describeKey(r -> r.keyId(key)));
    }
  }

  @Test
  void aResourceControlPolicyGuardsRolesToo() {
    fixture.enable(PolicyType.RESOURCE_CONTROL_POLICY);
    String role = "arn:aws:iam::" + account + ":role/" + OrganizationFixture.ACCESS_ROLE;
    String deny =
        fixture.policy(
            PolicyType.RESOURCE_CONTROL_POLICY, "deny", resourceControl("sts:AssumeRole", ""));
    fixture.attach(deny, account);
    assertThatThrownBy(() -> fixture.session(role))
        .isInstanceOf(StsException.class)
        .hasMessageContaining("with an explicit deny in a resource control policy");
    fixture.detach(deny, account);
    fixture.session(role);
  }

  @Test
  void conditionsSeeTheOrganization() {
    String unit = fixture.unit(root, "unit");
    fixture.move(account, unit);
    String path = organization + "/" + root + "/" + unit + "/";
    assertThat(holds("aws:PrincipalOrgID", organization)).isTrue();
    assertThat(holds("aws:PrincipalOrgID", "o-somethingelse")).isFalse();
    assertThat(holds("aws:ResourceOrgID", organization)).isTrue();
    assertThat(holds("aws:ResourceAccount", account)).isTrue();
    assertThat(holds("aws:PrincipalAccount", account)).isTrue();
    assertThat(holds("aws:PrincipalOrgPaths", path)).isTrue();
    assertThat(holds("aws:PrincipalOrgPaths", organization + "/" + root + "/*")).isTrue();
    assertThat(holds("aws:PrincipalOrgPaths", organization + "/" + root + "/")).isFalse();
    assertThat(holds("aws:ResourceOrgPaths", path)).isTrue();
    fixture.move(account, root);
    assertThat(holds("aws:PrincipalOrgPaths", path)).isFalse();
    assertThat(holds("aws:PrincipalOrgPaths", organization + "/" + root + "/")).isTrue();
  }

  /** Whether a policy of the user with the condition keeps it from listing groups. */
  private boolean holds(String key, String value) {
    try (IamClient inside = fixture.sekisho.client(IamClient.builder(), fixture.inside(account))) {
      inside.putUserPolicy(r ->
          r.userName("worker")
              .policyName("condition")
              .policyDocument(
                  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":"
                      + "\"iam:ListGroups\",\"Resource\":\"*\",\"Condition\":{\"StringLike\":{\""
                      + key
                      + "\":\""
                      + value
                      + "\"}}}]}"));
      iam.listGroups();
      return false;
    } catch (IamException refused) {
      return true;
    }
  }

  @Test
  void nobodyInAClosedAccountIsKnownAnyMore() {
    AwsCredentials session = fixture.inside(account);
    try (StsClient role = fixture.sekisho.client(StsClient.builder(), session);
        StsClient own = fixture.sekisho.client(StsClient.builder(), user)) {
      role.getCallerIdentity();
      own.getCallerIdentity();
      organizations.closeAccount(r -> r.accountId(account));

      assertThatThrownBy(role::getCallerIdentity)
          .isInstanceOf(StsException.class)
          .hasMessageContaining("security token included in the request is invalid");
      assertThatThrownBy(own::getCallerIdentity).isInstanceOf(StsException.class);
      assertThatThrownBy(iam::listUsers).hasMessageContaining("invalid");
      assertThatThrownBy(() -> fixture.inside(account))
          .isInstanceOf(StsException.class)
          .hasMessageContaining("is not authorized to perform: sts:AssumeRole");
    }
  }

  @Test
  void ofTwoWhoAttachTheSameOneIsTold() throws Exception {
    String deny = scp("deny", statement("Deny", "iam:ListUsers"));
    for (int round = 0; round < 20; round++) {
      List<String> outcomes = together(() -> fixture.attach(deny, account), 4);
      assertThat(outcomes).filteredOn("done"::equals).hasSize(1);
      assertThat(outcomes)
          .filteredOn(outcome -> !outcome.equals("done"))
          .containsOnly(DuplicatePolicyAttachmentException.class.getSimpleName());
      assertThatThrownBy(iam::listUsers).hasMessageContaining("explicit deny");
      fixture.detach(deny, account);
      iam.listUsers();
    }
  }

  @Test
  void ofTwoWhoMoveAnAccountOneIsTold() throws Exception {
    String unit = fixture.unit(root, "unit");
    for (int round = 0; round < 20; round++) {
      String from = round % 2 == 0 ? root : unit;
      String to = round % 2 == 0 ? unit : root;
      List<String> outcomes =
          together(
              () ->
                  organizations.moveAccount(
                      r -> r.accountId(account).sourceParentId(from).destinationParentId(to)),
              4);
      assertThat(outcomes).filteredOn("done"::equals).hasSize(1);
      assertThat(outcomes).contains("SourceParentNotFoundException");
      assertThat(organizations.listAccountsForParent(r -> r.parentId(to)).accounts())
          .anyMatch(each -> each.id().equals(account));
      assertThat(organizations.listAccountsForParent(r -> r.parentId(from)).accounts())
          .noneMatch(each -> each.id().equals(account));
    }
  }

  /** What came of the action, done by several at once: {@code done} or the refusal. */
  private static List<String> together(Runnable action, int many) throws Exception {
    List<String> outcomes = new ArrayList<>();
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(many)) {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        results.add(
            threads.submit(() -> {
              start.await();
              try {
                action.run();
                return "done";
              } catch (OrganizationsException refused) {
                return refused.getClass().getSimpleName();
              }
            }));
      }
      start.countDown();
      for (Future<String> result : results) {
        outcomes.add(result.get());
      }
    }
    return outcomes;
  }
}
