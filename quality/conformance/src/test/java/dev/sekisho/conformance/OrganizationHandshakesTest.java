package dev.sekisho.conformance;

import static dev.sekisho.conformance.OrganizationsTest.invalid;
import static dev.sekisho.conformance.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccountJoinedMethod;
import software.amazon.awssdk.services.organizations.model.ActionType;
import software.amazon.awssdk.services.organizations.model.Handshake;
import software.amazon.awssdk.services.organizations.model.HandshakeConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.HandshakePartyType;
import software.amazon.awssdk.services.organizations.model.HandshakeResource;
import software.amazon.awssdk.services.organizations.model.HandshakeResourceType;
import software.amazon.awssdk.services.organizations.model.HandshakeState;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.PolicyType;

/** Accounts are asked into organizations, and say yes or no. */
class OrganizationHandshakesTest {

  private OrganizationFixture fixture;
  private OrganizationsClient organizations;
  private String alone;
  private OrganizationsClient invited;

  @BeforeEach
  void start(@TempDir Path folder) {
    fixture = new OrganizationFixture(folder);
    organizations = fixture.organizations;
    fixture.organization();
    alone = fixture.account();
    AwsCredentials user = fixture.user(alone, "owner");
    organizations.removeAccountFromOrganization(r -> r.accountId(alone));
    invited = fixture.as(user);
  }

  @AfterEach
  void stop() {
    invited.close();
    fixture.close();
  }

  private Handshake invite() {
    return organizations
        .inviteAccountToOrganization(r ->
            r.target(t -> t.type(HandshakePartyType.ACCOUNT).id(alone))
                .notes("come")
                .tags(t -> t.key("team").value("blue")))
        .handshake();
  }

