package dev.sekisho.wire.audit;

import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.RequestContext;
import dev.sekisho.events.EventResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources that a call touched, as its event names them. */
public final class AuditedResources {

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("acm:certificate", "AWS::CertificateManager::Certificate"),
          Map.entry("acm-pca:certificate-authority", "AWS::ACMPCA::CertificateAuthority"),
          Map.entry("cloudtrail:trail", "AWS::CloudTrail::Trail"),
          Map.entry("kms:key", "AWS::KMS::Key"),
          Map.entry("kms:alias", "AWS::KMS::Alias"),
          Map.entry("iam:user", "AWS::IAM::User"),
          Map.entry("iam:group", "AWS::IAM::Group"),
          Map.entry("iam:role", "AWS::IAM::Role"),
          Map.entry("iam:policy", "AWS::IAM::Policy"),
          Map.entry("iam:oidc-provider", "AWS::IAM::OIDCProvider"),
          Map.entry("iam:saml-provider", "AWS::IAM::SAMLProvider"),
          Map.entry("secretsmanager:secret", "AWS::SecretsManager::Secret"));

  private AuditedResources() {}

  /** The resources that a call's policies were asked about, each once, of the kinds with a type. */
  public static List<EventResource> of(@Nullable Access access, RequestContext caller) {
    if (!(access instanceof Access.Checked checked)) {
      return List.of();
    }
    Map<String, EventResource> found = new LinkedHashMap<>();
    for (AccessCheck check : checked.checks()) {
      if (isOne(check.resource())) {
        Arn arn = Arn.parse(check.resource());
        if (arn.service().equals("s3")) {
          s3(arn, owner(check, caller)).forEach(each -> found.putIfAbsent(each.arn(), each));
          continue;
        }
        String kind = arn.resource().split("[/:]", 2)[0];
        String type = TYPES.get(arn.service() + ':' + kind);
        if (type != null) {
          found.put(check.resource(), new EventResource(check.resource(), arn.account(), type));
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** Whether the ARN is of one resource; an asterisk in an object's key stands for itself. */
  private static boolean isOne(String resource) {
    return resource.startsWith("arn:aws:s3:::")
        ? !resource.equals("arn:aws:s3:::*")
        : resource.startsWith("arn:") && resource.indexOf('*') < 0;
  }

  /** An object comes with its bucket, which alone shows whose both are. */
  private static List<EventResource> s3(Arn arn, String owner) {
    int slash = arn.resource().indexOf('/');
    if (slash < 0) {
      return List.of(new EventResource(arn.toString(), owner, "AWS::S3::Bucket"));
    }
    Arn bucket = Arn.of("s3", "", "", arn.resource().substring(0, slash));
    return List.of(
        new EventResource(arn.toString(), "", "AWS::S3::Object"),
        new EventResource(bucket.toString(), owner, "AWS::S3::Bucket"));
  }

  private static String owner(AccessCheck check, RequestContext context) {
    AccountId owner =
        check.owner() == null ? context.caller().principal().account() : check.owner();
    return owner == null ? "" : owner.value();
  }
}
