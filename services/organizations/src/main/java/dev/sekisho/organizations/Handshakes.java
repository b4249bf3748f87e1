package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.AcceptHandshakeRequest;
import dev.sekisho.contract.organizations.AcceptHandshakeResponse;
import dev.sekisho.contract.organizations.CancelHandshakeRequest;
import dev.sekisho.contract.organizations.CancelHandshakeResponse;
import dev.sekisho.contract.organizations.DeclineHandshakeRequest;
import dev.sekisho.contract.organizations.DeclineHandshakeResponse;
import dev.sekisho.contract.organizations.DescribeHandshakeRequest;
import dev.sekisho.contract.organizations.DescribeHandshakeResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.organizations.Handshake.Action;
import dev.sekisho.organizations.Handshake.State;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Answers to handshakes: yes, no, or never mind. */
final class Handshakes implements OrganizationsApi.Handshakes {

  private final OrganizationsContext organizations;

  Handshakes(OrganizationsContext organizations) {
    this.organizations = organizations;
  }

  @Override
  public Guarded<AcceptHandshakeResponse> acceptHandshake(Call<AcceptHandshakeRequest> call) {
    return step(
        call,
        call.input().handshakeId(),
        State.ACCEPTED,
        handshake -> AcceptHandshakeResponse.builder().handshake(handshake).build());
  }

  @Override
  public Guarded<DeclineHandshakeResponse> declineHandshake(Call<DeclineHandshakeRequest> call) {
    return step(
        call,
        call.input().handshakeId(),
        State.DECLINED,
        handshake -> DeclineHandshakeResponse.builder().handshake(handshake).build());
  }

  @Override
  public Guarded<CancelHandshakeResponse> cancelHandshake(Call<CancelHandshakeRequest> call) {
    return step(
        call,
        call.input().handshakeId(),
        State.CANCELED,
        handshake -> CancelHandshakeResponse.builder().handshake(handshake).build());
  }

  @Override
  public Guarded<DescribeHandshakeResponse> describeHandshake(Call<DescribeHandshakeRequest> call) {
    String id = call.input().handshakeId();
    return Guarded.by(
        check(call, id),
        _ ->
            organizations
                .database()
                .read(handle -> {
                  Handshake handshake = require(handle, id, call.account());
                  return Outcome.answer(
                      DescribeHandshakeResponse.builder()
                          .handshake(
                              HandshakeAnswers.of(
                                  handle, organization(handle, handshake), handshake))
                          .build());
                }));
  }

  private <O> Guarded<O> step(
      Call<?> call,
      String id,
      State next,
      Function<dev.sekisho.contract.organizations.Handshake, O> answer) {
    return Guarded.by(
        check(call, id),
        _ ->
            Outcome.change(transaction -> {
              Handle handle = StoreTransaction.handle(transaction);
              Handshake before = require(handle, id, call.account());
              Organization organization = organization(handle, before);
              requireParty(organization, before, next, call.account());
              Handshake after = before.step(next);
              if (next == State.ACCEPTED) {
                agree(transaction, organization, before, call.account());
              }
              HandshakeStore.update(transaction, after);
              return answer.apply(HandshakeAnswers.of(handle, organization(handle, after), after));
            }));
  }

  private void agree(
      Transaction transaction, Organization organization, Handshake handshake, AccountId by) {
    switch (handshake.action()) {
      case INVITE -> join(transaction, organization, handshake, by);
      case ENABLE_ALL_FEATURES ->
          FeatureMigration.complete(transaction, organization, handshake, organizations.now());
      case APPROVE_ALL_FEATURES -> {}
    }
  }

  private void join(
      Transaction transaction, Organization organization, Handshake handshake, AccountId account) {
    Handle handle = StoreTransaction.handle(transaction);
    Member member = KnownAccounts.of(handle, account);
    Instant now = organizations.now();
    if (member.organization() != null) {
      Organization present =
          OrganizationStore.find(handle, member.organization()).orElse(organization);
      if (present.isManagement(account)) {
        throw OrganizationsErrors.managementCannotLeave();
      }
      throw OrganizationsErrors.handshakeConstraint(
          "ALREADY_IN_AN_ORGANIZATION",
          "The handshake request is invalid because the invited account is already a member of an"
              + " organization.");
    }
    MemberStore.put(
        transaction, member.joined(organization, organization.rootId(), "INVITED", now));
    AttachmentStore.attachUsual(
        transaction, organization, account.value(), PolicyStore.enabled(handle, organization), now);
    TagStore.put(transaction, organization, account.value(), TagStore.of(handle, handshake.id()));
    TagStore.removeAll(transaction, handshake.id());
    organizations.provideOwnRole(transaction, account);
    organizations.changed(transaction);
  }

  private AccessCheck check(Call<?> call, String id) {
    String action = "organizations:" + call.context().operation();
    return organizations.database().read(handle -> Targets.handshake(handle, action, id));
  }

  /** Nobody but its parties learns that there is such a handshake. */
  private Handshake require(Handle handle, String id, AccountId caller) {
    return HandshakeStore.find(handle, id)
        .map(handshake -> handshake.at(organizations.now()))
        .filter(handshake ->
            caller.value().equals(handshake.account())
                || organization(handle, handshake).isManagement(caller))
        .orElseThrow(OrganizationsErrors::handshakeNotFound);
  }

  private static Organization organization(Handle handle, Handshake handshake) {
    return OrganizationStore.find(handle, handshake.organization())
        .orElseThrow(OrganizationsErrors::handshakeNotFound);
  }

  /** Whoever sent it takes it back; whoever it was sent to answers it. */
  private static void requireParty(
      Organization organization, Handshake handshake, State next, AccountId caller) {
    boolean sentToCaller =
        handshake.action() == Action.ENABLE_ALL_FEATURES
            ? organization.isManagement(caller)
            : caller.value().equals(handshake.account());
    boolean allowed = next == State.CANCELED ? organization.isManagement(caller) : sentToCaller;
    if (!allowed) {
      throw OrganizationsErrors.accessDenied();
    }
  }
}
