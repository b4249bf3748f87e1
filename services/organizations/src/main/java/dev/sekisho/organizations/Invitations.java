package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.HandshakeParty;
import dev.sekisho.contract.organizations.InviteAccountToOrganizationRequest;
import dev.sekisho.contract.organizations.InviteAccountToOrganizationResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.contract.organizations.Tag;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Asks accounts into an organization. */
final class Invitations implements OrganizationsApi.Invitations {

  private static final Duration OPEN = Duration.ofDays(15);

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  Invitations(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  @Override
  public Guarded<InviteAccountToOrganizationResponse> inviteAccountToOrganization(
      Call<InviteAccountToOrganizationRequest> call) {
    InviteAccountToOrganizationRequest input = call.input();
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        (_, organization, action) ->
            List.of(
                TagStore.requested(
                    AccessCheck.of(
                        action,
                        input.target().type().equals("ACCOUNT")
                            ? organization.entityArn(input.target().id())
                            : "*"),
                    input.tags())),
        (transaction, organization) -> {
          List<Tag> tags = TagStore.check(input.tags());
          Handshake handshake = invite(transaction, organization, input.target(), input.notes());
          // They wait under the handshake for the account to come.
          TagStore.put(transaction, organization, handshake.id(), tags);
          return InviteAccountToOrganizationResponse.builder()
              .handshake(
                  HandshakeAnswers.of(
                      StoreTransaction.handle(transaction), organization, handshake))
              .build();
        });
  }

  private Handshake invite(
      Transaction transaction,
      Organization organization,
      HandshakeParty target,
      @Nullable String notes) {
    Handle handle = StoreTransaction.handle(transaction);
    Instant now = organizations.now();
    Optional<Member> known = target(handle, target);
    if (known.filter(member -> member.organization() != null).isPresent()) {
      throw OrganizationsErrors.handshakeConstraint(
          "ALREADY_IN_AN_ORGANIZATION",
          "The handshake request is invalid because the invited account is already a member of an"
              + " organization.");
    }
    List<Handshake> open =
        HandshakeStore.ofOrganization(handle, organization).stream()
            .map(handshake -> handshake.at(now))
            .filter(handshake -> handshake.state() == Handshake.State.OPEN)
            .toList();
    if (open.stream().anyMatch(each -> each.action() == Handshake.Action.ENABLE_ALL_FEATURES)) {
      throw OrganizationsErrors.handshakeConstraint(
          "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
          "You can't issue new invitations to join an organization while it's in the process of"
              + " enabling all features.");
    }
    String account = known.map(member -> member.id().value()).orElse(null);
    if (open.stream()
        .anyMatch(each ->
            target.id().equals(each.target())
                || (account != null && account.equals(each.account())))) {
      throw OrganizationsErrors.duplicateHandshake();
    }
    if (MemberStore.count(handle, organization) + open.size() >= Membership.QUOTA) {
      throw OrganizationsErrors.handshakeConstraint(
          "ACCOUNT_NUMBER_LIMIT_EXCEEDED", "You have exceeded the allowed number of AWS accounts.");
    }
    Handshake handshake =
        new Handshake(
            ids.handshake(),
            organization.id(),
            Handshake.Action.INVITE,
            null,
            account,
            target.type(),
            target.id(),
            notes,
            Handshake.State.OPEN,
            now,
            now.plus(OPEN));
    HandshakeStore.insert(transaction, handshake);
    return handshake;
  }

  private Optional<Member> target(Handle handle, HandshakeParty target) {
    return switch (target.type()) {
      case "ACCOUNT" -> {
        if (!target.id().matches("[0-9]{12}")) {
          throw OrganizationsErrors.pattern("INVALID_PATTERN");
        }
        yield Optional.of(
            KnownAccounts.find(handle, target.id(), organizations.home())
                .orElseThrow(OrganizationsErrors::accountNotFound));
      }
      case "EMAIL" -> {
        if (!target.id().matches("[^\\s@]+@[^\\s@]+\\.[^\\s@]+")) {
          throw OrganizationsErrors.invalidInput(
              "INVALID_EMAIL_ADDRESS_TARGET", "You specified an invalid email address.");
        }
        yield KnownAccounts.byEmail(handle, target.id(), organizations.home());
      }
      default ->
          throw OrganizationsErrors.invalidInput(
              "INVALID_PARTY_TYPE_TARGET", "You specified the wrong type of entity as the target.");
    };
  }
}
