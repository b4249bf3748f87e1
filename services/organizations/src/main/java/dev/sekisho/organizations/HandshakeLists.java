package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.HandshakeFilter;
import dev.sekisho.contract.organizations.ListHandshakesForAccountRequest;
import dev.sekisho.contract.organizations.ListHandshakesForAccountResponse;
import dev.sekisho.contract.organizations.ListHandshakesForOrganizationRequest;
import dev.sekisho.contract.organizations.ListHandshakesForOrganizationResponse;
import dev.sekisho.contract.organizations.OrganizationsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Lists handshakes, for the organization that sent them and for the accounts they were sent to. */
final class HandshakeLists implements OrganizationsApi.HandshakeLists {

  private final OrganizationsContext organizations;
  private final Gate gate;

  HandshakeLists(OrganizationsContext organizations, Gate gate) {
    this.organizations = organizations;
    this.gate = gate;
  }

  @Override
  public Guarded<ListHandshakesForAccountResponse> listHandshakesForAccount(
      Call<ListHandshakesForAccountRequest> call) {
    ListHandshakesForAccountRequest input = call.input();
    return Guarded.by(
        AccessCheck.of("organizations:ListHandshakesForAccount", "*"),
        _ -> {
          PageRequest request =
              request(call, input.filter(), input.nextToken(), input.maxResults());
          return organizations
              .database()
              .read(handle -> {
                PageRequest.Page<Handshake> page =
                    request.cut(
                        chosen(HandshakeStore.ofAccount(handle, call.account()), input.filter()),
                        Handshake::id);
                return Outcome.answer(
                    ListHandshakesForAccountResponse.builder()
                        .handshakes(shown(handle, page.items()))
                        .nextToken(page.nextToken())
                        .build());
              });
        });
  }

  @Override
  public Guarded<ListHandshakesForOrganizationResponse> listHandshakesForOrganization(
      Call<ListHandshakesForOrganizationRequest> call) {
    ListHandshakesForOrganizationRequest input = call.input();
    return gate.read(
        call,
        Gate.Who.READERS,
        Targets.any(),
        (handle, organization) -> {
          PageRequest.Page<Handshake> page =
              request(call, input.filter(), input.nextToken(), input.maxResults())
                  .cut(
                      chosen(HandshakeStore.ofOrganization(handle, organization), input.filter()),
                      Handshake::id);
          return ListHandshakesForOrganizationResponse.builder()
              .handshakes(shown(handle, page.items()))
              .nextToken(page.nextToken())
              .build();
        });
  }

  private PageRequest request(
      Call<?> call,
      @Nullable HandshakeFilter filter,
      @Nullable String nextToken,
      @Nullable Integer maxResults) {
    return PageRequest.of(
        call, organizations.pages(), String.valueOf(filter), nextToken, maxResults);
  }

  private List<Handshake> chosen(List<Handshake> all, @Nullable HandshakeFilter filter) {
    return all.stream()
        .map(handshake -> handshake.at(organizations.now()))
        .filter(handshake ->
            filter == null
                || ((filter.actionType() == null
                        || filter.actionType().equals(handshake.action().name()))
                    && (filter.parentHandshakeId() == null
                        || filter.parentHandshakeId().equals(handshake.parent()))))
        .toList();
  }

  private static List<dev.sekisho.contract.organizations.Handshake> shown(
      Handle handle, List<Handshake> handshakes) {
    return handshakes.stream()
        .flatMap(handshake ->
            OrganizationStore.find(handle, handshake.organization())
                .map(organization -> HandshakeAnswers.of(handle, organization, handshake))
                .stream())
        .toList();
  }
}
