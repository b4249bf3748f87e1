package dev.sekisho.cloudtrail;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.OrganizationDirectory;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds the trails that a call names, or may see. */
record FoundTrails(CloudTrailContext context) {

  /** The trails that are in the account's Region: those at home there, and shadows of others. */
  List<StoredTrail> in(Handle handle, AccountId account, String region) {
    return seen(handle, account).stream().filter(trail -> trail.covers(region)).toList();
  }

  /** All trails of the account and of its organization. */
  List<StoredTrail> seen(Handle handle, AccountId account) {
    return TrailStore.seenBy(
        handle,
        account,
        context
            .organizations()
            .administration(account, CloudTrailContext.SERVICE)
            .map(OrganizationDirectory.Administration::organizationId)
            .orElse(null));
  }

  /**
   * The trail, to be looked at. A name is of a trail that is at home in the call's Region; an ARN
   * is of any trail that the caller may see.
   *
   * @throws dev.sekisho.core.ServiceException when there is none
   */
  StoredTrail toRead(Handle handle, Call<?> call, TrailName name) {
    return find(handle, call.account(), name)
        .orElseThrow(() -> CloudTrailErrors.notFound(shown(name), call.account()));
  }

  /** The trail of the name, if the account may see it. */
  Optional<StoredTrail> find(Handle handle, AccountId account, TrailName name) {
    return TrailStore.find(handle, name.account(), name.region(), name.name())
        .filter(trail ->
            trail.account().equals(account)
                || (trail.organization() != null
                    && seen(handle, account).stream()
                        .anyMatch(each -> each.id().equals(trail.id()))));
  }

  /**
   * The trail, to be changed by its owner in its home Region.
   *
   * @throws dev.sekisho.core.ServiceException when there is none or it is to be changed elsewhere
   */
  StoredTrail toChange(Handle handle, Call<?> call, TrailName name) {
    Optional<StoredTrail> known = find(handle, call.account(), name);
    if (known.isEmpty() && !name.byArn()) {
      known =
          in(handle, call.account(), call.region()).stream()
              .filter(trail -> trail.name().equals(name.name()))
              .findFirst();
    }
    StoredTrail trail =
        known.orElseThrow(() -> CloudTrailErrors.notFound(shown(name), call.account()));
    if (!trail.account().equals(call.account())) {
      throw CloudTrailErrors.notManagement();
    }
    if (!trail.region().equals(call.region())) {
      throw CloudTrailErrors.home(trail, call.region());
    }
    return trail;
  }

  private static String shown(TrailName name) {
    return name.byArn() ? name.arn() : name.name();
  }
}
