package dev.sekisho.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/**
 * Ties the users and roles that a trust policy names to themselves rather than to their names, as
 * AWS does: whoever is deleted and made anew under the same name is not trusted.
 */
final class TrustPolicies {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TrustPolicies() {}

  /**
   * The policy with unique ids in place of ARNs.
   *
   * @throws dev.sekisho.core.ServiceException MalformedPolicyDocument when a user or role of an
   *     account that is ours does not exist
   */
  static String bind(Handle handle, AccountId home, String document) {
    return rewrite(document, principal -> bound(handle, home, principal));
  }

  /** The policy as answers show it: whoever is still there by ARN, all others by their ids. */
  static String display(Handle handle, String document) {
    return rewrite(document, principal -> displayed(handle, principal));
  }

  private static String bound(Handle handle, AccountId home, String principal) {
    if (!principal.startsWith("arn:aws:iam::" + home.value() + ':')) {
      return principal;
    }
    Arn arn = Arn.parse(principal);
    Optional<EntityKind> kind = kind(arn);
    if (kind.isEmpty()) {
      return principal;
    }
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    return EntityStore.find(handle, kind.get(), home, name)
        .filter(entity -> entity.arn().equals(arn))
        .map(Entity::id)
        .orElseThrow(() ->
            IamErrors.malformedPolicy(
                "Invalid principal in policy: \"AWS\":\"" + principal + "\""));
  }

  private static Optional<EntityKind> kind(Arn arn) {
    if (arn.resource().startsWith("user/")) {
      return Optional.of(EntityKind.USER);
    }
    return arn.resource().startsWith("role/") ? Optional.of(EntityKind.ROLE) : Optional.empty();
  }

  private static String displayed(Handle handle, String principal) {
    EntityKind kind;
    if (principal.startsWith("AIDA")) {
      kind = EntityKind.USER;
    } else if (principal.startsWith("AROA")) {
      kind = EntityKind.ROLE;
    } else {
      return principal;
    }
    return EntityStore.byId(handle, kind, principal)
        .map(entity -> entity.arn().toString())
        .orElse(principal);
  }

  private static String rewrite(String document, UnaryOperator<String> change) {
    try {
      JsonNode policy = JSON.readTree(document);
      JsonNode statements = policy.get("Statement");
      for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
        if (statement.get("Principal") instanceof ObjectNode principal) {
          rewrite(principal, change);
        }
      }
      return JSON.writeValueAsString(policy);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a checked policy is JSON", impossible);
    }
  }

  private static void rewrite(ObjectNode principal, UnaryOperator<String> change) {
    JsonNode named = principal.get("AWS");
    if (named instanceof TextNode text) {
      principal.put("AWS", change.apply(text.asText()));
    } else if (named instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        list.set(i, TextNode.valueOf(change.apply(list.get(i).asText())));
      }
    }
  }
}
