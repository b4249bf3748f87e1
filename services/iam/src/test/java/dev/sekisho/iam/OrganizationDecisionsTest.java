package dev.sekisho.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Caller;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.Origin;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.Secret;
import dev.sekisho.core.ServiceException;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.SealedMessages;
import dev.sekisho.store.SqliteDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom and what an organization's policies have a say in. */
class OrganizationDecisionsTest {

  private static final AccountId MEMBER = new AccountId("111122223333");
  private static final AccountId OTHER = new AccountId("444455556666");
  private static final String DENY_ALL =
      "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\","
          + "\"Action\":\"*\",\"Resource\":\"*\"}}";
  private static final ResourcePolicy OPEN =
      new ResourcePolicy(
          ResourcePolicy.Kind.KEY_POLICY,
          "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\","
              + "\"Action\":\"*\",\"Resource\":\"*\"}}");

  private final Map<AccountId, OrganizationDirectory.Membership> memberships = new HashMap<>();
  private final OrganizationDirectory directory =
      new OrganizationDirectory() {
        @Override
        public Optional<Membership> membership(AccountId account) {
          asked++;
          return Optional.ofNullable(memberships.get(account));
        }

        @Override
        public boolean isSuspended(AccountId account) {
          return false;
        }

        @Override
        public Optional<Administration> administration(AccountId account, String service) {
          return Optional.empty();
        }
      };
  private int asked;
  private SqliteDatabase database;
  private PolicyAuthorizer authorizer;

  @BeforeEach
  void start(@TempDir Path folder) {
    database = SqliteDatabase.open(folder.resolve("test.db"), List.of(IamPrincipals.SCHEMA));
    authorizer =
        new PolicyAuthorizer(
            database,
            database.stamps(),
            directory,
            new SealedMessages(
                new Keyring(
                    Map.of(1, Secret.of(Randomness.system().bytes(32))), 1, Randomness.system())));
  }

  @AfterEach
  void stop() {
    database.close();
  }

  private void laidOn(AccountId account, @Nullable String scp, @Nullable String rcp) {
    memberships.put(
        account,
        new OrganizationDirectory.Membership(
            "o-example123", "o-example123/r-abcd/", level(scp), level(rcp)));
    database.write(transaction -> {
      database.stamps().bump(transaction, IamPrincipals.TOPIC);
      return account;
    });
  }

  private static @Nullable List<List<OrganizationDirectory.ControlPolicy>> level(
      @Nullable String document) {
    return document == null
        ? null
        : List.of(List.of(new OrganizationDirectory.ControlPolicy("arn:the-policy", document)));
  }

  /** The refusal, or nothing when the call is allowed. */
  private String refusal(Principal caller, String action, AccountId owner) {
    return refusal(caller, new Origin.Direct(), action, owner, OPEN);
  }

  private String refusal(
      Principal caller, Origin origin, String action, AccountId owner, ResourcePolicy policy) {
    RequestContext context =
        new RequestContext(
            "request",
            Instant.EPOCH,
            action.substring(0, action.indexOf(':')),
            "Operation",
            "us-east-1",
            new Caller(caller, "AKIAEXAMPLE", null),
            "127.0.0.1",
            null,
            false,
            origin);
    AccessCheck check = AccessCheck.of(action, "arn:aws:x:::y").ownedBy(owner, policy);
    try {
      authorizer.authorize(context, Access.of(check));
      return "";
    } catch (ServiceException refused) {
      return refused.message();
    }
  }

  private static Principal role(String path) {
    return new Principal.RoleSession(MEMBER, path, "role", "AROAEXAMPLE", "session");
  }

  @Test
  void serviceControlPoliciesBindAllButServices() {
    laidOn(MEMBER, DENY_ALL, null);
    String denied = "with an explicit deny in a service control policy: arn:the-policy";
    assertThat(refusal(new Principal.Root(MEMBER), "iam:GetUser", MEMBER)).endsWith(denied);
    assertThat(refusal(role("/"), "kms:Encrypt", MEMBER)).endsWith(denied);
    assertThat(refusal(role("/"), "kms:Encrypt", OTHER)).endsWith(denied);
    assertThat(
            refusal(
                new Principal.FederatedUser(MEMBER, "f", new Principal.Root(MEMBER)),
                "kms:Encrypt",
                MEMBER))
        .endsWith(denied);
    assertThat(refusal(role("/aws-service-role/x.amazonaws.com/"), "kms:Encrypt", MEMBER))
        .isEmpty();
    assertThat(refusal(new Principal.Service("x.amazonaws.com"), "kms:Encrypt", MEMBER)).isEmpty();
    assertThat(refusal(new Principal.Root(OTHER), "kms:Encrypt", OTHER)).isEmpty();
  }

