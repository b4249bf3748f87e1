package dev.sekisho.policy;

import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.List;

/**
 * What a resource control policy may say: only denials, for everybody, of actions that are named by
 * their service.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html">RCP
 *     syntax</a>
 */
final class ResourceControlGrammar {

  private static final Selection<PrincipalElement> EVERYBODY =
      new Selection<>(false, List.of(new PrincipalElement("AWS", "*")));

  private ResourceControlGrammar() {}

  static void check(Statement statement) {
    if (statement.effect() != Effect.DENY) {
      throw PolicyValidator.malformed(
          statement,
          PolicyIssue.RCP_SYNTAX_ERROR_ALLOW,
          "A resource control policy can only have the effect Deny.");
    }
    if (!EVERYBODY.equals(statement.principal())) {
      throw PolicyValidator.malformed(
          statement,
          PolicyIssue.RCP_SYNTAX_ERROR_PRINCIPAL,
          "The principal of a resource control policy must be \"*\".");
    }
    Selection<String> actions = statement.actions();
    if (actions != null && actions.negated()) {
      throw PolicyValidator.malformed(
          statement,
          PolicyIssue.RCP_SYNTAX_ERROR_NOTACTION,
          "A resource control policy cannot have NotAction.");
    }
    if (actions != null && actions.values().contains("*")) {
      throw PolicyValidator.malformed(
          statement,
          PolicyIssue.RCP_SYNTAX_ERROR_ACTION,
          "The actions of a resource control policy must name their service.");
    }
  }
}
