package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumeRoleRequest;
import dev.sekisho.contract.sts.AssumeRoleResponse;
import dev.sekisho.contract.sts.AssumedRoleUser;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.contract.sts.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives out credentials for a session of a role to whom the role trusts. */
final class AssumeRole implements StsApi.AssumeRole {

  private static final Duration USUAL = Duration.ofHours(1);
  private static final Duration LONGEST_CHAINED = Duration.ofHours(1);

  private final RoleDirectory roles;
  private final SecondFactor factor;
  private final Sessions sessions;

  AssumeRole(RoleDirectory roles, SecondFactor factor, Sessions sessions) {
    this.roles = roles;
    this.factor = factor;
    this.sessions = sessions;
  }

  @Override
  public Guarded<AssumeRoleResponse> assumeRole(Call<AssumeRoleRequest> call) {
    AssumeRoleRequest input = call.input();
    if (call.context().caller().principal() instanceof Principal.Root) {
      throw StsErrors.accessDenied("Roles may not be assumed by root accounts.");
    }
    RoleDirectory.Role role = roles.find(arn(input.roleArn())).orElseThrow(() -> unknownRole(call));
    List<Tag> tags = SessionLimits.checkTags(input.tags());
    // The trust policy may ask for it, so the code is looked at before the policies are.
    boolean shown = factor.shown(call, input.serialNumber(), input.tokenCode());
    return Guarded.by(
        access(call, role, tags, shown), _ -> Outcome.answer(assume(call, role, tags)));
  }

  private static Arn arn(String text) {
    try {
      return Arn.parse(text);
    } catch (IllegalArgumentException notAnArn) {
      throw StsErrors.validation(text + " is invalid");
    }
  }

  /** A role that does not exist is refused like one that does not trust the caller. */
  private static ServiceException unknownRole(Call<AssumeRoleRequest> call) {
    return StsErrors.accessDenied(
        "User: "
            + call.context().caller().principal().arn()
            + " is not authorized to perform: sts:AssumeRole on resource: "
            + call.input().roleArn());
  }

  private static Access access(
      Call<AssumeRoleRequest> call, RoleDirectory.Role role, List<Tag> tags, boolean shown) {
    List<AccessCheck> checks = new ArrayList<>();
    checks.add(check("sts:AssumeRole", call, role, tags, shown));
    if (!tags.isEmpty()) {
      checks.add(check("sts:TagSession", call, role, tags, shown));
    }
    if (call.input().sourceIdentity() != null) {
      checks.add(check("sts:SetSourceIdentity", call, role, tags, shown));
    }
    return new Access.Checked(checks);
  }

  private static AccessCheck check(
      String action,
      Call<AssumeRoleRequest> call,
      RoleDirectory.Role role,
      List<Tag> tags,
      boolean shown) {
    AssumeRoleRequest input = call.input();
    AccessCheck check =
        AccessCheck.of(action, input.roleArn())
            .ownedBy(
                role.account(),
                new ResourcePolicy(ResourcePolicy.Kind.TRUST_POLICY, role.trustPolicy()))
            .with("sts:ExternalId", input.externalId())
            .with("sts:RoleSessionName", input.roleSessionName())
            .with("sts:SourceIdentity", input.sourceIdentity());
    if (shown) {
      check = check.with("aws:MultiFactorAuthPresent", "true").with("aws:MultiFactorAuthAge", "0");
    }
    if (input.transitiveTagKeys() != null) {
      check = check.with("sts:TransitiveTagKeys", input.transitiveTagKeys());
    }
    if (!tags.isEmpty()) {
      check = check.with("aws:TagKeys", tags.stream().map(Tag::key).toList());
    }
    for (Tag tag : tags) {
      check = check.with("aws:RequestTag/" + tag.key(), tag.value());
    }
    return check;
  }

  private AssumeRoleResponse assume(
      Call<AssumeRoleRequest> call, RoleDirectory.Role role, List<Tag> tags) {
    AssumeRoleRequest input = call.input();
    List<String> arns = SessionLimits.arns(input.policyArns());
    SessionLimits.checkPolicies(input.policy(), arns);
    Integer packed = SessionLimits.packed(input.policy(), arns, tags);
    Session before = call.context().caller().session();
    boolean chained = call.context().caller().principal() instanceof Principal.RoleSession;
    Instant now = call.context().time().truncatedTo(ChronoUnit.SECONDS);
    String sourceIdentity = sourceIdentity(before, input.sourceIdentity());
    Session session =
        new Session(
            now,
            now.plus(duration(input, role, chained)),
            // AWS: a role's credentials say nothing of the second factor that was shown for them.
            null,
            tags(before, tags),
            transitive(before, input.transitiveTagKeys()),
            sourceIdentity,
            input.policy(),
            arns,
            chained);
    Principal.RoleSession principal =
        new Principal.RoleSession(
            role.account(), role.path(), role.name(), role.id(), input.roleSessionName());
    return AssumeRoleResponse.builder()
        .credentials(sessions.issue(principal, session))
        .assumedRoleUser(
            AssumedRoleUser.builder()
                .assumedRoleId(principal.userId())
                .arn(principal.arn().toString())
                .build())
        .packedPolicySize(packed)
        .sourceIdentity(sourceIdentity)
        .build();
  }

  private static Duration duration(
      AssumeRoleRequest input, RoleDirectory.Role role, boolean chained) {
    Duration wanted =
        input.durationSeconds() == null ? USUAL : Duration.ofSeconds(input.durationSeconds());
    if (chained && wanted.compareTo(LONGEST_CHAINED) > 0) {
      throw StsErrors.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining.");
    }
    if (wanted.compareTo(role.longestSession()) > 0) {
      throw StsErrors.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return wanted;
  }

  /** Once set, a source identity stays the same through every further session. */
  private static @Nullable String sourceIdentity(
      @Nullable Session before, @Nullable String wanted) {
    String inherited = before == null ? null : before.sourceIdentity();
    if (inherited != null && wanted != null && !inherited.equals(wanted)) {
      throw StsErrors.accessDenied("The source identity of the calling session cannot be changed.");
    }
    return inherited == null ? wanted : inherited;
  }

  private static Map<String, String> tags(@Nullable Session before, List<Tag> tags) {
    Map<String, String> all = new HashMap<>();
    if (before != null) {
      before
          .tags()
          .forEach((key, value) -> {
            if (before.transitiveTagKeys().contains(key)) {
              all.put(key, value);
            }
          });
    }
    for (Tag tag : tags) {
      if (all.keySet().stream().anyMatch(tag.key()::equalsIgnoreCase)) {
        throw new ServiceException(
            "InvalidParameterValue",
            400,
            "One of the specified transitive tag keys can't be set because it conflicts with a"
                + " transitive tag key from the calling session.");
      }
    }
    tags.forEach(tag -> all.put(tag.key(), tag.value()));
    return all;
  }

  private static Set<String> transitive(@Nullable Session before, @Nullable List<String> wanted) {
    Set<String> keys = new HashSet<>();
    if (before != null) {
      keys.addAll(before.transitiveTagKeys());
    }
    if (wanted != null) {
      keys.addAll(wanted);
    }
    return keys;
  }
}
