package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.HandshakeParty;
import dev.sekisho.contract.organizations.HandshakeResource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Handshakes as answers show them: who takes part, and what it is about. */
final class HandshakeAnswers {

  private HandshakeAnswers() {}

  static dev.sekisho.contract.organizations.Handshake of(
      Handle handle, Organization organization, Handshake handshake) {
    return dev.sekisho.contract.organizations.Handshake.builder()
        .id(handshake.id())
        .arn(organization.handshakeArn(handshake.action(), handshake.id()))
        .parties(parties(organization, handshake))
        .state(handshake.state().name())
        .requestedTimestamp(handshake.requestedAt())
        .expirationTimestamp(handshake.expiresAt())
        .action(handshake.action().name())
        .resources(resources(handle, organization, handshake))
        .build();
  }

  private static List<HandshakeParty> parties(Organization organization, Handshake handshake) {
    List<HandshakeParty> parties = new ArrayList<>();
    parties.add(
        HandshakeParty.builder().id(organization.id().substring(2)).type("ORGANIZATION").build());
    if (handshake.target() != null && handshake.targetType() != null) {
      parties.add(
          HandshakeParty.builder().id(handshake.target()).type(handshake.targetType()).build());
    }
    return parties;
  }

  private static List<HandshakeResource> resources(
      Handle handle, Organization organization, Handshake handshake) {
    Member management = KnownAccounts.of(handle, organization.management());
    List<HandshakeResource> resources = new ArrayList<>();
    resources.add(
        HandshakeResource.builder()
            .type("ORGANIZATION")
            .value(organization.id())
            .resources(
                List.of(
                    resource("MASTER_EMAIL", management.email()),
                    resource("MASTER_NAME", management.name()),
                    resource("ORGANIZATION_FEATURE_SET", organization.featureSet())))
            .build());
    if (handshake.target() != null && handshake.targetType() != null) {
      resources.add(resource(handshake.targetType(), handshake.target()));
    }
    if (handshake.parent() != null) {
      resources.add(resource("PARENT_HANDSHAKE", handshake.parent()));
    }
    if (handshake.notes() != null) {
      resources.add(resource("NOTES", handshake.notes()));
    }
    return resources;
  }

  private static HandshakeResource resource(String type, String value) {
    return HandshakeResource.builder().type(type).value(value).build();
  }
}
