package dev.sekisho.wire.audit;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Arn;
import dev.sekisho.events.EventResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources that a call touched, as its event names them. */
public final class AuditedResources {

  private static final Map<String, String> TYPES =
      Map.of(
          "kms:key", "AWS::KMS::Key",
          "kms:alias", "AWS::KMS::Alias",
          "iam:user", "AWS::IAM::User",
          "iam:group", "AWS::IAM::Group",
          "iam:role", "AWS::IAM::Role",
          "iam:policy", "AWS::IAM::Policy",
          "iam:oidc-provider", "AWS::IAM::OIDCProvider",
          "iam:saml-provider", "AWS::IAM::SAMLProvider");

  private AuditedResources() {}

  /** The resources that a call's policies were asked about, each once, of the kinds with a type. */
  public static List<EventResource> of(@Nullable Access access) {
    if (!(access instanceof Access.Checked checked)) {
      return List.of();
    }
    Map<String, EventResource> found = new LinkedHashMap<>();
    for (AccessCheck check : checked.checks()) {
      if (check.resource().startsWith("arn:") && check.resource().indexOf('*') < 0) {
        Arn arn = Arn.parse(check.resource());
        int slash = arn.resource().indexOf('/');
        String kind = slash < 0 ? arn.resource() : arn.resource().substring(0, slash);
        String type = TYPES.get(arn.service() + ':' + kind);
        if (type != null) {
          found.put(check.resource(), new EventResource(check.resource(), arn.account(), type));
        }
      }
    }
    return List.copyOf(found.values());
  }
}