  private static void breaks(String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HandshakeConstraintViolationException.class,
            refusal -> assertThat(refusal.reasonAsString()).isEqualTo(reason));
  }

  private static void isRefusedAs(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.getClass().getSimpleName()).isEqualTo(name));
  }

  @Test
  void anInvitationIsSeenByBothAndAccepted() {
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
    Handshake invitation = invite();
    assertThat(invitation.id()).matches("h-[0-9a-z]{8,32}");
    assertThat(invitation.state()).isEqualTo(HandshakeState.OPEN);
    assertThat(invitation.action()).isEqualTo(ActionType.INVITE);
    assertThat(invitation.arn()).contains("/invite/" + invitation.id());
    assertThat(invitation.parties()).hasSize(2);
    assertThat(invitation.resources())
        .extracting(HandshakeResource::type)
        .containsExactly(
            HandshakeResourceType.ORGANIZATION,
            HandshakeResourceType.ACCOUNT,
            HandshakeResourceType.NOTES);
    assertThat(organizations.listHandshakesForOrganization().handshakes())
        .containsExactly(invitation);
    assertThat(invited.listHandshakesForAccount().handshakes()).containsExactly(invitation);
    assertThat(
            invited
                .listHandshakesForAccount(
                    r -> r.filter(f -> f.actionType(ActionType.APPROVE_ALL_FEATURES)))
                .handshakes())
        .isEmpty();
    assertThat(invited.describeHandshake(r -> r.handshakeId(invitation.id())).handshake())
        .isEqualTo(invitation);
    isRefusedAs("DuplicateHandshakeException", this::invite);
    isRefusedAs(
        "AccessDeniedException",
        () -> organizations.acceptHandshake(r -> r.handshakeId(invitation.id())));

    assertThat(invited.acceptHandshake(r -> r.handshakeId(invitation.id())).handshake().state())
        .isEqualTo(HandshakeState.ACCEPTED);
    assertThat(organizations.describeAccount(r -> r.accountId(alone)).account().joinedMethod())
        .isEqualTo(AccountJoinedMethod.INVITED);
    assertThat(organizations.listTagsForResource(r -> r.resourceId(alone)).tags()).hasSize(1);
    assertThat(
            organizations
                .listPoliciesForTarget(
                    r -> r.targetId(alone).filter(PolicyType.SERVICE_CONTROL_POLICY))
                .policies())
        .hasSize(1);
    breaks("ALREADY_IN_AN_ORGANIZATION", this::invite);
    isRefusedAs(
        "HandshakeAlreadyInStateException",
        () -> invited.acceptHandshake(r -> r.handshakeId(invitation.id())));
    isRefusedAs(
        "InvalidHandshakeTransitionException",
        () -> invited.declineHandshake(r -> r.handshakeId(invitation.id())));
    isRefusedAs("AlreadyInOrganizationException", () -> invited.createOrganization(r -> {}));
  }

  @Test
  void anInvitationIsDeclinedTakenBackOrRunsOut() {
    String declined = invite().id();
    isRefusedAs(
        "AccessDeniedException", () -> invited.cancelHandshake(r -> r.handshakeId(declined)));
    assertThat(invited.declineHandshake(r -> r.handshakeId(declined)).handshake().state())
        .isEqualTo(HandshakeState.DECLINED);
    String canceled = invite().id();
    assertThat(organizations.cancelHandshake(r -> r.handshakeId(canceled)).handshake().state())
        .isEqualTo(HandshakeState.CANCELED);
    isRefusedAs(
        "InvalidHandshakeTransitionException",
        () -> invited.acceptHandshake(r -> r.handshakeId(canceled)));
    String late = invite().id();
    fixture.sekisho.clock().advance(Duration.ofDays(16));
    assertThat(invited.describeHandshake(r -> r.handshakeId(late)).handshake().state())
        .isEqualTo(HandshakeState.EXPIRED);
    isRefusedAs(
        "InvalidHandshakeTransitionException",
        () -> invited.acceptHandshake(r -> r.handshakeId(late)));
    invite();
  }

  @Test
  void anAddressIsInvitedToo() {
    String invitation =
        organizations
            .inviteAccountToOrganization(
                r -> r.target(t -> t.type(HandshakePartyType.EMAIL).id("account1@example.com")))
            .handshake()
            .id();
    invited.acceptHandshake(r -> r.handshakeId(invitation));
    assertThat(organizations.listAccounts().accounts()).hasSize(2);
  }

  @Test
  void nobodyElseLearnsOfAHandshake() {
    String invitation = invite().id();
    String other = fixture.account();
    try (OrganizationsClient stranger = fixture.as(fixture.inside(other))) {
      for (String id : List.of(invitation, "h-0000000000")) {
        refused(
            "HandshakeNotFoundException",
            400,
            "You specified a handshake that doesn't exist.",
            () -> stranger.describeHandshake(r -> r.handshakeId(id)));
        isRefusedAs(
            "HandshakeNotFoundException", () -> stranger.acceptHandshake(r -> r.handshakeId(id)));
      }
    }
  }

  @Test
  void onlyAccountsAndAddressesAreInvited() {
    invalid(
        "INVALID_PARTY_TYPE_TARGET",
        () ->
            organizations.inviteAccountToOrganization(
                r -> r.target(t -> t.type(HandshakePartyType.ORGANIZATION).id("o-0123456789"))));
    invalid(
        "INVALID_EMAIL_ADDRESS_TARGET",
        () ->
            organizations.inviteAccountToOrganization(
                r -> r.target(t -> t.type(HandshakePartyType.EMAIL).id("nobody"))));
    invalid(
        "INVALID_PATTERN",
        () ->
            organizations.inviteAccountToOrganization(
                r -> r.target(t -> t.type(HandshakePartyType.ACCOUNT).id("12"))));
  }

  @Test
  void allFeaturesComeOnceInvitedAccountsApprove() {
    organizations.deleteOrganization();
    organizations.createOrganization(
        r -> r.featureSet(OrganizationFeatureSet.CONSOLIDATED_BILLING));
    String made = fixture.account();
    String invitation = invite().id();
    invited.acceptHandshake(r -> r.handshakeId(invitation));

    Handshake whole = organizations.enableAllFeatures().handshake();
    assertThat(whole.action()).isEqualTo(ActionType.ENABLE_ALL_FEATURES);
    breaks(
        "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION", organizations::enableAllFeatures);
    organizations.removeAccountFromOrganization(r -> r.accountId(made));
    breaks(
        "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
        () ->
            organizations.inviteAccountToOrganization(
                r -> r.target(t -> t.type(HandshakePartyType.ACCOUNT).id(made))));
    isRefusedAs(
        "InvalidHandshakeTransitionException",
        () -> organizations.acceptHandshake(r -> r.handshakeId(whole.id())));
    List<Handshake> asked =
        organizations
            .listHandshakesForOrganization(r -> r.filter(f -> f.parentHandshakeId(whole.id())))
            .handshakes();
    assertThat(asked).hasSize(1);
    invited.acceptHandshake(r -> r.handshakeId(asked.getFirst().id()));
    organizations.acceptHandshake(r -> r.handshakeId(whole.id()));

    assertThat(organizations.describeOrganization().organization().featureSet())
        .isEqualTo(OrganizationFeatureSet.ALL);
    breaks("ORGANIZATION_ALREADY_HAS_ALL_FEATURES", organizations::enableAllFeatures);
    fixture.enable(PolicyType.SERVICE_CONTROL_POLICY);
  }

  @Test
  void whoManagesAnOrganizationCannotJoinAnother() {
    String invitation = invite().id();
    invited.createOrganization(r -> {});
    isRefusedAs(
        "MasterCannotLeaveOrganizationException",
        () -> invited.acceptHandshake(r -> r.handshakeId(invitation)));
    assertThat(organizations.listAccounts().accounts())
        .singleElement()
        .satisfies(own -> assertThat(own.id()).isEqualTo(SekishoInstance.ACCOUNT));
  }
}
