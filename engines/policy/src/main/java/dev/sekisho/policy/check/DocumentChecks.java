package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The outermost object, its version, and its statements as a whole. */
final class DocumentChecks {

  private DocumentChecks() {}

  static void check(Place root, PolicyTarget target, Findings findings) {
    if (root.isBroken()) {
      return;
    }
    if (!(root.value() instanceof Json.Members)) {
      findings.at(root, PolicyIssue.DATA_TYPE_MISMATCH, "data_type", "Object");
      return;
    }
    for (Place member : root.members()) {
      switch (member.nameText()) {
        case "Version", "Statement" -> {}
        case "Id" -> Types.text(member, findings);
        default ->
            findings.atKey(
                member, PolicyIssue.INVALID_POLICY_ELEMENT, "element", member.nameText());
      }
    }
    boolean variables = version(root, findings);
    List<StatementView> statements = statements(root, findings);
    PolicyTarget known = guessed(target, statements);
    PolicySize.check(root, known, findings);
    for (StatementView statement : statements) {
      check(statement, known, variables, findings);
    }
    if (known.isTrust()) {
      TrustPolicyChecks.checkRolesAnywhere(statements, findings);
    }
    uniqueSids(statements, known, findings);
    Redundancies.check(statements, findings);
  }

  /** Checks the version and says whether variables are replaced under it. */
  private static boolean version(Place root, Findings findings) {
    Place version = root.member("Version");
    if (version == null) {
      findings.missing(root, PolicyIssue.MISSING_VERSION);
      return false;
    }
    String text = Types.text(version, findings);
    if (text != null && !PolicyGrammar.isVersion(text)) {
      findings.at(
          version,
          PolicyIssue.INVALID_VERSION,
          "version",
          text,
          "versions",
          "2012-10-17, 2008-10-17");
    }
    return PolicyDocument.CURRENT_VERSION.equals(text);
  }

  private static List<StatementView> statements(Place root, Findings findings) {
    Place element = root.member("Statement");
    if (element == null || element.isEmptyList()) {
      findings.missing(element == null ? root : element, PolicyIssue.MISSING_STATEMENT);
      return List.of();
    }
    List<StatementView> statements = new ArrayList<>();
    for (Place statement : element.values()) {
      if (statement.value() instanceof Json.Members) {
        statements.add(StatementReader.read(statement, findings));
      } else if (!statement.isBroken()) {
        findings.at(statement, PolicyIssue.DATA_TYPE_MISMATCH, "data_type", "Object");
      }
    }
    return statements;
  }

  /** A resource's policy that allows nothing but STS actions is a role's, said or not. */
  private static PolicyTarget guessed(PolicyTarget target, List<StatementView> statements) {
    boolean trust =
        target.kind() == PolicyTarget.Kind.RESOURCE_POLICY
            && target.resourceType() == null
            && !statements.isEmpty()
            && statements.stream().allMatch(DocumentChecks::isOfTrust);
    return trust ? PolicyTarget.TRUST : target;
  }

  private static boolean isOfTrust(StatementView statement) {
    return !statement.actionTexts().isEmpty()
        && statement.resources() == null
        && statement.actionTexts().stream()
            .allMatch(action -> String.valueOf(action.text()).regionMatches(true, 0, "sts:", 0, 4));
  }

  private static void check(
      StatementView statement, PolicyTarget target, boolean variables, Findings findings) {
    StatementChecks.check(statement, target, findings);
    ActionChecks.check(statement, target, findings);
    ResourceChecks.check(statement, target, variables, findings);
    PrincipalChecks.check(statement, target, findings);
    ConditionChecks.check(statement, variables, findings);
    ContextChecks.check(statement, target, findings);
    switch (target.kind()) {
      case IDENTITY_POLICY -> PowerfulActions.check(statement, findings);
      case RESOURCE_POLICY -> {
        if (target.isTrust()) {
          TrustPolicyChecks.check(statement, findings);
        }
      }
      case SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY -> {}
    }
    if (target.kind() == PolicyTarget.Kind.RESOURCE_CONTROL_POLICY) {
      ResourceControlChecks.check(statement, findings);
    }
  }

  private static void uniqueSids(
      List<StatementView> statements, PolicyTarget target, Findings findings) {
    boolean required = target.kind() != PolicyTarget.Kind.RESOURCE_POLICY || target.isTrust();
    Map<String, Place> first = new HashMap<>();
    for (StatementView statement : statements) {
      Place sid = statement.place().member("Sid");
      String text = sid == null ? null : sid.text();
      if (sid != null && text != null && !text.isEmpty()) {
        Place other = first.putIfAbsent(text, sid);
        if (other != null) {
          findings.atAll(
              List.of(sid, other),
              required ? PolicyIssue.UNIQUE_SIDS_REQUIRED : PolicyIssue.UNIQUE_SIDS_RECOMMENDED);
        }
      }
    }
  }
}
