package dev.sekisho.policy;

import org.jspecify.annotations.Nullable;

/**
 * A refusal in AWS's words.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html">Access
 *     denied error messages</a>
 */
public final class DenialMessage {

  private DenialMessage() {}

  /**
   * The message for a decision that is not an allow.
   *
   * @return null for an allow
   */
  public static @Nullable String of(AccessRequest request, Decision decision) {
    return switch (decision) {
      case Decision.Allow _ -> null;
      case Decision.ExplicitDeny deny ->
          subject(request) + " with an explicit deny in " + deny.by().withArticle();
      case Decision.ImplicitDeny deny ->
          subject(request)
              + " because no "
              + deny.missing().displayName()
              + " allows the "
              + request.action()
              + " action";
    };
  }

  private static String subject(AccessRequest request) {
    String resource = request.resource().equals("*") ? "" : " on resource: " + request.resource();
    String who =
        request.principal().arn() == null
            ? request.principal().userId()
            : String.valueOf(request.principal().arn());
    return "User: " + who + " is not authorized to perform: " + request.action() + resource;
  }
}
