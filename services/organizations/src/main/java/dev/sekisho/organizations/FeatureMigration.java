package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.EnableAllFeaturesRequest;
import dev.sekisho.contract.organizations.EnableAllFeaturesResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Takes an organization from a common bill to all features, once its invited accounts approve. */
final class FeatureMigration implements OrganizationsApi.FeatureMigration {

  private static final Duration OPEN = Duration.ofDays(90);

  private final OrganizationsContext organizations;
  private final Gate gate;
  private final Ids ids;

  FeatureMigration(OrganizationsContext organizations, Gate gate, Ids ids) {
    this.organizations = organizations;
    this.gate = gate;
    this.ids = ids;
  }

  @Override
  public Guarded<EnableAllFeaturesResponse> enableAllFeatures(Call<EnableAllFeaturesRequest> call) {
    return gate.change(
        call,
        Gate.Who.MANAGEMENT,
        Targets.any(),
        (transaction, organization) -> {
          Handle handle = StoreTransaction.handle(transaction);
          Handshake handshake = begin(transaction, organization);
          return EnableAllFeaturesResponse.builder()
              .handshake(HandshakeAnswers.of(handle, organization, handshake))
              .build();
        });
  }

  private Handshake begin(Transaction transaction, Organization organization) {
    Handle handle = StoreTransaction.handle(transaction);
    if (organization.allFeatures()) {
      throw OrganizationsErrors.handshakeConstraint(
          "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
          "The handshake request is invalid because the organization has already enabled all"
              + " features.");
    }
    Instant now = organizations.now();
    if (HandshakeStore.ofOrganization(handle, organization).stream()
        .map(handshake -> handshake.at(now))
        .anyMatch(each ->
            each.action() == Handshake.Action.ENABLE_ALL_FEATURES
                && each.state() == Handshake.State.OPEN)) {
      throw OrganizationsErrors.handshakeConstraint(
          "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
          "The handshake request is invalid because the organization has already started the"
              + " process to enable all features.");
    }
    Handshake whole =
        handshake(organization, Handshake.Action.ENABLE_ALL_FEATURES, null, null, now);
    HandshakeStore.insert(transaction, whole);
    for (Member member : MemberStore.all(handle, organization, "", Membership.QUOTA)) {
      // Accounts that the organization made have nothing to say in this.
      if ("INVITED".equals(member.joinedMethod()) && !organization.isManagement(member.id())) {
        HandshakeStore.insert(
            transaction,
            handshake(
                organization,
                Handshake.Action.APPROVE_ALL_FEATURES,
                whole.id(),
                member.id().value(),
                now));
      }
    }
    return whole;
  }

  private Handshake handshake(
      Organization organization,
      Handshake.Action action,
      @Nullable String parent,
      @Nullable String account,
      Instant now) {
    return new Handshake(
        ids.handshake(),
        organization.id(),
        action,
        parent,
        account,
        account == null ? null : "ACCOUNT",
        account,
        null,
        Handshake.State.OPEN,
        now,
        now.plus(OPEN));
  }

  /** Ends the migration, unless an account has still to approve. */
  static void complete(
      Transaction transaction, Organization organization, Handshake whole, Instant now) {
    List<Handshake> waited =
        HandshakeStore.ofOrganization(StoreTransaction.handle(transaction), organization).stream()
            .filter(each -> whole.id().equals(each.parent()))
            .filter(each -> each.at(now).state() != Handshake.State.ACCEPTED)
            .toList();
    if (!waited.isEmpty()) {
      throw OrganizationsErrors.handshakeTransition(whole.state(), Handshake.State.ACCEPTED);
    }
    OrganizationStore.enableAllFeatures(transaction, organization);
  }
}
