package dev.sekisho.sts;

import dev.sekisho.contract.sts.GetWebIdentityTokenRequest;
import dev.sekisho.contract.sts.GetWebIdentityTokenResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.contract.sts.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.OrganizationDirectory;
import dev.sekisho.core.OutboundTokens;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Tells others who the caller is, in a token that they can verify without asking. */
final class GetWebIdentityToken implements StsApi.GetWebIdentityToken {

  private static final Duration USUAL = Duration.ofMinutes(5);
  private static final Set<String> ALGORITHMS = Set.of("RS256", "ES384");

  /** What AWS knows of the caller stands below one claim, apart from everybody else's. */
  private static final String OWN_CLAIM = "https://sts.amazonaws.com/";

  private final OutboundTokens tokens;
  private final OrganizationDirectory organizations;
  private final Randomness randomness;

  GetWebIdentityToken(
      OutboundTokens tokens, OrganizationDirectory organizations, Randomness randomness) {
    this.tokens = tokens;
    this.organizations = organizations;
    this.randomness = randomness;
  }

  @Override
  public Guarded<GetWebIdentityTokenResponse> getWebIdentityToken(
      Call<GetWebIdentityTokenRequest> call) {
    GetWebIdentityTokenRequest input = call.input();
    if (!ALGORITHMS.contains(input.signingAlgorithm())) {
      throw StsErrors.validation(
          "SigningAlgorithm " + input.signingAlgorithm() + " is not one of RS256, ES384");
    }
    List<Tag> tags = SessionLimits.checkTags(input.tags());
    Duration duration =
        input.durationSeconds() == null ? USUAL : Duration.ofSeconds(input.durationSeconds());
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(check("sts:GetWebIdentityToken", input, duration, tags));
    if (!tags.isEmpty()) {
      checks.add(check("sts:TagGetWebIdentityToken", input, duration, tags));
    }
    return Guarded.by(
        new Access.Checked(checks), _ -> Outcome.answer(answer(call, duration, tags)));
  }

  private static AccessCheck check(
      String action, GetWebIdentityTokenRequest input, Duration duration, List<Tag> tags) {
    AccessCheck check =
        AccessCheck.of(action, "*")
            .with("sts:IdentityTokenAudience", input.audience())
            .with("sts:SigningAlgorithm", input.signingAlgorithm())
            .with("sts:DurationSeconds", Long.toString(duration.toSeconds()));
    if (!tags.isEmpty()) {
      check = check.with("aws:TagKeys", tags.stream().map(Tag::key).toList());
    }
    for (Tag tag : tags) {
      check = check.with("aws:RequestTag/" + tag.key(), tag.value());
    }
    return check;
  }

  private GetWebIdentityTokenResponse answer(
      Call<GetWebIdentityTokenRequest> call, Duration duration, List<Tag> tags) {
    String issuer =
        tokens
            .issuer(call.account())
            .orElseThrow(() ->
                new ServiceException(
                    "OutboundWebIdentityFederationDisabledException",
                    403,
                    "Outbound web identity federation is not enabled for this account."));
    Instant now = call.context().time().truncatedTo(ChronoUnit.SECONDS);
    Instant expiration = now.plus(duration);
    Session session = call.context().caller().session();
    if (session != null && expiration.isAfter(session.expiresAt())) {
      throw new ServiceException(
          "SessionDurationEscalationException",
          403,
          "The requested token duration would extend the session beyond its original expiration"
              + " time.");
    }
    List<String> audience = call.input().audience();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", audience.size() == 1 ? audience.getFirst() : audience);
    claims.put("sub", subject(call.context().caller().principal()));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", expiration.getEpochSecond());
    claims.put("jti", randomness.uuid().toString());
    claims.put(OWN_CLAIM, known(call, tags));
    return GetWebIdentityTokenResponse.builder()
        .webIdentityToken(tokens.sign(call.account(), call.input().signingAlgorithm(), claims))
        .expiration(expiration)
        .build();
  }

  /** A session is known by its role. */
  private static String subject(Principal principal) {
    return principal instanceof Principal.RoleSession role
        ? role.roleArn().toString()
        : String.valueOf(principal.arn());
  }

  private Map<String, Object> known(Call<?> call, List<Tag> requested) {
    Principal principal = call.context().caller().principal();
    Session session = call.context().caller().session();
    Map<String, Object> known = new LinkedHashMap<>();
    known.put("aws_account", call.account().value());
    known.put("source_region", call.region());
    known.put("principal_id", subject(principal));
    organizations
        .membership(call.account())
        .ifPresent(membership -> {
          known.put("org_id", membership.organizationId());
          known.put("ou_path", membership.path());
        });
    Map<String, String> tags = new TreeMap<>(tokens.tags(principal));
    if (session != null) {
      tags.putAll(session.tags());
    }
    if (!tags.isEmpty()) {
      known.put("principal_tags", tags);
    }
    if (!requested.isEmpty()) {
      Map<String, String> asked = new TreeMap<>();
      requested.forEach(tag -> asked.put(tag.key(), tag.value()));
      known.put("request_tags", asked);
    }
    return known;
  }
}
