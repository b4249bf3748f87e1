package dev.sekisho.s3;

import dev.sekisho.core.Arn;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.ServiceException;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyDocument;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;
import dev.sekisho.policy.Statement;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a bucket policy must be like before it is kept. */
final class BucketPolicyRules {

  private static final int LARGEST = 20 * 1_024;

  private final PrincipalDirectory principals;

  BucketPolicyRules(PrincipalDirectory principals) {
    this.principals = principals;
  }

  /**
   * Checks a policy for the bucket.
   *
   * @throws ServiceException MalformedPolicy, or AccessDenied for a public policy where Block
   *     Public Access does not want one
   */
  void check(Bucket bucket, String policy) {
    if (policy.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      throw new ServiceException(
          "PolicyTooLarge", 400, "Policy exceeds the maximum allowed document size.");
    }
    PolicyDocument document = parse(policy);
    for (Statement statement : document.statements()) {
      requirePrincipals(statement.principal());
      requireActions(statement.actions());
      requireResources(bucket, statement.resources());
    }
    if (PublicAccess.Block.of(bucket).policy() && PublicAccess.isPublic(document)) {
      throw new ServiceException("AccessDenied", 403, "Access Denied");
    }
  }

  private static PolicyDocument parse(String policy) {
    try {
      return PolicyValidator.check(policy, PolicyKind.RESOURCE);
    } catch (MalformedPolicyException malformed) {
      throw S3Errors.malformedPolicy(malformed.message());
    }
  }

  private void requirePrincipals(@Nullable Selection<PrincipalElement> selection) {
    if (selection != null && !selection.values().stream().allMatch(this::isKnown)) {
      throw S3Errors.malformedPolicy("Invalid principal in policy");
    }
  }

  private boolean isKnown(PrincipalElement principal) {
    return !principal.type().equals("AWS")
        || !principal.value().startsWith("arn:")
        || principals.exists(Arn.parse(principal.value()));
  }

  private static void requireActions(@Nullable Selection<String> actions) {
    if (actions != null
        && !actions.values().stream().allMatch(action -> action.equals("*") || isOfS3(action))) {
      throw S3Errors.malformedPolicy("Policy has invalid action");
    }
  }

  private static boolean isOfS3(String action) {
    return action.regionMatches(true, 0, "s3:", 0, 3) && action.length() > 3;
  }

  /** A bucket's policy speaks of the bucket and its objects only. */
  private static void requireResources(Bucket bucket, @Nullable Selection<String> resources) {
    if (resources == null) {
      return;
    }
    for (String resource : resources.values()) {
      boolean own =
          resource.equals("*")
              || resource.equals(bucket.arn())
              || resource.startsWith(bucket.arn() + "/")
              || matches(resource, bucket.arn());
      if (!own) {
        throw S3Errors.malformedPolicy("Policy has invalid resource");
      }
    }
  }

  /** Whether the pattern, up to its first slash, can mean the bucket. */
  private static boolean matches(String pattern, String arn) {
    if (!pattern.startsWith("arn:") || (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0)) {
      return false;
    }
    int slash = pattern.indexOf('/');
    String name = slash < 0 ? pattern : pattern.substring(0, slash);
    String regex = Pattern.quote(name).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return arn.matches(regex) || (slash < 0 && (arn + "/").matches(regex));
  }
}
