package dev.sekisho.sts;

import dev.sekisho.contract.sts.GetSessionTokenRequest;
import dev.sekisho.contract.sts.GetSessionTokenResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.Access;
import dev.sekisho.core.Call;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Gives a user or the root user temporary credentials of their own. */
final class GetSessionToken implements StsApi.GetSessionToken {

  private static final Duration USUAL = Duration.ofHours(12);
  private static final Duration LONGEST_FOR_ROOT = Duration.ofHours(1);

  private final SecondFactor factor;
  private final Sessions sessions;

  GetSessionToken(SecondFactor factor, Sessions sessions) {
    this.factor = factor;
    this.sessions = sessions;
  }

  @Override
  public Guarded<GetSessionTokenResponse> getSessionToken(Call<GetSessionTokenRequest> call) {
    return Guarded.by(
        new Access.Open("GetSessionToken needs no permission, only long-term credentials"),
        _ -> Outcome.answer(issue(call)));
  }

  private GetSessionTokenResponse issue(Call<GetSessionTokenRequest> call) {
    GetSessionTokenRequest input = call.input();
    Caller caller = call.context().caller();
    boolean root = caller.principal() instanceof Principal.Root;
    if (caller.session() != null || !(root || caller.principal() instanceof Principal.User)) {
      throw StsErrors.accessDenied("Cannot call GetSessionToken with session credentials");
    }
    boolean shown = factor.shown(call, input.serialNumber(), input.tokenCode());
    Duration wanted =
        input.durationSeconds() == null ? USUAL : Duration.ofSeconds(input.durationSeconds());
    // The root user's sessions end after an hour whatever was asked for.
    Duration duration = root && wanted.compareTo(LONGEST_FOR_ROOT) > 0 ? LONGEST_FOR_ROOT : wanted;
    Instant now = call.context().time().truncatedTo(ChronoUnit.SECONDS);
    return GetSessionTokenResponse.builder()
        .credentials(
            sessions.issue(
                caller.principal(), Session.plain(now, now.plus(duration), shown ? now : null)))
        .build();
  }
}
