package dev.sekisho.policy;

import dev.sekisho.policy.Statement.Condition;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a document as IAM does when it is saved; what fails is refused with IAM's message. */
public final class PolicyValidator {

  private PolicyValidator() {}

  /**
   * Parses and checks a document.
   *
   * @throws MalformedPolicyException with IAM's message, at the first thing that is wrong
   */
  public static PolicyDocument check(String text, PolicyKind kind) {
    PolicyDocument document = PolicyParser.parse(text);
    String version = document.version();
    if (version != null && !PolicyGrammar.isVersion(version)) {
      throw new MalformedPolicyException(
          "Syntax errors in policy.", PolicyIssue.INVALID_VERSION, 1, 1);
    }
    if (needsCurrentVersion(kind) && !PolicyDocument.CURRENT_VERSION.equals(version)) {
      throw new MalformedPolicyException(
          "Policy document must be version 2012-10-17 or greater.",
          PolicyIssue.INVALID_VERSION,
          1,
          1);
    }
    if (document.statements().isEmpty()) {
      throw new MalformedPolicyException(
          "Syntax errors in policy.", PolicyIssue.MISSING_STATEMENT, 1, 1);
    }
    Set<String> sids = new HashSet<>();
    for (Statement statement : document.statements()) {
      check(statement, kind);
      if (statement.sid() != null && !statement.sid().isEmpty() && !sids.add(statement.sid())) {
        throw malformed(
            statement,
            PolicyIssue.UNIQUE_SIDS_REQUIRED,
            "Statement IDs (SID) in a single policy must be unique.");
      }
    }
    return document;
  }

  private static boolean needsCurrentVersion(PolicyKind kind) {
    return switch (kind) {
      case IDENTITY, SERVICE_CONTROL, RESOURCE_CONTROL -> true;
      case RESOURCE, KMS_KEY, TRUST -> false;
    };
  }

  private static void check(Statement statement, PolicyKind kind) {
    if (statement.effect() == null) {
      throw malformed(statement, PolicyIssue.MISSING_EFFECT, "Missing required field Effect");
    }
    if ((kind == PolicyKind.IDENTITY || kind == PolicyKind.SERVICE_CONTROL)
        && statement.sid() != null
        && !PolicyGrammar.isSid(statement.sid())) {
      throw malformed(
          statement,
          PolicyIssue.UNSUPPORTED_SID,
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
              + " expression [0-9A-Za-z]*");
    }
    switch (kind) {
      case IDENTITY, SERVICE_CONTROL -> {
        if (statement.principal() != null) {
          throw malformed(
              statement,
              PolicyIssue.UNSUPPORTED_PRINCIPAL,
              "Policy document should not specify a principal.");
        }
        requireActions(statement);
        requireResources(statement);
      }
      case RESOURCE -> {
        requirePrincipal(statement);
        requireActions(statement);
        requireResources(statement);
      }
      case RESOURCE_CONTROL -> {
        requirePrincipal(statement);
        requireActions(statement);
        requireResources(statement);
        ResourceControlGrammar.check(statement);
      }
      case KMS_KEY -> requirePrincipal(statement);
      case TRUST -> {
        if (statement.resources() != null) {
          throw malformed(
              statement,
              PolicyIssue.ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE,
              "Has prohibited field Resource");
        }
        Selection<PrincipalElement> principal = statement.principal();
        if (principal != null && principal.negated()) {
          throw malformed(
              statement,
              PolicyIssue.ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL,
              "Has prohibited field NotPrincipal");
        }
        requirePrincipal(statement);
        requireActions(statement);
        requireTrustActions(statement);
      }
    }
    statement.conditions().forEach(condition -> check(statement, condition));
  }

  private static void requirePrincipal(Statement statement) {
    Selection<PrincipalElement> principal = statement.principal();
    if (principal == null) {
      throw malformed(statement, PolicyIssue.MISSING_PRINCIPAL, "Missing required field Principal");
    }
    for (PrincipalElement element : principal.values()) {
      if (!PolicyGrammar.isPrincipalType(element.type())
          || !PolicyGrammar.isPrincipal(element.type(), element.value())) {
        throw malformed(
            statement,
            PolicyIssue.INVALID_PRINCIPAL_FORMAT,
            "Invalid principal in policy: \"" + element.type() + "\":\"" + element.value() + "\"");
      }
    }
  }

  private static void requireActions(Statement statement) {
    Selection<String> actions = statement.actions();
    if (actions == null || actions.values().isEmpty()) {
      throw malformed(
          statement, PolicyIssue.MISSING_ACTION, "Policy statement must contain actions.");
    }
    for (String action : actions.values()) {
      if (action.equals("*")) {
        continue;
      }
      int colon = action.indexOf(':');
      if (colon <= 0) {
        throw malformed(
            statement,
            PolicyIssue.INVALID_ACTION,
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
      }
      if (!PolicyGrammar.isServicePrefix(action.substring(0, colon))) {
        throw malformed(
            statement,
            PolicyIssue.INVALID_SERVICE_IN_ACTION,
            "Vendor " + action.substring(0, colon) + " is not valid");
      }
      if (!PolicyGrammar.isActionName(action.substring(colon + 1))) {
        throw malformed(
            statement, PolicyIssue.INVALID_ACTION, "Actions/Condition can contain only one colon.");
      }
    }
  }

  private static void requireResources(Statement statement) {
    Selection<String> resources = statement.resources();
    if (resources == null || resources.values().isEmpty()) {
      throw malformed(
          statement, PolicyIssue.MISSING_RESOURCE, "Policy statement must contain resources.");
    }
    for (String resource : resources.values()) {
      if (!PolicyGrammar.isResource(resource)) {
        throw malformed(
            statement,
            PolicyIssue.INVALID_ARN_PREFIX,
            "Resource " + resource + " must be in ARN format or \"*\".");
      }
    }
  }

  private static void requireTrustActions(Statement statement) {
    Selection<String> actions = statement.actions();
    List<String> named = actions == null ? List.of() : actions.values();
    for (String action : named) {
      if (!PolicyGrammar.isTrustAction(action)) {
        throw malformed(
            statement,
            PolicyIssue.UNSUPPORTED_ACTION_IN_POLICY,
            "AssumeRole policy may only specify STS AssumeRole actions.");
      }
    }
  }

  private static void check(Statement statement, Condition condition) {
    if (CompiledCondition.of(condition, true) == null) {
      throw malformed(
          statement,
          PolicyIssue.INVALID_CONDITION_OPERATOR,
          "Invalid Condition type : " + condition.operator() + ".");
    }
    if (!PolicyGrammar.isConditionKey(condition.key())) {
      throw malformed(
          statement,
          PolicyIssue.INVALID_CONDITION_KEY_FORMAT,
          "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
  }

  static MalformedPolicyException malformed(
      Statement statement, PolicyIssue issue, String message) {
    return new MalformedPolicyException(message, issue, statement.line(), statement.column());
  }
}
