package dev.sekisho.organizations;

import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;

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
      case SERVICE_CONTROL_POLICY -> check(content, PolicyKind.SERVICE_CONTROL);
      case RESOURCE_CONTROL_POLICY -> check(content, PolicyKind.RESOURCE_CONTROL);
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

  private static void check(String content, PolicyKind kind) {
    try {
      PolicyValidator.check(content, kind);
    } catch (MalformedPolicyException malformed) {
      throw OrganizationsErrors.malformedPolicy();
    }
  }
}
