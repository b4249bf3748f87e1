package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumeRoleWithWebIdentityRequest;
import dev.sekisho.contract.sts.AssumeRoleWithWebIdentityResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.contract.sts.Tag;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Federation;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.IdentityProviders;
import dev.sekisho.core.IdentityProviders.OpenIdConnect;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import dev.sekisho.federation.oidc.RejectedToken;
import dev.sekisho.federation.oidc.TokenClaims;
import dev.sekisho.federation.oidc.WebIdentityToken;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives out credentials for a session of a role to whom an OpenID Connect provider of the role's
 * account vouches for.
 */
final class AssumeRoleWithWebIdentity implements StsApi.AssumeRoleWithWebIdentity {

  private static final String ACTION = "sts:AssumeRoleWithWebIdentity";
  private static final String SCHEME = "https://";
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final IdentityProviders providers;
  private final VerificationKeys keys;
  private final FederatedSessions sessions;

  AssumeRoleWithWebIdentity(
      IdentityProviders providers, VerificationKeys keys, FederatedSessions sessions) {
    this.providers = providers;
    this.keys = keys;
    this.sessions = sessions;
  }

  @Override
  public Guarded<AssumeRoleWithWebIdentityResponse> assumeRoleWithWebIdentity(
      Call<AssumeRoleWithWebIdentityRequest> call) {
    AssumeRoleWithWebIdentityRequest input = call.input();
    Arn role = FederatedSessions.arn(input.roleArn());
    if (!role.account().matches("[0-9]{12}")) {
      throw StsErrors.validation(input.roleArn() + " is invalid");
    }
    AccountId account = new AccountId(role.account());
    Instant now = call.context().time();
    OpenIdConnect provider;
    TokenClaims claims;
    try {
      WebIdentityToken token = WebIdentityToken.parse(input.webIdentityToken());
      provider = provider(account, token.claimedIssuer());
      claims = keys.verify(token, provider);
    } catch (RejectedToken rejected) {
      throw refusal(rejected);
    } catch (UnusableServer unusable) {
      throw refusal(unusable);
    }
    requireInTime(claims, now);
    String audience = audience(claims, provider);
    String issuer = provider.url().substring(SCHEME.length());
    return sessions.guarded(
        request(input, account, provider, claims, audience, issuer),
        now,
        made ->
            AssumeRoleWithWebIdentityResponse.builder()
                .credentials(made.credentials())
                .assumedRoleUser(made.assumedRoleUser())
                .packedPolicySize(made.packedPolicySize())
                .subjectFromWebIdentityToken(claims.subject())
                .provider(provider.arn().toString())
                .audience(audience)
                .sourceIdentity(claims.sourceIdentity())
                .build());
  }

  private OpenIdConnect provider(AccountId account, String issuer) {
    return (issuer.startsWith(SCHEME)
            ? providers.openIdConnect(account, issuer.substring(SCHEME.length()))
            : java.util.Optional.<OpenIdConnect>empty())
        .orElseThrow(() ->
            StsErrors.invalidIdentityToken(
                "No OpenIDConnect provider found in your account for " + issuer));
  }

  private static ServiceException refusal(RejectedToken rejected) {
    return StsErrors.invalidIdentityToken(
        switch (rejected.reason()) {
          case MALFORMED ->
              "The ID Token provided is not a valid JWT. (You may see this error if you sent an"
                  + " Access Token)";
          case CLAIM -> String.valueOf(rejected.getMessage());
          case UNKNOWN_KEY ->
              "Couldn't retrieve verification key from your identity provider,  please reference"
                  + " AssumeRoleWithWebIdentity documentation for requirements";
          case SIGNATURE ->
              "The web identity token that was passed could not be validated by AWS. Get a new"
                  + " identity token from the identity provider and then retry the request.";
        });
  }

  private static ServiceException refusal(UnusableServer unusable) {
    return unusable.untrusted()
        ? StsErrors.invalidIdentityToken(
            "OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint")
        : StsErrors.idpCommunication(
            "The request could not be fulfilled because the identity provider (IDP) that was asked"
                + " to verify the incoming identity token could not be reached. Please try again.");
  }

  private static void requireInTime(TokenClaims claims, Instant now) {
    if (!now.isBefore(claims.expiresAt())) {
      throw StsErrors.expiredToken(
          "Token expired: current date/time "
              + now.getEpochSecond()
              + " must be before the expiration date/time "
              + claims.expiresAt().getEpochSecond());
    }
    Instant latest = now.plus(AHEAD);
    Instant notBefore = claims.notBefore();
    if (claims.issuedAt().isAfter(latest) || (notBefore != null && notBefore.isAfter(latest))) {
      throw StsErrors.invalidIdentityToken("The ID Token provided is not valid yet.");
    }
  }

  /** The application the token was made for; {@code azp} says so better than {@code aud}. */
  private static String audience(TokenClaims claims, OpenIdConnect provider) {
    String party = claims.authorizedParty();
    List<String> audiences = party == null || party.isEmpty() ? claims.audiences() : List.of(party);
    return audiences.stream()
        .filter(provider.clientIds()::contains)
        .findFirst()
        .orElseThrow(() -> StsErrors.invalidIdentityToken("Incorrect token audience"));
  }

  private static FederatedRequest request(
      AssumeRoleWithWebIdentityRequest input,
      AccountId account,
      OpenIdConnect provider,
      TokenClaims claims,
      String audience,
      String issuer) {
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put(issuer + ":aud", List.of(audience));
    conditions.put(issuer + ":sub", List.of(claims.subject()));
    if (!claims.methods().isEmpty()) {
      conditions.put(issuer + ":amr", claims.methods());
    }
    if (claims.authorizedParty() != null) {
      conditions.put(issuer + ":azp", List.of(claims.authorizedParty()));
      conditions.put(issuer + ":oaud", claims.audiences());
    }
    String arn = provider.arn().toString();
    return new FederatedRequest(
        ACTION,
        input.roleArn(),
        input.roleSessionName(),
        new Principal.WebIdentity(account, arn, issuer, audience, claims.subject()),
        new Federation(arn, conditions),
        tags(claims.tags()),
        new HashSet<>(claims.transitiveTagKeys()),
        sourceIdentity(claims.sourceIdentity()),
        input.policy(),
        SessionLimits.arns(input.policyArns()),
        input.durationSeconds(),
        null);
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(each -> Tag.builder().key(each.getKey()).value(each.getValue()).build())
        .toList();
  }

  /** Whoever an identity provider names as the source must have a name that AWS takes. */
  static @Nullable String sourceIdentity(@Nullable String given) {
    if (given != null && (!given.matches("[\\w+=,.@-]{2,64}") || given.startsWith("aws:"))) {
      throw StsErrors.invalidIdentityToken(
          "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"");
    }
    return given;
  }
}
