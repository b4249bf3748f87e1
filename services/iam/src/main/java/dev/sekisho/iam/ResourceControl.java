package dev.sekisho.iam;

import dev.sekisho.core.Principal;
import java.util.Set;

/**
 * Which calls resource control policies have a say in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html">Resource
 *     control policies</a>
 */
final class ResourceControl {

  private static final Set<String> SERVICES =
      Set.of(
          "aoss",
          "cognito-identity",
          "cognito-idp",
          "dynamodb",
          "ecr",
          "kms",
          "logs",
          "s3",
          "secretsmanager",
          "sqs",
          "sts");

  private ResourceControl() {}

  /** Service-linked roles are free of them, and so is giving back a grant. */
  static boolean covers(String action, Principal principal) {
    int colon = action.indexOf(':');
    return colon > 0
        && SERVICES.contains(action.substring(0, colon))
        && !action.equals("kms:RetireGrant")
        && !isServiceLinked(principal);
  }

  /** Whether a role session is one of a role that a service made for itself. */
  static boolean isServiceLinked(Principal principal) {
    return principal instanceof Principal.RoleSession session
        && session.rolePath().startsWith("/aws-service-role/");
  }
}
