package dev.sekisho.policytool;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.policy.Decision;
import dev.sekisho.policy.Effect;
import dev.sekisho.policy.Explanation;
import java.io.IOException;
import java.util.List;

/**
 * What one request comes to, for people and for programs.
 *
 * @param reason why it is denied, in AWS's words; empty when it is not
 */
record SimulatedDecision(String action, String resource, Explanation explanation, String reason) {

  boolean isAllowed() {
    return explanation.decision() instanceof Decision.Allow;
  }

  private String decision() {
    return switch (explanation.decision()) {
      case Decision.Allow _ -> "allowed";
      case Decision.ExplicitDeny _ -> "explicitDeny";
      case Decision.ImplicitDeny _ -> "implicitDeny";
    };
  }

  static String text(List<SimulatedDecision> decisions) {
    StringBuilder text = new StringBuilder();
    decisions.forEach(decision -> decision.text(text));
    return text.toString();
  }

  private void text(StringBuilder text) {
    text.append(decision()).append("  ").append(action).append("  ").append(resource).append('\n');
    if (!reason.isEmpty()) {
      text.append("    ").append(reason).append('\n');
    }
    for (Explanation.Match match : explanation.matched()) {
      text.append("    ")
          .append(match.effect() == Effect.ALLOW ? "Allow" : "Deny")
          .append(" by ")
          .append(match.type().displayName())
          .append(' ')
          .append(match.policyId())
          .append(':')
          .append(match.statement().line())
          .append(':')
          .append(match.statement().column());
      String sid = match.statement().sid();
      text.append(sid == null || sid.isEmpty() ? "" : " (" + sid + ")").append('\n');
    }
    if (!explanation.missingKeys().isEmpty()) {
      text.append("    missing context keys: ")
          .append(String.join(", ", explanation.missingKeys()))
          .append('\n');
    }
  }

  static String json(List<SimulatedDecision> decisions) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("decisions");
      for (SimulatedDecision decision : decisions) {
        decision.json(json);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private void json(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("action", action);
    json.writeStringField("resource", resource);
    json.writeStringField("decision", decision());
    if (!reason.isEmpty()) {
      json.writeStringField("reason", reason);
    }
    json.writeArrayFieldStart("matchedStatements");
    for (Explanation.Match match : explanation.matched()) {
      json.writeStartObject();
      json.writeStringField("policy", match.policyId());
      json.writeStringField("policyType", match.type().displayName());
      json.writeStringField("effect", match.effect() == Effect.ALLOW ? "Allow" : "Deny");
      String sid = match.statement().sid();
      if (sid != null) {
        json.writeStringField("sid", sid);
      }
      json.writeNumberField("line", match.statement().line());
      json.writeNumberField("column", match.statement().column());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("missingContextKeys");
    for (String key : explanation.missingKeys()) {
      json.writeString(key);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
