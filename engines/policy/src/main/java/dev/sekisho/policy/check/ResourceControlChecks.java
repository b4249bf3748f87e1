package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.ConditionView;
import dev.sekisho.policy.check.StatementView.Listed;
import dev.sekisho.policy.check.StatementView.Principals;
import java.util.List;

/** What resource control policies may not say, and what they should say besides. */
final class ResourceControlChecks {

  private static final List<String> OF_PRINCIPALS =
      List.of("aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount");
  private static final List<String> OF_SOURCES =
      List.of("aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceaccount");

  private ResourceControlChecks() {}

  static void check(StatementView statement, Findings findings) {
    Principals principals = statement.principals();
    boolean everyone =
        principals != null
            && !principals.negated()
            && principals.values().size() == 1
            && principals.values().getFirst().type().equals("AWS")
            && principals.values().getFirst().text().equals("*");
    if (principals != null && !everyone) {
      findings.at(principals.element(), PolicyIssue.RCP_SYNTAX_ERROR_PRINCIPAL);
    }
    Listed actions = statement.actions();
    if (actions != null && actions.negated()) {
      findings.atKey(actions.element(), PolicyIssue.RCP_SYNTAX_ERROR_NOTACTION);
    }
    if (statement.allows()) {
      Listed resources = statement.resources();
      boolean all =
          resources != null
              && !resources.negated()
              && resources.values().size() == 1
              && resources.has("*");
      if (!everyone || !all || statement.place().member("Condition") != null) {
        findings.at(statement.place(), PolicyIssue.RCP_SYNTAX_ERROR_ALLOW);
      }
    } else if (actions != null && statement.denies()) {
      actions.values().stream()
          .filter(action -> "*".equals(action.text()))
          .forEach(action -> findings.at(action, PolicyIssue.RCP_SYNTAX_ERROR_ACTION));
    }
    if (statement.denies()) {
      statement.conditions().forEach(condition -> related(statement, condition, findings));
    }
  }

  private static void related(StatementView statement, ConditionView condition, Findings findings) {
    boolean negated = condition.operator() != null && condition.operator().operator().negated();
    String key = condition.foldedKey();
    if (!negated) {
      return;
    }
    if (OF_PRINCIPALS.contains(key) && !asksForService(statement, "false")) {
      findings.atKey(
          condition.place(),
          PolicyIssue.RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY,
          "conditionKeyName",
          condition.key());
    }
    if (OF_SOURCES.contains(key)) {
      if (!asksForService(statement, "true")) {
        findings.atKey(
            condition.place(),
            PolicyIssue.RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY,
            "conditionKeyName",
            condition.key());
      }
      if (!asksForSource(statement)) {
        findings.atKey(
            condition.place(),
            PolicyIssue.RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK,
            "conditionKeyName",
            condition.key());
      }
    }
  }

  private static boolean asksForService(StatementView statement, String wanted) {
    return statement.conditions().stream()
        .filter(condition -> condition.isKey("aws:PrincipalIsAWSService"))
        .flatMap(condition -> condition.values().stream())
        .anyMatch(value -> wanted.equalsIgnoreCase(value.scalar()));
  }

  private static boolean asksForSource(StatementView statement) {
    return statement.conditions().stream()
        .filter(ConditionView::isNull)
        .filter(c -> c.isKey("aws:SourceAccount") || c.isKey("aws:SourceArn"))
        .flatMap(condition -> condition.values().stream())
        .anyMatch(value -> "false".equalsIgnoreCase(value.scalar()));
  }
}
