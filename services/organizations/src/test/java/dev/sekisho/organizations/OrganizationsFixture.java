package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.AttachPolicyRequest;
import dev.sekisho.contract.organizations.CreateAccountRequest;
import dev.sekisho.contract.organizations.CreateOrganizationRequest;
import dev.sekisho.contract.organizations.CreateOrganizationalUnitRequest;
import dev.sekisho.contract.organizations.CreatePolicyRequest;
import dev.sekisho.contract.organizations.DescribeCreateAccountStatusRequest;
import dev.sekisho.contract.organizations.EnablePolicyTypeRequest;
import dev.sekisho.contract.organizations.ListRootsRequest;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.AccountRoles;
import dev.sekisho.core.Authorizer;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Secret;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.Database;
import dev.sekisho.store.SqliteDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/**
 * Organizations on a database of its own, called past the wire; the policies are asked and say yes.
 */
final class OrganizationsFixture implements AutoCloseable {

  static final AccountId HOME = new AccountId("000000000001");

  private final Random random = new Random(7);
  private final SqliteDatabase database;
  private final OrganizationsService whole;
  private final OrganizationsApi service;
  private final List<AccessCheck> asked = new ArrayList<>();
  private final List<String> roles = new ArrayList<>();
  private final Authorizer authorizer =
      new Authorizer() {
        @Override
        protected void require(RequestContext context, AccessCheck check) {
          asked.add(check);
        }
      };
  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private AccountId account = HOME;
  private int accounts;

  /** Keeps which roles were asked for; those of services are IAM's to be tested with. */
  private final class NotedRoles implements AccountRoles {
    @Override
    public void createAdministrator(
        Transaction transaction, AccountId of, String role, AccountId trusted) {
      roles.add(of + " " + role + " " + trusted);
    }

    @Override
    public void provideServiceLinked(Transaction transaction, AccountId of, String service) {}
  }

  OrganizationsFixture(Path folder) {
    Randomness randomness = random::nextBytes;
    Keyring keyring = new Keyring(Map.of(1, Secret.of(randomness.bytes(32))), 1, randomness);
    database = SqliteDatabase.open(folder.resolve("test.db"), List.of(OrganizationsService.SCHEMA));
    whole =
        new OrganizationsService(
            new OrganizationsContext(
                database,
                database.stamps(),
                "decisions",
                new PageTokens(keyring),
                randomness,
                () -> now,
                HOME,
                new NotedRoles()));
    service = whole.api();
  }

  OrganizationsApi service() {
    return service;
  }

  /** Does what is due, as the server does now and then. */
  void sweep() {
    whole.sweep(now);
  }

  Database database() {
    return database;
  }

  /** The roles that were asked for: account, name, trusted account. */
  List<String> roles() {
    return roles;
  }

  /** What the policies were asked since the last look. */
  List<AccessCheck> asked() {
    List<AccessCheck> checks = List.copyOf(asked);
    asked.clear();
    return checks;
  }

  Instant now() {
    return now;
  }

  void advance(Duration amount) {
    now = now.plus(amount);
  }

  void as(AccountId caller) {
    account = caller;
  }

  /** How often decisions had to look again. */
  long changes() {
    return database.stamps().current("decisions");
  }

  /** Leads a call through the gate and does what it asks for. */
  <I, O> O run(Function<Call<I>, Guarded<O>> operation, I input) {
    String name = input.getClass().getSimpleName().replaceAll("Request$", "");
    Call<I> call =
        new Call<>(
            input,
            new RequestContext(
                "request",
                now,
                "organizations",
                name,
                "us-east-1",
                new Caller(new Principal.Root(account), "AKIAEXAMPLE", null),
                "127.0.0.1",
                null,
                false));
    Guarded<O> guarded = operation.apply(call);
    Outcome<O> outcome =
        guarded.operation().apply(authorizer.authorize(call.context(), guarded.access()));
    return switch (outcome) {
      case Outcome.Answer<O> answer -> answer.output();
      case Outcome.Change<O> change -> database.write(change.work());
    };
  }

  /** An organization of the first account; the root's id. */
  String organization() {
    run(
        service.organizationLifecycle()::createOrganization,
        CreateOrganizationRequest.builder().build());
    return root();
  }

  String root() {
    return Objects.requireNonNull(
            Objects.requireNonNull(
                    run(
                            service.organizationLifecycle()::listRoots,
                            ListRootsRequest.builder().build())
                        .roots())
                .getFirst())
        .id();
  }

  String unit(String parent, String name) {
    return Objects.requireNonNull(
            run(
                    service.organizationalUnits()::createOrganizationalUnit,
                    CreateOrganizationalUnitRequest.builder().parentId(parent).name(name).build())
                .organizationalUnit())
        .id();
  }

  String account() {
    int number = ++accounts;
    String request =
        Objects.requireNonNull(
                run(
                        service.accountCreation()::createAccount,
                        CreateAccountRequest.builder()
                            .accountName("account " + number)
                            .email("account" + number + "@example.com")
                            .build())
                    .createAccountStatus())
            .id();
    return Objects.requireNonNull(
        Objects.requireNonNull(
                run(
                        service.accountCreation()::describeCreateAccountStatus,
                        DescribeCreateAccountStatusRequest.builder()
                            .createAccountRequestId(request)
                            .build())
                    .createAccountStatus())
            .accountId());
  }

  void enable(PolicyType type) {
    run(
        service.policyTypes()::enablePolicyType,
        EnablePolicyTypeRequest.builder().rootId(root()).policyType(type.name()).build());
  }

  String policy(PolicyType type, String name, String content) {
    return Objects.requireNonNull(
            Objects.requireNonNull(
                    run(
                            service.policies()::createPolicy,
                            CreatePolicyRequest.builder()
                                .type(type.name())
                                .name(name)
                                .description("")
                                .content(content)
                                .build())
                        .policy())
                .policySummary())
        .id();
  }

  void attach(String policy, String target) {
    run(
        service.policyAttachments()::attachPolicy,
        AttachPolicyRequest.builder().policyId(policy).targetId(target).build());
  }

  @Override
  public void close() {
    database.close();
  }
}
