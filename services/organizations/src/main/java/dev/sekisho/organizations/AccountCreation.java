package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.CreateAccountRequest;
import dev.sekisho.contract.organizations.CreateAccountResponse;
import dev.sekisho.contract.organizations.DescribeCreateAccountStatusRequest;
import dev.sekisho.contract.organizations.DescribeCreateAccountStatusResponse;
import dev.sekisho.contract.organizations.ListCreateAccountStatusRequest;
import dev.sekisho.contract.organizations.ListCreateAccountStatusResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes accounts that work: with a role by which the management account gets in.
 *
 * <p>The account is there, or has failed to be, when the call is answered; that answer says {@code
 * IN_PROGRESS} all the same, as AWS's does, and callers ask for the outcome.
 */
final class AccountCreation implements OrganizationsApi.AccountCreation {

  private static final String USUAL_ROLE = "OrganizationAccountAccessRole";

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  AccountCreation(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  @Override
  public Guarded<CreateAccountResponse> createAccount(Call<CreateAccountRequest> call) {
    CreateAccountRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.creation(input.tags()),
        (transaction, organization) -> create(transaction, organization, input));
  }

  private CreateAccountResponse create(
      Transaction transaction, Organization organization, CreateAccountRequest input) {
    Handle handle = StoreTransaction.handle(transaction);
    List<Tag> tags = TagStore.check(input.tags());
    Instant now = organizations.now();
    AccountRequest request = AccountRequest.begun(ids.accountRequest(), input.accountName(), now);
    String failure = failure(handle, organization, input);
    if (failure == null) {
      AccountId account = newId(handle);
      add(
          transaction,
          organization,
          Member.standingAlone(account, input.accountName(), input.email()));
      organizations
          .roles()
          .createAdministrator(
              transaction,
              account,
              Objects.requireNonNullElse(input.roleName(), USUAL_ROLE),
              organization.management());
      organizations.provideOwnRole(transaction, account);
      TagStore.put(transaction, organization, account.value(), tags);
      organizations.changed(transaction);
      AccountRequestStore.insert(transaction, organization, request.succeeded(account, now));
    } else {
      AccountRequestStore.insert(transaction, organization, request.failed(failure, now));
    }
    return CreateAccountResponse.builder().createAccountStatus(request.shown()).build();
  }

  private void add(Transaction transaction, Organization organization, Member member) {
    MemberStore.put(
        transaction,
        member.joined(organization, organization.rootId(), "CREATED", organizations.now()));
    AttachmentStore.attachUsual(
        transaction,
        organization,
        member.id().value(),
        PolicyStore.enabled(StoreTransaction.handle(transaction), organization),
        organizations.now());
  }

  private @Nullable String failure(
      Handle handle, Organization organization, CreateAccountRequest input) {
    if (KnownAccounts.byEmail(handle, input.email(), organizations.home()).isPresent()) {
      return "EMAIL_ALREADY_EXISTS";
    }
    return MemberStore.count(handle, organization) >= Membership.QUOTA
        ? "ACCOUNT_LIMIT_EXCEEDED"
        : null;
  }

  private AccountId newId(Handle handle) {
    AccountId account = ids.account();
    while (KnownAccounts.find(handle, account.value(), organizations.home()).isPresent()) {
      account = ids.account();
    }
    return account;
  }

  @Override
  public Guarded<DescribeCreateAccountStatusResponse> describeCreateAccountStatus(
      Call<DescribeCreateAccountStatusRequest> call) {
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any(),
        (handle, organization) ->
            DescribeCreateAccountStatusResponse.builder()
                .createAccountStatus(
                    AccountRequestStore.all(handle, organization).stream()
                        .filter(
                            request -> request.id().equals(call.input().createAccountRequestId()))
                        .findFirst()
                        .orElseThrow(OrganizationsErrors::requestNotFound)
                        .shown())
                .build());
  }

  @Override
  public Guarded<ListCreateAccountStatusResponse> listCreateAccountStatus(
      Call<ListCreateAccountStatusRequest> call) {
    List<String> states = Objects.requireNonNullElse(call.input().states(), List.of());
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any(),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  states.toString(),
                  call.input().nextToken(),
                  call.input().maxResults());
          PageRequest.Page<AccountRequest> page =
              request.cut(
                  AccountRequestStore.all(handle, organization).stream()
                      .filter(each -> states.isEmpty() || states.contains(each.state()))
                      .toList(),
                  AccountRequest::id);
          return ListCreateAccountStatusResponse.builder()
              .createAccountStatuses(page.items().stream().map(AccountRequest::shown).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }
}
