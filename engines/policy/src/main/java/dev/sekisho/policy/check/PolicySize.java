package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.PolicyTarget.ResourceType;
import java.util.List;

/** The quotas of size; where one is for the caller to raise, going over it is a warning. */
final class PolicySize {

  private static final int IDENTITY = 6_144;
  private static final int TRUST = 2_048;
  private static final int BUCKET = 20_480;
  private static final int SERVICE_CONTROL = 10_240;
  private static final int RESOURCE_CONTROL = 5_120;

  private PolicySize() {}

  static void check(Place root, PolicyTarget target, Findings findings) {
    report(findings.source(), target, findings, findings.source().value(root));
  }

  /** For a text that is too long to be read. */
  static void checkUnread(SourceText source, PolicyTarget target, Findings findings) {
    report(source, target, findings, new Location(List.of(), source.span(0, source.length())));
  }

  private static void report(
      SourceText source, PolicyTarget target, Findings findings, Location where) {
    switch (target.kind()) {
      case IDENTITY_POLICY ->
          over(
              PolicyIssue.POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA,
              source.lengthWithoutWhiteSpace(),
              IDENTITY,
              findings,
              where);
      case SERVICE_CONTROL_POLICY ->
          over(
              PolicyIssue.POLICY_SIZE_EXCEEDS_SCP_QUOTA,
              source.length(),
              SERVICE_CONTROL,
              findings,
              where);
      case RESOURCE_CONTROL_POLICY ->
          over(
              PolicyIssue.POLICY_SIZE_EXCEEDS_RCP_QUOTA,
              source.length(),
              RESOURCE_CONTROL,
              findings,
              where);
      case RESOURCE_POLICY -> {
        ResourceType type = target.resourceType();
        if (type == ResourceType.ROLE) {
          over(
              PolicyIssue.POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA,
              source.lengthWithoutWhiteSpace(),
              TRUST,
              findings,
              where);
        } else if (type != null || source.length() > dev.sekisho.policy.PolicyParser.LARGEST) {
          over(
              PolicyIssue.POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA,
              source.length(),
              BUCKET,
              findings,
              where);
        }
      }
    }
  }

  private static void over(
      PolicyIssue issue, int size, int quota, Findings findings, Location where) {
    if (size > quota) {
      findings.add(
          issue,
          List.of(where),
          "policySize",
          Integer.toString(size),
          "policySizeQuota",
          Integer.toString(quota));
    }
  }
}
