package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.ServiceException;
import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.CompiledPolicy;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.Evaluator;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a key policy must be like before it is kept. */
final class KeyPolicyRules {

  private static final int LARGEST = 32_768;

  /** Stands for whatever the caller's own policies may say. */
  private static final CompiledPolicy EVERYTHING =
      CompiledPolicy.of(
          "everything",
          PolicyParser.parse(
              "{\"Version\":\"2012-10-17\",\"Statement\":"
                  + "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"));

  private static final String INVALID_PRINCIPALS =
      "Policy contains a statement with one or more invalid principals.";

  private final PrincipalDirectory principals;

  KeyPolicyRules(PrincipalDirectory principals) {
    this.principals = principals;
  }

  /**
   * Checks a policy.
   *
   * @param bypassLockout whether the caller may lose the right to change the policy again
   * @throws ServiceException LimitExceededException or MalformedPolicyDocumentException
   */
  void check(
      Call<?> call,
      KeyName key,
      Map<String, List<String>> conditions,
      String policy,
      boolean bypassLockout) {
    if (policy.length() > LARGEST) {
      throw KmsErrors.limitExceeded("The key policy must not exceed " + LARGEST + " bytes.");
    }
    PolicyDocument document = parse(policy);
    requirePrincipals(document);
    if (!bypassLockout && !letsCallerChangeIt(call, key, conditions, document)) {
      throw KmsErrors.malformedPolicy(
          "The new key policy will not allow you to update the key policy in the future.");
    }
  }

  private static PolicyDocument parse(String policy) {
    try {
      return PolicyValidator.check(policy, PolicyKind.KMS_KEY);
    } catch (MalformedPolicyException malformed) {
      throw KmsErrors.malformedPolicy(
          malformed.message().startsWith("Invalid principal")
              ? INVALID_PRINCIPALS
              : malformed.message());
    }
  }

  /** Nobody is allowed or denied anything who is not there, so that no mistake goes unseen. */
  private void requirePrincipals(PolicyDocument document) {
    for (Statement statement : document.statements()) {
      Selection<PrincipalElement> selection = statement.principal();
      if (selection != null && !selection.values().stream().allMatch(this::isKnown)) {
        throw KmsErrors.malformedPolicy(INVALID_PRINCIPALS);
      }
    }
  }

  private boolean isKnown(PrincipalElement principal) {
    return !principal.type().equals("AWS")
        || !principal.value().startsWith("arn:")
        || principals.exists(Arn.parse(principal.value()));
  }

  private static boolean letsCallerChangeIt(
      Call<?> call, KeyName key, Map<String, List<String>> conditions, PolicyDocument document) {
    Map<String, List<String>> known = new HashMap<>();
    conditions.forEach((name, values) -> known.put(name.toLowerCase(Locale.ROOT), values));
    Principal principal = call.context().caller().principal();
    AccountId account = call.account();
    known.put("kms:calleraccount", List.of(account.value()));
    known.put("aws:principalaccount", List.of(account.value()));
    known.put("aws:userid", List.of(principal.userId()));
    known.put("aws:sourceip", List.of(call.context().sourceIp()));
    known.put(
        "aws:principalarn",
        List.of(
            principal instanceof Principal.RoleSession session
                ? session.roleArn().toString()
                : String.valueOf(principal.arn())));
    AccessRequest request = new AccessRequest(principal, "kms:PutKeyPolicy", key.arn(), known::get);
    PolicySet policies =
        new PolicySet(
            List.of(EVERYTHING),
            null,
            null,
            CompiledPolicy.of(key.arn(), document),
            PolicySet.Weight.RESOURCE_REQUIRED,
            List.of(),
            List.of(),
            null,
            false);
    return switch (Evaluator.decide(request, policies)) {
      case Decision.Allow _ -> true;
      case Decision.ExplicitDeny _, Decision.ImplicitDeny _ -> false;
    };
  }
}
