package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.PolicyTarget.ResourceType;

/**
 * The form of actions, and whether they belong into the policy. Which actions a service has is not
 * known here.
 */
final class ActionChecks {

  private ActionChecks() {}

  static void check(StatementView statement, PolicyTarget target, Findings findings) {
    for (Place action : statement.actionTexts()) {
      String text = String.valueOf(action.text());
      if (isFormed(action, text, findings)) {
        fits(action, text, target, findings);
      }
    }
  }

  private static boolean isFormed(Place action, String text, Findings findings) {
    if (text.equals("*")) {
      return true;
    }
    int variable = text.indexOf("${");
    if (variable >= 0) {
      int end = text.indexOf('}', variable);
      String name = end < 0 ? text.substring(variable) : text.substring(variable, end + 1);
      findings.atPart(
          action,
          variable,
          name.length(),
          PolicyIssue.VARIABLE_UNSUPPORTED_IN_ELEMENT,
          "variable",
          name);
      return false;
    }
    int colon = text.indexOf(':');
    if (colon <= 0 || !PolicyGrammar.isActionName(text.substring(colon + 1))) {
      findings.at(action, PolicyIssue.INVALID_ACTION, "action", text);
      return false;
    }
    String service = text.substring(0, colon);
    if (!PolicyGrammar.isServicePrefix(service)) {
      findings.atPart(action, 0, colon, PolicyIssue.INVALID_SERVICE_IN_ACTION, "service", service);
      return false;
    }
    return true;
  }

  private static void fits(Place action, String text, PolicyTarget target, Findings findings) {
    ResourceType type = target.resourceType();
    boolean fits =
        type == null
            || text.equals("*")
            || (type == ResourceType.ROLE
                ? PolicyGrammar.isTrustAction(text)
                : text.substring(0, text.indexOf(':')).equalsIgnoreCase(type.service()));
    if (type != null && !fits) {
      findings.at(
          action,
          PolicyIssue.UNSUPPORTED_ACTION_IN_POLICY,
          "action",
          text,
          "resourceType",
          type.typeName());
    }
  }
}
