package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.CreateAccountState;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A Sekisho whose first account manages an organization. */
final class OrganizationFixture implements AutoCloseable {

  static final String ACCESS_ROLE = "OrganizationAccountAccessRole";

  final SekishoInstance sekisho;
  final OrganizationsClient organizations;
  final StsClient sts;
  private int made;

  /** Also an administrator of the first account, who unlike the root user can assume roles. */
  OrganizationFixture(Path folder) {
    this(SekishoInstance.start(folder));
  }

  OrganizationFixture(SekishoInstance sekisho) {
    this.sekisho = sekisho;
    organizations = sekisho.client(OrganizationsClient.builder());
    IamClient iam = sekisho.client(IamClient.builder());
    iam.createUser(r -> r.userName("administrator"));
    iam.attachUserPolicy(
        r -> r.userName("administrator").policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
    AccessKey key = iam.createAccessKey(r -> r.userName("administrator")).accessKey();
    sts =
        sekisho.client(
            StsClient.builder(),
            AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  /** With all features, and the id of its root. */
  String organization() {
    organizations.createOrganization(r -> r.featureSet(OrganizationFeatureSet.ALL));
    return root();
  }

  String root() {
    return organizations.listRoots().roots().getFirst().id();
  }

  String unit(String parent, String name) {
    return organizations
        .createOrganizationalUnit(r -> r.parentId(parent).name(name))
        .organizationalUnit()
        .id();
  }

  /** A new account at the root. */
  String account() {
    int number = ++made;
    CreateAccountStatus begun =
        organizations
            .createAccount(
                r -> r.accountName("account " + number).email("account" + number + "@example.com"))
            .createAccountStatus();
    CreateAccountStatus ended =
        organizations
            .describeCreateAccountStatus(r -> r.createAccountRequestId(begun.id()))
            .createAccountStatus();
    assertThat(ended.state()).isEqualTo(CreateAccountState.SUCCEEDED);
    return ended.accountId();
  }

  void move(String account, String to) {
    String from = organizations.listParents(r -> r.childId(account)).parents().getFirst().id();
    organizations.moveAccount(
        r -> r.accountId(account).sourceParentId(from).destinationParentId(to));
  }

  /** A session of the role that the organization made in the account. */
  AwsCredentials inside(String account) {
    return session("arn:aws:iam::" + account + ":role/" + ACCESS_ROLE);
  }

  AwsCredentials session(String role) {
    Credentials given = sts.assumeRole(r -> r.roleArn(role).roleSessionName("walk")).credentials();
    return AwsSessionCredentials.create(
        given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
  }

  /** A user of the account, with administrator's rights there. */
  AwsCredentials user(String account, String name) {
    try (IamClient iam = sekisho.client(IamClient.builder(), inside(account))) {
      iam.createUser(r -> r.userName(name));
      iam.attachUserPolicy(
          r -> r.userName(name).policyArn("arn:aws:iam::aws:policy/AdministratorAccess"));
      AccessKey key = iam.createAccessKey(r -> r.userName(name)).accessKey();
      return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }
  }

  OrganizationsClient as(AwsCredentials credentials) {
    return sekisho.client(OrganizationsClient.builder(), credentials);
  }

  void enable(PolicyType type) {
    organizations.enablePolicyType(r -> r.rootId(root()).policyType(type));
  }

  String policy(PolicyType type, String name, String content) {
    return organizations
        .createPolicy(r -> r.type(type).name(name).description("").content(content))
        .policy()
        .policySummary()
        .id();
  }

  void attach(String policy, String target) {
    organizations.attachPolicy(r -> r.policyId(policy).targetId(target));
  }

  void detach(String policy, String target) {
    organizations.detachPolicy(r -> r.policyId(policy).targetId(target));
  }

  static String statement(String effect, String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\""
        + effect
        + "\",\"Action\":\""
        + action
        + "\",\"Resource\":\"*\"}]}";
  }

  static String resourceControl(String action, String condition) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
        + "\"Action\":\""
        + action
        + "\",\"Resource\":\"*\""
        + (condition.isEmpty() ? "" : ",\"Condition\":" + condition)
        + "}]}";
  }

  @Override
  public void close() {
    organizations.close();
    sts.close();
    sekisho.close();
  }
}
