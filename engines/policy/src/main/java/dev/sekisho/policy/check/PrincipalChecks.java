package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.PolicyTarget.Kind;
import dev.sekisho.policy.check.StatementView.PrincipalValue;
import dev.sekisho.policy.check.StatementView.Principals;

/** Who a statement names, and whether it can be named so. */
final class PrincipalChecks {

  private PrincipalChecks() {}

  static void check(StatementView statement, PolicyTarget target, Findings findings) {
    Principals principals = statement.principals();
    // Where no principal may stand at all, that one is there is all there is to say.
    if (principals == null
        || target.kind() == Kind.IDENTITY_POLICY
        || target.kind() == Kind.SERVICE_CONTROL_POLICY) {
      return;
    }
    empty(principals.element(), findings);
    if (principals.negated() && target.isTrust()) {
      findings.atKey(principals.element(), PolicyIssue.ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL);
    } else if (principals.negated() && statement.allows()) {
      findings.atKey(principals.element(), PolicyIssue.ALLOW_WITH_NOT_PRINCIPAL);
    }
    if (principals.everyone()) {
      if (target.isTrust() && statement.allows()) {
        findings.at(
            principals.element(), PolicyIssue.ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL);
      }
      return;
    }
    for (PrincipalValue principal : principals.values()) {
      value(principal, target, findings);
    }
  }

  private static void empty(Place element, Findings findings) {
    if (element.value() instanceof Json.Members object) {
      if (object.values().isEmpty()) {
        findings.at(element, PolicyIssue.EMPTY_OBJECT_PRINCIPAL);
      }
      element.members().stream()
          .filter(Place::isEmptyList)
          .forEach(type -> findings.at(type, PolicyIssue.EMPTY_ARRAY_PRINCIPAL));
    }
  }

  private static void value(PrincipalValue principal, PolicyTarget target, Findings findings) {
    String text = principal.text();
    boolean all = principal.type().equals("AWS") && text.equals("*");
    if (Variables.isIn(text)) {
      findings.at(principal.place(), PolicyIssue.VARIABLE_UNSUPPORTED_IN_ELEMENT, "variable", text);
    } else if (PolicyGrammar.hasWildcard(text) && !all) {
      findings.at(
          principal.place(),
          PolicyIssue.UNSUPPORTED_WILDCARD_IN_PRINCIPAL,
          "principal_key",
          principal.type());
    } else {
      switch (principal.type()) {
        case "AWS" -> aws(principal, findings);
        case "Service" -> service(principal, findings);
        case "Federated" -> federated(principal, target, findings);
        default -> {
          if (text.isEmpty()) {
            findings.at(principal.place(), PolicyIssue.INVALID_PRINCIPAL_FORMAT);
          }
        }
      }
    }
  }

  private static void aws(PrincipalValue principal, Findings findings) {
    String text = principal.text();
    if (!PolicyGrammar.isPrincipal("AWS", text)) {
      findings.at(principal.place(), PolicyIssue.INVALID_PRINCIPAL_FORMAT);
    } else if (text.startsWith("AROA")) {
      findings.at(principal.place(), PolicyIssue.INVALID_ROLE_REFERENCE, "roleid", text);
    } else if (text.startsWith("AIDA")) {
      findings.at(principal.place(), PolicyIssue.INVALID_USER_REFERENCE, "userid", text);
    }
  }

  private static void service(PrincipalValue principal, Findings findings) {
    if (!PolicyGrammar.isPrincipal("Service", principal.text())
        || principal.text().indexOf('.') < 0) {
      findings.at(
          principal.place(),
          PolicyIssue.INVALID_SERVICE_PRINCIPAL_FORMAT,
          "expectedFormat",
          "service-name.amazonaws.com");
    }
  }

  private static void federated(PrincipalValue principal, PolicyTarget target, Findings findings) {
    if (target.isTrust()) {
      if (TrustPolicyChecks.provider(principal.text()) == TrustPolicyChecks.Provider.NONE) {
        findings.at(
            principal.place(), PolicyIssue.INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY);
      }
    } else if (target.resourceType() != null) {
      findings.at(principal.place(), PolicyIssue.FEDERATED_PRINCIPAL_NOT_SUPPORTED);
    } else if (principal.text().isEmpty()) {
      findings.at(principal.place(), PolicyIssue.INVALID_PRINCIPAL_FORMAT);
    }
  }
}
