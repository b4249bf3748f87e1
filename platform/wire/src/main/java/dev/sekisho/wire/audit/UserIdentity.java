package dev.sekisho.wire.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.core.Caller;
import dev.sekisho.core.Federation;
import dev.sekisho.core.Principal;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Session;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code userIdentity} element of a record.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html">userIdentity
 *     element</a>
 */
final class UserIdentity {

  private UserIdentity() {}

  static void write(JsonGenerator json, RequestContext context) throws IOException {
    Caller caller = context.caller();
    String sender = context.origin().sender();
    json.writeObjectFieldStart("userIdentity");
    switch (caller.principal()) {
      case Principal.Root root -> {
        common(json, "Root", root, caller);
        session(json, caller, null);
      }
      case Principal.User user -> {
        common(json, "IAMUser", user, caller);
        json.writeStringField("userName", user.name());
        session(json, caller, null);
      }
      case Principal.RoleSession role -> {
        common(json, "AssumedRole", role, caller);
        session(json, caller, role);
      }
      case Principal.WebIdentity person ->
          vouchedFor(json, "WebIdentityUser", person, person.subject(), person.provider());
      case Principal.SamlIdentity person ->
          vouchedFor(json, "SAMLUser", person, person.subject(), person.nameQualifier());
      case Principal.FederatedUser federated -> {
        common(json, "FederatedUser", federated, caller);
        session(json, caller, federated.issuer());
      }
      case Principal.Service service -> {
        json.writeStringField("type", "AWSService");
        json.writeStringField("invokedBy", service.name());
      }
      case Principal.Anonymous _ -> {
        json.writeStringField("type", "Unknown");
        json.writeStringField("principalId", "");
        if (caller.accessKeyId() != null) {
          json.writeStringField("accessKeyId", caller.accessKeyId());
        }
      }
    }
    if (sender != null) {
      json.writeStringField("invokedBy", sender);
    }
    json.writeEndObject();
  }

  /** The caller as an account sees it whose resource was used from another account. */
  static void writeForAnother(JsonGenerator json, RequestContext context) throws IOException {
    Principal principal = context.caller().principal();
    json.writeObjectFieldStart("userIdentity");
    json.writeStringField("type", "AWSAccount");
    json.writeStringField("principalId", principal.userId());
    json.writeStringField("accountId", String.valueOf(principal.account()));
    if (context.origin().sender() != null) {
      json.writeStringField("invokedBy", context.origin().sender());
    }
    json.writeEndObject();
  }

  /** What {@code LookupEvents} calls the user name, if the caller has one. */
  static @Nullable String username(Principal principal) {
    return switch (principal) {
      case Principal.Root _ -> "root";
      case Principal.User user -> user.name();
      case Principal.RoleSession role -> role.sessionName();
      case Principal.FederatedUser federated -> federated.name();
      case Principal.WebIdentity person -> person.subject();
      case Principal.SamlIdentity person -> person.subject();
      case Principal.Service _, Principal.Anonymous _ -> null;
    };
  }

  private static void common(JsonGenerator json, String type, Principal principal, Caller caller)
      throws IOException {
    json.writeStringField("type", type);
    json.writeStringField("principalId", principal.userId());
    json.writeStringField("arn", String.valueOf(principal.arn()));
    json.writeStringField("accountId", String.valueOf(principal.account()));
    if (caller.accessKeyId() != null) {
      json.writeStringField("accessKeyId", caller.accessKeyId());
    }
  }

  private static void vouchedFor(
      JsonGenerator json, String type, Principal person, String name, String provider)
      throws IOException {
    json.writeStringField("type", type);
    json.writeStringField("principalId", person.userId());
    json.writeStringField("userName", name);
    json.writeStringField("identityProvider", provider);
  }

  private static void session(JsonGenerator json, Caller caller, @Nullable Principal issuer)
      throws IOException {
    Session session = caller.session();
    if (session == null) {
      return;
    }
    json.writeObjectFieldStart("sessionContext");
    switch (issuer) {
      case Principal.RoleSession role ->
          issuer(json, "Role", role.roleId(), role.roleArn().toString(), role, role.roleName());
      case Principal.User user ->
          issuer(json, "IAMUser", user.id(), user.arn().toString(), user, user.name());
      case Principal.Root root ->
          issuer(json, "Root", root.userId(), root.arn().toString(), root, null);
      case null, default -> {}
    }
    Federation federation = session.federation();
    if (federation != null && federation.provider().contains(":oidc-provider/")) {
      json.writeObjectFieldStart("webIdFederationData");
      json.writeStringField("federatedProvider", federation.provider());
      json.writeObjectFieldStart("attributes");
      for (Map.Entry<String, List<String>> each : new TreeMap<>(federation.keys()).entrySet()) {
        json.writeStringField(each.getKey(), String.join(",", each.getValue()));
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeObjectFieldStart("attributes");
    json.writeStringField(
        "creationDate", session.issuedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    json.writeStringField("mfaAuthenticated", session.mfaAt() == null ? "false" : "true");
    json.writeEndObject();
    if (session.sourceIdentity() != null) {
      json.writeStringField("sourceIdentity", session.sourceIdentity());
    }
    if (caller.hasAssumedRoot()) {
      json.writeStringField("assumedRoot", "true");
    }
    json.writeEndObject();
  }

  private static void issuer(
      JsonGenerator json,
      String type,
      String id,
      String arn,
      Principal principal,
      @Nullable String name)
      throws IOException {
    json.writeObjectFieldStart("sessionIssuer");
    json.writeStringField("type", type);
    json.writeStringField("principalId", id);
    json.writeStringField("arn", arn);
    json.writeStringField("accountId", String.valueOf(principal.account()));
    if (name != null) {
      json.writeStringField("userName", name);
    }
    json.writeEndObject();
  }
}
