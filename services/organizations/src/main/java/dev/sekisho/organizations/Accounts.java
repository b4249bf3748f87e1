package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.Account;
import dev.sekisho.contract.organizations.DescribeAccountRequest;
import dev.sekisho.contract.organizations.DescribeAccountResponse;
import dev.sekisho.contract.organizations.ListAccountsForParentRequest;
import dev.sekisho.contract.organizations.ListAccountsForParentResponse;
import dev.sekisho.contract.organizations.ListAccountsRequest;
import dev.sekisho.contract.organizations.ListAccountsResponse;
import dev.sekisho.contract.organizations.MoveAccountRequest;
import dev.sekisho.contract.organizations.MoveAccountResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import org.jdbi.v3.core.Handle;

/** The accounts of an organization and where they are in it. */
final class Accounts implements OrganizationsApi.Accounts {

  private final OrganizationsContext organizations;
  private final Gate gate;

  Accounts(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<DescribeAccountResponse> describeAccount(Call<DescribeAccountRequest> call) {
    String id = call.input().accountId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(id),
        (handle, organization) ->
            DescribeAccountResponse.builder()
                .account(shown(handle, organization, require(handle, organization, id)))
                .build());
  }

  @Override
  public Guarded<ListAccountsResponse> listAccounts(Call<ListAccountsRequest> call) {
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any(),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  organization.id(),
                  call.input().nextToken(),
                  call.input().maxResults());
          PageRequest.Page<Member> page =
              request.cut(
                  MemberStore.all(handle, organization, request.after(), request.limit() + 1),
                  member -> member.id().value());
          return ListAccountsResponse.builder()
              .accounts(
                  page.items().stream().map(member -> shown(handle, organization, member)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  @Override
  public Guarded<ListAccountsForParentResponse> listAccountsForParent(
      Call<ListAccountsForParentRequest> call) {
    String parent = call.input().parentId();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.entities(parent),
        (handle, organization) -> {
          PageRequest request =
              PageRequest.of(
                  call,
                  organizations.pages(),
                  parent,
                  call.input().nextToken(),
                  call.input().maxResults());
          Tree.requireParent(handle, organization, parent);
          String path = UnitStore.path(handle, organization, parent);
          PageRequest.Page<Member> page =
              request.cut(MemberStore.children(handle, parent), member -> member.id().value());
          return ListAccountsForParentResponse.builder()
              .accounts(
                  page.items().stream().map(member -> member.shown(organization, path)).toList())
              .nextToken(page.nextToken())
              .build();
        });
  }

  @Override
  public Guarded<MoveAccountResponse> moveAccount(Call<MoveAccountRequest> call) {
    MoveAccountRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.entities(input.accountId(), input.sourceParentId(), input.destinationParentId()),
        (transaction, organization) -> move(transaction, organization, input));
  }

  private MoveAccountResponse move(
      Transaction transaction, Organization organization, MoveAccountRequest input) {
    Handle handle = StoreTransaction.handle(transaction);
    Member member = require(handle, organization, input.accountId());
    if (!input.sourceParentId().equals(member.parent())) {
      throw OrganizationsErrors.sourceParentNotFound();
    }
    if (UnitStore.find(handle, organization, input.destinationParentId()).isEmpty()) {
      throw OrganizationsErrors.destinationParentNotFound();
    }
    if (input.destinationParentId().equals(member.parent())) {
      throw OrganizationsErrors.duplicateAccount();
    }
    MemberStore.put(transaction, member.movedTo(input.destinationParentId()));
    organizations.changed(transaction);
    return MoveAccountResponse.builder().build();
  }

  /**
   * The account of the organization.
   *
   * @throws dev.sekisho.core.ServiceException AccountNotFoundException
   */
  static Member require(Handle handle, Organization organization, String id) {
    return MemberStore.find(handle, organization, id)
        .orElseThrow(OrganizationsErrors::accountNotFound);
  }

  private static Account shown(Handle handle, Organization organization, Member member) {
    return member.shown(organization, UnitStore.path(handle, organization, member.parent()));
  }
}
