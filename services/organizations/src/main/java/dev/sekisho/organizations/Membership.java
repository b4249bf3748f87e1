package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.CloseAccountRequest;
import dev.sekisho.contract.organizations.CloseAccountResponse;
import dev.sekisho.contract.organizations.LeaveOrganizationRequest;
import dev.sekisho.contract.organizations.LeaveOrganizationResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.RemoveAccountFromOrganizationRequest;
import dev.sekisho.contract.organizations.RemoveAccountFromOrganizationResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How accounts come to their end in an organization: they leave, are removed, or are closed. */
final class Membership implements OrganizationsApi.Membership {

  /**
   * How many accounts an organization may have. AWS begins with ten and gives as many as this to
   * those who ask; there is nobody to ask here.
   */
  static final int QUOTA = 10_000;

  private static final Duration CLOSING_PERIOD = Duration.ofDays(30);
  private static final Duration SEEN_AFTER_CLOSING = Duration.ofDays(90);

  private final OrganizationsContext organizations;
  private final Gate gate;

  Membership(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<RemoveAccountFromOrganizationResponse> removeAccountFromOrganization(
      Call<RemoveAccountFromOrganizationRequest> call) {
    String id = call.input().accountId();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.entities(id),
        (transaction, organization) -> {
          leave(transaction, organization, id);
          return RemoveAccountFromOrganizationResponse.builder().build();
        });
  }

  @Override
  public Guarded<LeaveOrganizationResponse> leaveOrganization(Call<LeaveOrganizationRequest> call) {
    return gate.change(
        call,
        Gate.Who.MEMBERS,
        Targets.any(),
        (transaction, organization) -> {
          leave(transaction, organization, call.account().value());
          return LeaveOrganizationResponse.builder().build();
        });
  }

  private void leave(Transaction transaction, Organization organization, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    Member member = Accounts.require(handle, organization, id);
    if (organization.isManagement(member.id())) {
      throw OrganizationsErrors.managementCannotLeave();
    }
    if (DelegationStore.isDelegated(handle, organization, member.id())) {
      throw OrganizationsErrors.constraint(
          "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
          "You can't remove an account that is registered as a delegated administrator for an AWS"
              + " service from your organization.");
    }
    takeOut(transaction, member.left());
  }

  private void takeOut(Transaction transaction, Member after) {
    String id = after.id().value();
    AttachmentStore.detachAll(transaction, id);
    TagStore.removeAll(transaction, id);
    MemberStore.put(transaction, after);
    organizations.changed(transaction);
  }

  @Override
  public Guarded<CloseAccountResponse> closeAccount(Call<CloseAccountRequest> call) {
    String id = call.input().accountId();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.entities(id),
        (transaction, organization) -> {
          close(transaction, organization, id);
          return CloseAccountResponse.builder().build();
        });
  }

  private void close(Transaction transaction, Organization organization, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    Member member = Accounts.require(handle, organization, id);
    if (organization.isManagement(member.id())) {
      throw OrganizationsErrors.constraint(
          "CANNOT_CLOSE_MANAGEMENT_ACCOUNT", "You can't close the management account.");
    }
    if (member.state() != Member.State.ACTIVE) {
      throw OrganizationsErrors.alreadyClosed();
    }
    if (DelegationStore.isDelegated(handle, organization, member.id())) {
      throw OrganizationsErrors.constraint(
          "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG",
          "You can't close an account that is registered as a delegated administrator for an AWS"
              + " service.");
    }
    Instant now = organizations.now();
    int members = MemberStore.count(handle, organization) - 1;
    int allowed = Math.clamp(members / 10, 10, 1_000);
    if (MemberStore.closedSince(handle, organization, now.minus(CLOSING_PERIOD)) >= allowed) {
      throw OrganizationsErrors.constraint(
          "CLOSE_ACCOUNT_QUOTA_EXCEEDED",
          "You have exceeded close account quota for the past 30 days.");
    }
    MemberStore.put(transaction, member.in(Member.State.SUSPENDED, now));
    organizations.changed(transaction);
  }

  /** Takes accounts out of sight whose closing cannot be taken back any more. */
  void sweep(Instant now) {
    Instant then = now.minus(SEEN_AFTER_CLOSING);
    List<Member> due =
        organizations.database().read(handle -> MemberStore.suspendedBefore(handle, then));
    if (due.isEmpty()) {
      return;
    }
    organizations
        .database()
        .write(transaction -> {
          List<Member> still =
              MemberStore.suspendedBefore(StoreTransaction.handle(transaction), then);
          still.forEach(
              member -> takeOut(transaction, member.left().in(Member.State.CLOSED, then)));
          return still.size();
        });
  }
}
