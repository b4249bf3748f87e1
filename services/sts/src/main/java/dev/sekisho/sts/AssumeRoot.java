package dev.sekisho.sts;

import dev.sekisho.contract.sts.AssumeRootRequest;
import dev.sekisho.contract.sts.AssumeRootResponse;
import dev.sekisho.contract.sts.StsApi;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ResourcePolicy;
import dev.sekisho.core.RootAccess;
import dev.sekisho.core.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets an organization's administrators act as a member account's root user, for one task. */
final class AssumeRoot implements StsApi.AssumeRoot {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** The organization lets its administrators in; nothing in the account itself could. */
  private static final ResourcePolicy LETS_IN =
      new ResourcePolicy(
          ResourcePolicy.Kind.ORDINARY,
          """
          {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
          "Action":"sts:AssumeRoot","Resource":"*"}]}\
          """);

  private final RootAccess access;
  private final Sessions sessions;

  AssumeRoot(RootAccess access, Sessions sessions) {
    this.access = access;
    this.sessions = sessions;
  }

  @Override
  public Guarded<AssumeRootResponse> assumeRoot(Call<AssumeRootRequest> call) {
    AssumeRootRequest input = call.input();
    if (call.context().caller().principal() instanceof Principal.Root) {
      throw StsErrors.accessDenied("AssumeRoot may not be called by root accounts.");
    }
    AccountId target = account(input.targetPrincipal());
    String arn = input.taskPolicyArn().arn();
    RootTask task =
        RootTask.byPolicy(arn == null ? "" : arn)
            .orElseThrow(
                () -> StsErrors.validation("TaskPolicyArn " + arn + " is not a root task policy."));
    boolean granted = access.isGranted(call.account(), target, task.feature());
    return Guarded.by(
        AccessCheck.of("sts:AssumeRoot", target.root().toString())
            .ownedBy(target, granted ? LETS_IN : null)
            .with("sts:TaskPolicyArn", task.policyArn()),
        _ -> {
          if (!granted) {
            throw StsErrors.accessDenied(
                "User: "
                    + call.context().caller().principal().arn()
                    + " is not authorized to perform: sts:AssumeRoot on resource: "
                    + target.root());
          }
          return Outcome.answer(open(call, target, task));
        });
  }

  /** The account that is named by its number or by its root user's ARN. */
  private static AccountId account(String target) {
    try {
      AccountId account =
          new AccountId(target.startsWith("arn:") ? Arn.parse(target).account() : target);
      if (target.equals(account.value()) || target.equals(account.root().toString())) {
        return account;
      }
    } catch (IllegalArgumentException _) {
      // Refused below, like what names anything but an account.
    }
    throw StsErrors.validation("TargetPrincipal " + target + " is invalid");
  }

  private AssumeRootResponse open(Call<AssumeRootRequest> call, AccountId target, RootTask task) {
    Integer seconds = call.input().durationSeconds();
    Duration duration = seconds == null ? LONGEST : Duration.ofSeconds(seconds);
    Session before = call.context().caller().session();
    @Nullable String sourceIdentity = before == null ? null : before.sourceIdentity();
    Instant now = call.context().time().truncatedTo(ChronoUnit.SECONDS);
    Session session =
        new Session(
            now,
            now.plus(duration),
            null,
            Map.of(),
            Set.of(),
            sourceIdentity,
            null,
            List.of(task.policyArn()),
            false);
    return AssumeRootResponse.builder()
        .credentials(sessions.issue(new Principal.Root(target), session))
        .sourceIdentity(sourceIdentity)
        .build();
  }
}
