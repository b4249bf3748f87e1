package dev.sekisho.sts;

import dev.sekisho.contract.sts.FederatedUser;
import dev.sekisho.contract.sts.GetFederationTokenRequest;
import dev.sekisho.contract.sts.GetFederationTokenResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.contract.sts.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives somebody whom a user vouches for a part of what that user may do. */
final class GetFederationToken implements StsApi.GetFederationToken {

  private static final Duration USUAL = Duration.ofHours(12);
  private static final Duration LONGEST_FOR_ROOT = Duration.ofHours(1);

  private final Sessions sessions;

  GetFederationToken(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Guarded<GetFederationTokenResponse> getFederationToken(
      Call<GetFederationTokenRequest> call) {
    Caller caller = call.context().caller();
    boolean longTerm =
        caller.principal() instanceof Principal.User
            || caller.principal() instanceof Principal.Root;
    if (caller.session() != null || !longTerm) {
      throw StsErrors.accessDenied("Cannot call GetFederationToken with session credentials");
    }
    GetFederationTokenRequest input = call.input();
    List<Tag> tags = SessionLimits.checkTags(input.tags());
    Principal.FederatedUser user =
        new Principal.FederatedUser(call.account(), input.name(), caller.principal());
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(check("sts:GetFederationToken", user, tags));
    if (!tags.isEmpty()) {
      checks.add(check("sts:TagSession", user, tags));
    }
    return Guarded.by(new Access.Checked(checks), _ -> Outcome.answer(issue(call, user, tags)));
  }

  private static AccessCheck check(String action, Principal.FederatedUser user, List<Tag> tags) {
    AccessCheck check = AccessCheck.of(action, user.arn().toString());
    if (!tags.isEmpty()) {
      check = check.with("aws:TagKeys", tags.stream().map(Tag::key).toList());
    }
    for (Tag tag : tags) {
      check = check.with("aws:RequestTag/" + tag.key(), tag.value());
    }
    return check;
  }

  private GetFederationTokenResponse issue(
      Call<GetFederationTokenRequest> call, Principal.FederatedUser user, List<Tag> tags) {
    GetFederationTokenRequest input = call.input();
    List<String> arns = SessionLimits.arns(input.policyArns());
    SessionLimits.checkPolicies(input.policy(), arns);
    Integer packed = SessionLimits.packed(input.policy(), arns, tags);
    Map<String, String> carried = new HashMap<>();
    tags.forEach(tag -> carried.put(tag.key(), tag.value()));
    Instant now = call.context().time().truncatedTo(ChronoUnit.SECONDS);
    Session session =
        new Session(
            now,
            now.plus(duration(input.durationSeconds(), user.issuer())),
            null,
            carried,
            Set.of(),
            null,
            input.policy(),
            arns,
            false);
    return GetFederationTokenResponse.builder()
        .credentials(sessions.issue(user, session))
        .federatedUser(
            FederatedUser.builder()
                .federatedUserId(user.userId())
                .arn(user.arn().toString())
                .build())
        .packedPolicySize(packed)
        .build();
  }

  /** What the root user gives out ends after an hour, whatever was asked for. */
  private static Duration duration(
      @org.jspecify.annotations.Nullable Integer seconds, Principal issuer) {
    Duration wanted = seconds == null ? USUAL : Duration.ofSeconds(seconds);
    return issuer instanceof Principal.Root && wanted.compareTo(LONGEST_FOR_ROOT) > 0
        ? LONGEST_FOR_ROOT
        : wanted;
  }
}