  @Test
  void resourceControlPoliciesBindEverybodyInTheServicesThatHaveThem() {
    laidOn(MEMBER, null, DENY_ALL);
    String denied = "with an explicit deny in a resource control policy";
    assertThat(refusal(new Principal.Root(MEMBER), "kms:Encrypt", MEMBER))
        .endsWith(denied + ": arn:the-policy");
    assertThat(refusal(new Principal.Root(OTHER), "kms:Encrypt", MEMBER)).endsWith(denied);
    assertThat(refusal(new Principal.Anonymous(), "s3:GetObject", MEMBER))
        .isEqualTo("Access Denied");
    assertThat(refusal(new Principal.Service("x.amazonaws.com"), "kms:Encrypt", MEMBER))
        .endsWith(denied);
    assertThat(refusal(new Principal.Root(MEMBER), "kms:RetireGrant", MEMBER)).isEmpty();
    assertThat(refusal(new Principal.Root(MEMBER), "iam:GetUser", MEMBER)).isEmpty();
    assertThat(refusal(role("/aws-service-role/x.amazonaws.com/"), "kms:Encrypt", MEMBER))
        .isEmpty();
    assertThat(refusal(new Principal.Root(MEMBER), "kms:Encrypt", OTHER)).isEmpty();
  }

  @Test
  void aServiceIsKnownByItsNameAndByWhoseResourceItActsFor() {
    laidOn(OTHER, null, null);
    ResourcePolicy forOurs =
        new ResourcePolicy(
            ResourcePolicy.Kind.ORDINARY,
            """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*",
            "Resource":"*","Condition":{"StringEquals":{"aws:SourceOrgID":"o-example123"},
            "ForAnyValue:StringLike":{"aws:SourceOrgPaths":"o-example123/r-*",
            "aws:PrincipalServiceNamesList":"x.*"}}}}\
            """);
    Principal service = new Principal.Service("x.amazonaws.com");
    Origin ours = new Origin.OwnAccord(Arn.parse("arn:aws:x:eu-west-1:" + OTHER + ":thing/a"));
    Origin theirs = new Origin.OwnAccord(Arn.parse("arn:aws:x:eu-west-1:999999999999:thing/a"));
    Origin nobodys = new Origin.OwnAccord(Arn.parse("arn:aws:s3:::bucket"));
    assertThat(refusal(service, ours, "kms:Encrypt", MEMBER, forOurs)).isEmpty();
    assertThat(refusal(service, theirs, "kms:Encrypt", MEMBER, forOurs)).isNotEmpty();
    assertThat(refusal(service, nobodys, "kms:Encrypt", MEMBER, forOurs)).isNotEmpty();
    assertThat(refusal(role("/"), ours, "kms:Encrypt", MEMBER, forOurs)).isNotEmpty();
  }

  @Test
  void aLevelWithoutAnyPolicyAllowsNothing() {
    memberships.put(
        MEMBER,
        new OrganizationDirectory.Membership(
            "o-example123", "o-example123/r-abcd/", List.of(List.of()), null));
    assertThat(refusal(new Principal.Root(MEMBER), "kms:Encrypt", MEMBER))
        .endsWith("because no service control policy allows the kms:Encrypt action");
  }

  @Test
  void theDirectoryIsAskedAgainOnlyAfterAChange() {
    Principal caller = new Principal.Root(MEMBER);
    for (int i = 0; i < 100; i++) {
      assertThat(refusal(caller, "kms:Encrypt", MEMBER)).isEmpty();
    }
    assertThat(asked).isEqualTo(1);
    laidOn(MEMBER, DENY_ALL, null);
    assertThat(refusal(caller, "kms:Encrypt", MEMBER)).isNotEmpty();
    assertThat(asked).isEqualTo(2);
  }
}
