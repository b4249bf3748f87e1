package dev.sekisho.iam;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sekisho.core.Principal;
import dev.sekisho.policy.AccessRequest;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.Effect;
import dev.sekisho.policy.Explainer;
import dev.sekisho.policy.Explanation;
import dev.sekisho.policy.PolicySet;
import dev.sekisho.policy.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes why a request was refused, as decoded authorization messages show it. */
final class EncodedDenial {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The keys that EC2 shows of every request that has them. */
  private static final List<String> KEYS =
      List.of(
          "aws:CurrentTime",
          "aws:PrincipalArn",
          "aws:RequestedRegion",
          "aws:ResourceAccount",
          "aws:SecureTransport",
          "aws:SourceIp",
          "aws:UserAgent",
          "aws:userid",
          "aws:username");

  private EncodedDenial() {}

  static String of(AccessRequest request, PolicySet policies) {
    Explanation explained = Explainer.explain(request, policies);
    boolean explicit = explained.decision() instanceof Decision.ExplicitDeny;
    ObjectNode root = JSON.createObjectNode().put("allowed", false).put("explicitDeny", explicit);
    ArrayNode matched = items(root, "matchedStatements");
    for (Explanation.Match match : explained.matched()) {
      if (explicit && match.effect() == Effect.DENY) {
        statement(matched.addObject(), match.statement());
      }
    }
    items(root, "failures");
    ObjectNode context = root.putObject("context");
    principal(context.putObject("principal"), request.principal());
    context.put("action", request.action()).put("resource", request.resource());
    ArrayNode conditions = items(context, "conditions");
    for (String key : KEYS) {
      List<String> values = request.context().values(key.toLowerCase(java.util.Locale.ROOT));
      if (values != null) {
        values(conditions.addObject().put("key", key), "values", values);
      }
    }
    return root.toString();
  }

  private static void principal(ObjectNode to, Principal principal) {
    to.put("id", principal.userId());
    if (principal instanceof Principal.User user) {
      to.put("name", user.name());
    }
    to.put("arn", String.valueOf(principal.arn()));
  }

  private static void statement(ObjectNode to, Statement statement) {
    to.put("statementId", statement.sid() == null ? "" : statement.sid()).put("effect", "DENY");
    Statement.Selection<Statement.PrincipalElement> principal = statement.principal();
    values(
        to,
        "principals",
        principal == null
            ? List.of()
            : principal.values().stream().map(Statement.PrincipalElement::value).toList());
    items(to, "principalGroups");
    selection(to, "actions", "notActions", statement.actions());
    selection(to, "resources", "notResources", statement.resources());
    ArrayNode conditions = items(to, "conditions");
    for (Statement.Condition each : statement.conditions()) {
      values(
          conditions.addObject().put("operator", each.operator()).put("key", each.key()),
          "values",
          each.values());
    }
  }

  private static void selection(
      ObjectNode to, String name, String negated, Statement.@Nullable Selection<String> selection) {
    if (selection != null) {
      values(to, selection.negated() ? negated : name, selection.values());
    }
  }

  private static void values(ObjectNode to, String name, List<String> values) {
    ArrayNode items = items(to, name);
    values.forEach(value -> items.addObject().put("value", value));
  }

  private static ArrayNode items(ObjectNode to, String name) {
    return to.putObject(name).putArray("items");
  }
}
