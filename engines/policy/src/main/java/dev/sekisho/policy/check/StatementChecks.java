package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.PolicyTarget.Kind;
import dev.sekisho.policy.check.StatementView.Listed;
import dev.sekisho.policy.check.StatementView.Principals;
import org.jspecify.annotations.Nullable;

/** Which elements a statement must and must not have, which depends on what the policy is for. */
final class StatementChecks {

  private StatementChecks() {}

  static void check(StatementView statement, PolicyTarget target, Findings findings) {
    sid(statement, target, findings);
    if (statement.actions() == null) {
      findings.missing(statement.place(), PolicyIssue.MISSING_ACTION);
    }
    emptyList(statement.actions(), PolicyIssue.EMPTY_ARRAY_ACTION, findings);
    emptyList(statement.resources(), PolicyIssue.EMPTY_ARRAY_RESOURCE, findings);
    Listed resources = statement.resources();
    if (target.isTrust()) {
      if (resources != null) {
        findings.atKey(resources.element(), PolicyIssue.ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE);
      }
    } else if (resources == null) {
      findings.missing(statement.place(), PolicyIssue.MISSING_RESOURCE);
    }
    principal(statement, target, findings);
  }

  private static void emptyList(@Nullable Listed listed, PolicyIssue issue, Findings findings) {
    if (listed != null && listed.element().isEmptyList()) {
      findings.at(listed.element(), issue);
    }
  }

  private static void sid(StatementView statement, PolicyTarget target, Findings findings) {
    Place sid = statement.place().member("Sid");
    String text = sid == null ? null : sid.text();
    if (sid == null || text == null) {
      return;
    }
    if (text.isEmpty()) {
      findings.at(sid, PolicyIssue.EMPTY_SID_VALUE);
    } else if (target.kind() != Kind.RESOURCE_POLICY && !PolicyGrammar.isSid(text)) {
      findings.at(sid, PolicyIssue.UNSUPPORTED_SID);
    }
  }

  private static void principal(StatementView statement, PolicyTarget target, Findings findings) {
    Principals principals = statement.principals();
    switch (target.kind()) {
      case IDENTITY_POLICY -> {
        if (principals != null) {
          findings.atKey(
              principals.element(),
              PolicyIssue.UNSUPPORTED_PRINCIPAL,
              "policy_type",
              target.kind().name());
        }
      }
      case SERVICE_CONTROL_POLICY -> {
        if (principals != null) {
          findings.atKey(principals.element(), PolicyIssue.SCP_SYNTAX_ERROR_PRINCIPAL);
        }
      }
      case RESOURCE_POLICY, RESOURCE_CONTROL_POLICY -> {
        if (principals == null) {
          findings.missing(statement.place(), PolicyIssue.MISSING_PRINCIPAL);
        }
      }
    }
  }
}
