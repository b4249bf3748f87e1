package dev.sekisho.secretsmanager;

import dev.sekisho.core.Arn;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyPublicness;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the policy of a secret must be like before it is kept. */
final class SecretPolicyRules {

  private static final PolicyPublicness PUBLICNESS = new PolicyPublicness(Set.of());

  private final PrincipalDirectory principals;

  SecretPolicyRules(PrincipalDirectory principals) {
    this.principals = principals;
  }

  /**
   * Reads a policy and makes sure that those it names are there.
   *
   * @throws dev.sekisho.core.ServiceException MalformedPolicyDocumentException
   */
  PolicyDocument parse(String policy) {
    PolicyDocument document;
    try {
      document = PolicyValidator.check(policy, PolicyKind.RESOURCE);
    } catch (MalformedPolicyException malformed) {
      throw SecretsManagerErrors.malformedPolicy(malformed.message());
    }
    for (Statement statement : document.statements()) {
      requirePrincipals(statement.principal());
      requireActions(statement.actions());
    }
    return document;
  }

  /** Whether it gives broad access to the secret. */
  static boolean isPublic(PolicyDocument document) {
    return PUBLICNESS.isPublic(document);
  }

  private void requirePrincipals(@Nullable Selection<PrincipalElement> selection) {
    if (selection != null && !selection.values().stream().allMatch(this::isKnown)) {
      throw SecretsManagerErrors.malformedPolicy(
          "This resource policy contains an unsupported principal.");
    }
  }

  private boolean isKnown(PrincipalElement principal) {
    return !principal.type().equals("AWS")
        || !principal.value().startsWith("arn:")
        || principals.exists(Arn.parse(principal.value()));
  }

  private static void requireActions(@Nullable Selection<String> actions) {
    if (actions != null
        && !actions.values().stream()
            .allMatch(each -> each.equals("*") || each.startsWith("secretsmanager:"))) {
      throw SecretsManagerErrors.malformedPolicy(
          "This resource policy contains an unsupported action.");
    }
  }
}
