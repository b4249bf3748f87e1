package dev.sekisho.iam;

import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.Effect;
import dev.sekisho.policy.Explainer;
import dev.sekisho.policy.Explanation;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.policy.PolicyType;

/**
 * Names the organization's policy that refused a call.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Access
 *     denied error messages</a>
 */
final class OrganizationDenial {

  private OrganizationDenial() {}

  /**
   * What a message ends with: the policy's ARN, or nothing when another type of policy refused.
   * Only a caller of the same organization learns it.
   */
  static String culprit(
      Decision.ExplicitDeny deny,
      OrganizationPolicies caller,
      OrganizationPolicies owner,
      AccessRequest request,
      PolicySet policies) {
    PolicyType type = deny.by();
    boolean told =
        type == PolicyType.SERVICE_CONTROL
            || (type == PolicyType.RESOURCE_CONTROL && caller.sameAs(owner));
    return told
        ? Explainer.explain(request, policies).matched().stream()
            .filter(match -> match.type() == type && match.effect() == Effect.DENY)
            .findFirst()
            .map(Explanation.Match::policyId)
            .map(arn -> ": " + arn)
            .orElse("")
        : "";
  }
}
