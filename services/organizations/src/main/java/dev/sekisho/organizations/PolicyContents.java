package dev.sekisho.organizations;

import dev.sekisho.policy.Effect;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.List;

/**
 * What may stand in a policy of each type.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html">SCP
 *     syntax</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html">RCP
 *     syntax</a>
 */
final class PolicyContents {

  private PolicyContents() {}

  /**
   * Refuses what cannot be a policy of the type.
   *
   * @throws dev.sekisho.core.ServiceException MalformedPolicyDocumentException, or
   *     ConstraintViolationException when it is too long
   */
  static void check(PolicyType type, String content) {
    if (content.length() > type.characters()) {
      throw OrganizationsErrors.constraint(
          "POLICY_CONTENT_LIMIT_EXCEEDED",
          "You have exceeded the allowed size of a policy of this type: "
              + type.characters()
              + " characters.");
    }
    switch (type) {
      // Without principals, and by the present version, as policies of identities.
      case SERVICE_CONTROL_POLICY -> parse(content, PolicyKind.IDENTITY);
      case RESOURCE_CONTROL_POLICY -> checkResourceControl(parse(content, PolicyKind.RESOURCE));
      case TAG_POLICY,
          BACKUP_POLICY,
          AISERVICES_OPT_OUT_POLICY,
          CHATBOT_POLICY,
          DECLARATIVE_POLICY_EC2,
          SECURITYHUB_POLICY,
          INSPECTOR_POLICY,
          UPGRADE_ROLLOUT_POLICY,
          BEDROCK_POLICY,
          S3_POLICY,
          NETWORK_SECURITY_DIRECTOR_POLICY ->
          InheritedDocument.parse(type, content);
    }
  }

  private static PolicyDocument parse(String content, PolicyKind kind) {
    try {
      return PolicyValidator.check(content, kind);
    } catch (MalformedPolicyException malformed) {
      throw OrganizationsErrors.malformedPolicy();
    }
  }

  private static void checkResourceControl(PolicyDocument document) {
    if (!document.hasVariables()
        || !document.statements().stream().allMatch(PolicyContents::isResourceControl)) {
      throw OrganizationsErrors.malformedPolicy();
    }
  }

  /** Only denials, for everybody, of actions that are named by their service. */
  private static boolean isResourceControl(Statement statement) {
    Selection<PrincipalElement> principal = statement.principal();
    Selection<String> actions = statement.actions();
    return statement.effect() == Effect.DENY
        && principal != null
        && !principal.negated()
        && principal.values().equals(List.of(new PrincipalElement("AWS", "*")))
        && actions != null
        && !actions.negated()
        && !actions.values().contains("*");
  }
}
