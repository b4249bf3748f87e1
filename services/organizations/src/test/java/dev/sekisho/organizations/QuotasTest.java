package dev.sekisho.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.organizations.CloseAccountRequest;
import dev.sekisho.contract.organizations.CreateAccountRequest;
import dev.sekisho.contract.organizations.CreateAccountStatus;
import dev.sekisho.contract.organizations.DescribeAccountRequest;
import dev.sekisho.contract.organizations.DescribeCreateAccountStatusRequest;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much there may be of everything, and what time does to what was closed. */
class QuotasTest {

  private OrganizationsFixture fixture;
  private OrganizationsApi service;
  private String root;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationsFixture(folder);
    service = fixture.service();
    root = fixture.organization();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static void violates(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("ConstraintViolationException");
              assertThat(refusal.members()).isEqualTo(Map.of("Reason", reason));
            });
  }

  @Test
  void unitsAreFiveDeep() {
    String parent = root;
    for (int level = 1; level <= 5; level++) {
      parent = fixture.unit(parent, "level " + level);
    }
    String deepest = parent;
    violates("OU_DEPTH_LIMIT_EXCEEDED", () -> fixture.unit(deepest, "level 6"));
  }

  @Test
  void thereAreTwoThousandUnits() {
    fixture
        .database()
        .write(transaction -> {
          String organization =
              StoreTransaction.handle(transaction)
                  .createQuery("select id from organization")
                  .mapTo(String.class)
                  .one();
          for (int i = 0; i < 1_999; i++) {
            UnitStore.insert(
                transaction, new Unit("ou-aaaa-" + (10_000_000 + i), organization, root, "u" + i));
          }
          return organization;
        });
    fixture.unit(root, "the last");
    violates("OU_NUMBER_LIMIT_EXCEEDED", () -> fixture.unit(root, "one more"));
  }

  @Test
  void aTargetCarriesFivePoliciesOfAKind() {
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    for (int i = 1; i <= 5; i++) {
      String policy =
          fixture.policy(
              PolicyType.SERVICE_CONTROL_POLICY,
              "policy " + i,
              AwsManagedPolicies.of(PolicyType.SERVICE_CONTROL_POLICY).orElseThrow().content());
      if (i < 5) {
        fixture.attach(policy, root);
      } else {
        violates("MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED", () -> fixture.attach(policy, root));
      }
    }
  }

  @Test
  void anOrganizationThatIsFullGetsNoMoreAccounts() {
    Organization organization =
        fixture
            .database()
            .read(handle ->
                OrganizationStore.ofAccount(handle, OrganizationsFixture.HOME).orElseThrow());
    fixture
        .database()
        .write(transaction -> {
          for (int i = 1; i < Membership.QUOTA; i++) {
            AccountId id = new AccountId(Long.toString(200_000_000_000L + i));
            MemberStore.put(
                transaction,
                Member.standingAlone(id, "n", id + "@example.com")
                    .joined(organization, root, "CREATED", fixture.now()));
          }
          return organization;
        });
    String request =
        Objects.requireNonNull(
                fixture
                    .run(
                        service.accountCreation()::createAccount,
                        CreateAccountRequest.builder()
                            .accountName("more")
                            .email("more@example.com")
                            .build())
                    .createAccountStatus())
            .id();
    CreateAccountStatus status =
        Objects.requireNonNull(
            fixture
                .run(
                    service.accountCreation()::describeCreateAccountStatus,
                    DescribeCreateAccountStatusRequest.builder()
                        .createAccountRequestId(request)
                        .build())
                .createAccountStatus());
    assertThat(status.state()).isEqualTo("FAILED");
    assertThat(status.failureReason()).isEqualTo("ACCOUNT_LIMIT_EXCEEDED");
    assertThat(status.accountId()).isNull();
    assertThat(fixture.roles()).isEmpty();
  }

  @Test
  void tenAccountsAreClosedInThirtyDays() {
    for (int i = 0; i < 10; i++) {
      close(fixture.account());
    }
    String one = fixture.account();
    violates("CLOSE_ACCOUNT_QUOTA_EXCEEDED", () -> close(one));
    fixture.advance(Duration.ofDays(31));
    close(one);
  }

  private void close(String account) {
    fixture.run(
        service.membership()::closeAccount,
        CloseAccountRequest.builder().accountId(account).build());
  }

  @Test
  void aClosedAccountIsSeenForNinetyDaysAndStaysClosed() {
    String account = fixture.account();
    close(account);
    StoredDirectory directory = new StoredDirectory(fixture.database());
    fixture.advance(Duration.ofDays(89));
    fixture.sweep();
    assertThat(
            Objects.requireNonNull(
                    fixture
                        .run(
                            service.accounts()::describeAccount,
                            DescribeAccountRequest.builder().accountId(account).build())
                        .account())
                .status())
        .isEqualTo("SUSPENDED");
    fixture.advance(Duration.ofDays(2));
    fixture.sweep();
    assertThatThrownBy(() ->
            fixture.run(
                service.accounts()::describeAccount,
                DescribeAccountRequest.builder().accountId(account).build()))
        .hasMessage("You specified an account that doesn't exist.");
    assertThat(directory.isSuspended(new AccountId(account))).isTrue();
  }
}
