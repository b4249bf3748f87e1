package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.ListGrantsRequest;
import dev.sekisho.contract.kms.ListGrantsResponse;
import dev.sekisho.contract.kms.ListRetirableGrantsRequest;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.kms.GrantStore.Filter;
import dev.sekisho.kms.Markers.Page;
import dev.sekisho.store.Database;
import org.jspecify.annotations.Nullable;

/** Lists grants, by key or by who may retire them. */
final class GrantLists {

  private static final int USUAL_LIMIT = 50;
  private static final int LARGEST_LIMIT = 100;

  private final Database database;
  private final Keys keys;
  private final KeyAccess access;
  private final GrantStore store;
  private final Markers markers;

  GrantLists(Database database, Keys keys, KeyAccess access, GrantStore store, Markers markers) {
    this.database = database;
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.markers = markers;
  }

  Guarded<ListGrantsResponse> ofKey(Call<ListGrantsRequest> call) {
    String action = "kms:ListGrants";
    ListGrantsRequest input = call.input();
    Key key = keys.share(call, input.keyId(), action);
    Filter filter =
        new Filter(
            requireNonNullElse(input.grantId(), ""),
            requireNonNullElse(input.granteePrincipal(), ""),
            requireNonNullElse(input.granteeServicePrincipal(), ""));
    return Guarded.by(
        access.of(call, action, key),
        _ ->
            Outcome.answer(
                response(
                    markers.page(
                        call,
                        key.name().arn() + filter,
                        input.marker(),
                        limit(input.limit()),
                        (after, limit) ->
                            database.read(
                                handle -> store.page(handle, key.name(), filter, after, limit)),
                        Grant::id))));
  }

  Guarded<ListGrantsResponse> retirable(Call<ListRetirableGrantsRequest> call) {
    ListRetirableGrantsRequest input = call.input();
    String principal = requireNonNullElse(input.retiringPrincipal(), "");
    String service = requireNonNullElse(input.retiringServicePrincipal(), "");
    if (principal.isEmpty() == service.isEmpty()) {
      throw KmsErrors.validation("Specify either RetiringPrincipal or RetiringServicePrincipal.");
    }
    GrantRules.requirePrincipal(input.retiringPrincipal());
    return Guarded.by(
        KeyAccess.ofAny(call, "kms:ListRetirableGrants"),
        _ ->
            Outcome.answer(
                response(
                    markers.page(
                        call,
                        principal + ' ' + service,
                        input.marker(),
                        limit(input.limit()),
                        (after, limit) ->
                            database.read(handle ->
                                store.retirable(
                                    handle, call.region(), principal, service, after, limit)),
                        Grant::id))));
  }

  private static int limit(@Nullable Integer asked) {
    return Math.min(requireNonNullElse(asked, USUAL_LIMIT), LARGEST_LIMIT);
  }

  private static ListGrantsResponse response(Page<Grant> page) {
    return ListGrantsResponse.builder()
        .grants(page.items().stream().map(Grant::entry).toList())
        .truncated(page.truncated())
        .nextMarker(page.next())
        .build();
  }
}
