package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumedRoleUser;
import dev.sekisho.contract.sts.Credentials;
import dev.sekisho.contract.sts.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.RoleDirectory;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes sessions of roles for people whom an identity provider vouches for. */
final class FederatedSessions {

  private static final Duration USUAL = Duration.ofHours(1);
  private static final int MOST_TAGS = 50;

  private final RoleDirectory roles;
  private final Sessions sessions;

  /**
   * A session that was made.
   *
   * @param packedPolicySize in percent; none when nothing was packed
   */
  record Made(
      Credentials credentials,
      AssumedRoleUser assumedRoleUser,
      @Nullable Integer packedPolicySize) {}

  FederatedSessions(RoleDirectory roles, Sessions sessions) {
    this.roles = roles;
    this.sessions = sessions;
  }

  /** The role's ARN. */
  static Arn arn(String text) {
    try {
      return Arn.parse(text);
    } catch (IllegalArgumentException notAnArn) {
      throw StsErrors.validation(text + " is invalid");
    }
  }

  /** Lets the role's trust policy decide, and makes the session then. */
  <O> Guarded<O> guarded(FederatedRequest request, Instant now, Function<Made, O> answer) {
    RoleDirectory.Role role =
        roles
            .find(arn(request.roleArn()))
            .orElseThrow(
                () -> StsErrors.accessDenied("Not authorized to perform " + request.action()));
    checkTags(request.tags());
    Guarded<O> guarded =
        Guarded.by(
            access(request, role), _ -> Outcome.answer(answer.apply(make(request, role, now))));
    return guarded.by(request.person());
  }

  private static void checkTags(List<Tag> tags) {
    SessionLimits.checkTags(tags);
    boolean fit =
        tags.size() <= MOST_TAGS
            && tags.stream()
                .allMatch(tag ->
                    !tag.key().isEmpty()
                        && tag.key().length() <= 128
                        && tag.value().length() <= 256);
    if (!fit) {
      throw StsErrors.invalidIdentityToken("The session tags exceed the limits of session tags.");
    }
  }

  private static Access access(FederatedRequest request, RoleDirectory.Role role) {
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(check(request.action(), request, role));
    if (!request.tags().isEmpty()) {
      checks.add(check("sts:TagSession", request, role));
    }
    if (request.sourceIdentity() != null) {
      checks.add(check("sts:SetSourceIdentity", request, role));
    }
    return new Access.Checked(checks);
  }

  private static AccessCheck check(
      String action, FederatedRequest request, RoleDirectory.Role role) {
    AccessCheck check =
        AccessCheck.of(action, request.roleArn())
            .ownedBy(
                role.account(),
                new ResourcePolicy(ResourcePolicy.Kind.TRUST_POLICY, role.trustPolicy()))
            .with("sts:RoleSessionName", request.sessionName())
            .with("sts:SourceIdentity", request.sourceIdentity());
    if (!request.transitiveTagKeys().isEmpty()) {
      check = check.with("sts:TransitiveTagKeys", List.copyOf(request.transitiveTagKeys()));
    }
    if (!request.tags().isEmpty()) {
      check = check.with("aws:TagKeys", request.tags().stream().map(Tag::key).toList());
    }
    for (Tag tag : request.tags()) {
      check = check.with("aws:RequestTag/" + tag.key(), tag.value());
    }
    for (Map.Entry<String, List<String>> each : request.federation().keys().entrySet()) {
      check = check.with(each.getKey(), each.getValue());
    }
    return check;
  }

  private Made make(FederatedRequest request, RoleDirectory.Role role, Instant time) {
    SessionLimits.checkPolicies(request.policy(), request.policyArns());
    Integer packed = SessionLimits.packed(request.policy(), request.policyArns(), request.tags());
    Instant now = time.truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(duration(request, role));
    Map<String, String> tags = new HashMap<>();
    request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    Session session =
        new Session(
            now,
            request.end() != null && request.end().isBefore(end) ? request.end() : end,
            null,
            tags,
            request.transitiveTagKeys(),
            request.sourceIdentity(),
            request.policy(),
            request.policyArns(),
            false,
            request.federation());
    Principal.RoleSession principal =
        new Principal.RoleSession(
            role.account(), role.path(), role.name(), role.id(), request.sessionName());
    return new Made(
        sessions.issue(principal, session),
        AssumedRoleUser.builder()
            .assumedRoleId(principal.userId())
            .arn(principal.arn().toString())
            .build(),
        packed);
  }

  private static Duration duration(FederatedRequest request, RoleDirectory.Role role) {
    Integer seconds = request.durationSeconds();
    Duration wanted = seconds == null ? USUAL : Duration.ofSeconds(seconds);
    if (wanted.compareTo(role.longestSession()) > 0) {
      throw new ServiceException(
          "ValidationError",
          400,
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return wanted;
  }
}
