package dev.sekisho.policy.check;

import dev.sekisho.policy.OperatorExpression.Quantifier;
import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.StatementView.ConditionView;
import dev.sekisho.policy.check.StatementView.PrincipalValue;
import dev.sekisho.policy.check.StatementView.Principals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Roles' trust policies: who may assume a role by which action, and under which claims. */
final class TrustPolicyChecks {

  /** The kinds of identity provider. */
  enum Provider {
    SAML,
    OIDC,
    NONE
  }

  private static final String GITHUB = "token.actions.githubusercontent.com";
  private static final List<String> SINGLE_AUDIENCE =
      List.of("accounts.google.com:aud", "cognito-identity.amazonaws.com:aud", GITHUB + ":aud");

  private TrustPolicyChecks() {}

  static void check(StatementView statement, Findings findings) {
    for (Place action : statement.actionTexts()) {
      mismatch(statement, action, findings);
    }
    claims(statement, findings);
    if (statement.allows()) {
      providers(statement, findings);
      redundantSessions(statement, findings);
    }
  }

  /** By what the principal's ARN or domain name says. */
  static Provider provider(String text) {
    if (text.startsWith("arn:")) {
      if (text.contains(":saml-provider/")) {
        return Provider.SAML;
      }
      return text.contains(":oidc-provider/") ? Provider.OIDC : Provider.NONE;
    }
    boolean domain =
        text.indexOf('.') > 0
            && text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "._-/:".indexOf(c) >= 0);
    return domain ? Provider.OIDC : Provider.NONE;
  }

  /** Reports an action that none of the statement's principals can call. */
  private static void mismatch(StatementView statement, Place action, Findings findings) {
    Principals principals = statement.principals();
    String name = String.valueOf(action.text());
    if (principals == null || principals.everyone() || principals.values().isEmpty()) {
      return;
    }
    List<PrincipalValue> wrong =
        principals.values().stream().filter(principal -> !fits(name, principal)).toList();
    if (wrong.size() < principals.values().size()) {
      return;
    }
    List<Place> places = new ArrayList<>(List.of(action));
    wrong.forEach(principal -> places.add(principal.place()));
    findings.atAll(
        places,
        PolicyIssue.MISMATCHED_ACTION_FOR_PRINCIPAL,
        "actionName",
        name,
        "principalNames",
        String.join(", ", wrong.stream().map(PrincipalValue::text).limit(20).toList()));
  }

  private static boolean fits(String action, PrincipalValue principal) {
    boolean federated = principal.type().equals("Federated");
    Provider provider = federated ? provider(principal.text()) : Provider.NONE;
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "sts:assumerole" -> !federated;
      case "sts:assumerolewithsaml" -> provider == Provider.SAML;
      case "sts:assumerolewithwebidentity" -> provider == Provider.OIDC;
      default -> true;
    };
  }

  private static void claims(StatementView statement, Findings findings) {
    for (ConditionView condition : statement.conditions()) {
      String key = condition.foldedKey();
      if (!key.endsWith(":aud") || key.startsWith("saml:")) {
        continue;
      }
      List<Place> unsupported =
          statement.actionTexts().stream()
              .filter(action -> "sts:TagSession".equalsIgnoreCase(action.text()))
              .toList();
      if (!unsupported.isEmpty()) {
        List<Place> places = new ArrayList<>(unsupported);
        places.add(condition.place());
        findings.atAll(
            places,
            PolicyIssue.UNSUPPORTED_ACTION_FOR_CONDITION_KEY,
            "actions",
            "sts:TagSession",
            "key",
            condition.key());
      }
      if (condition.operator() != null
          && condition.operator().quantifier() == Quantifier.FOR_ANY
          && SINGLE_AUDIENCE.contains(key)) {
        findings.atKey(
            condition.operatorPlace(),
            PolicyIssue.FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE,
            "key",
            condition.key());
      }
    }
  }

  private static void providers(StatementView statement, Findings findings) {
    for (PrincipalValue principal : statement.principals("Federated")) {
      if (provider(principal.text()) != Provider.OIDC) {
        continue;
      }
      String domain = domain(principal.text());
      boolean asked =
          statement.conditions().stream()
              .anyMatch(condition -> condition.foldedKey().startsWith(domain + ":"));
      if (!asked) {
        findings.at(principal.place(), PolicyIssue.MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL);
      }
      if (domain.equals(GITHUB)) {
        github(statement, principal, findings);
      }
    }
  }

  private static String domain(String provider) {
    int at = provider.indexOf(":oidc-provider/");
    return (at < 0 ? provider : provider.substring(at + ":oidc-provider/".length()))
        .toLowerCase(Locale.ROOT);
  }

  private static void github(StatementView statement, PrincipalValue principal, Findings findings) {
    if (!statement.hasCondition(GITHUB + ":sub")) {
      findings.at(principal.place(), PolicyIssue.MISSING_GITHUB_REPO_CONDITION_KEY);
    }
    for (ConditionView condition : statement.conditions()) {
      if (condition.isKey(GITHUB + ":sub")) {
        condition.values().stream()
            .filter(value -> PolicyGrammar.hasWildcard(String.valueOf(value.scalar())))
            .forEach(value ->
                findings.at(value, PolicyIssue.SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED));
      }
    }
  }

  private static void redundantSessions(StatementView statement, Findings findings) {
    Map<String, PrincipalValue> roles = new HashMap<>();
    for (PrincipalValue principal : statement.principals("AWS")) {
      String[] fields = principal.text().split(":", 6);
      if (fields.length == 6 && fields[5].startsWith("role/")) {
        String name = fields[5].substring(fields[5].lastIndexOf('/') + 1);
        roles.put(fields[4] + "/" + name, principal);
      }
    }
    for (PrincipalValue principal : statement.principals("AWS")) {
      String[] fields = principal.text().split(":", 6);
      String[] session = fields.length == 6 ? fields[5].split("/", 3) : new String[0];
      if (session.length == 3 && session[0].equals("assumed-role")) {
        PrincipalValue role = roles.get(fields[4] + "/" + session[1]);
        if (role != null) {
          findings.atAll(
              List.of(principal.place(), role.place()),
              PolicyIssue.REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY,
              "redundant_principal",
              principal.text(),
              "parent_role",
              role.text());
        }
      }
    }
  }

  /** IAM Roles Anywhere needs three actions to hand out credentials, in whichever statements. */
  static void checkRolesAnywhere(List<StatementView> statements, Findings findings) {
    List<StatementView> naming =
        statements.stream()
            .filter(StatementView::allows)
            .filter(statement ->
                statement.principals("Service").stream()
                    .anyMatch(p -> p.text().equals("rolesanywhere.amazonaws.com")))
            .toList();
    if (naming.isEmpty() || naming.stream().anyMatch(s -> s.actions() == null || negated(s))) {
      return;
    }
    List<Place> actions = naming.stream().flatMap(s -> s.actionTexts().stream()).toList();
    boolean complete =
        List.of("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession").stream()
            .allMatch(needed ->
                actions.stream()
                    .anyMatch(
                        action -> Patterns.covers(String.valueOf(action.text()), needed, true)));
    if (!complete) {
      findings.atAll(
          naming.stream()
              .flatMap(s -> s.actions() == null ? null : List.of(s.actions().element()).stream())
              .toList(),
          PolicyIssue.MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY);
    }
  }

  private static boolean negated(StatementView statement) {
    return statement.actions() != null && statement.actions().negated();
  }
}
