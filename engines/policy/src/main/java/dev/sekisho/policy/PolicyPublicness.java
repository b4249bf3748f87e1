package dev.sekisho.policy;

import dev.sekisho.policy.Statement.Condition;
import dev.sekisho.policy.Statement.PrincipalElement;
import dev.sekisho.policy.Statement.Selection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a resource's policy lets in the public, in the sense of Block Public Access.
 *
 * <p>A policy is public until each of its allowing statements names fixed principals, or is bound
 * by a condition to fixed values of one of a few keys.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status">The
 *     meaning of "public"</a>
 */
public final class PolicyPublicness {

  /** Keys of all services whose fixed values say who is let in. */
  private static final Set<String> FIXING =
      Set.of(
          "aws:principalarn",
          "aws:principalorgid",
          "aws:principalorgpaths",
          "aws:principalaccount",
          "aws:principalservicename",
          "aws:sourceaccount",
          "aws:sourcearn",
          "aws:sourceowner",
          "aws:sourceorgid",
          "aws:sourceorgpaths",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:sourceip",
          "aws:userid",
          "aws:username");

  private static final Pattern OPERATOR =
      Pattern.compile(
          "(?:forallvalues:|foranyvalue:)?"
              + "(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern WIDE_ADDRESS =
      Pattern.compile("(?:[^:/]+/[0-7])|(?:[0-9a-fA-F:]+:[0-9a-fA-F:]*/(?:[0-9]|[12][0-9]|3[01]))");

  private final Set<String> serviceKeys;

  /**
   * @param serviceKeys keys of the service, in lower case, whose fixed values say who is let in
   */
  public PolicyPublicness(Set<String> serviceKeys) {
    this.serviceKeys = Set.copyOf(serviceKeys);
  }

  /** Whether any statement lets in the public. */
  public boolean isPublic(PolicyDocument policy) {
    return policy.statements().stream().anyMatch(this::isPublic);
  }

  private boolean isPublic(Statement statement) {
    return statement.effect() == Effect.ALLOW
        && letsAnyoneIn(statement.principal())
        && statement.conditions().stream().noneMatch(this::fixes);
  }

  private static boolean letsAnyoneIn(@Nullable Selection<PrincipalElement> principal) {
    return principal == null
        || principal.negated()
        || principal.values().stream().anyMatch(each -> isWide(each.value()));
  }

  private static boolean isWide(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  /** Whether the condition holds for fixed values only. */
  private boolean fixes(Condition condition) {
    String key = condition.key().toLowerCase(Locale.ROOT);
    Matcher operator = OPERATOR.matcher(condition.operator());
    boolean known = FIXING.contains(key) || serviceKeys.contains(key);
    if (!known || !operator.matches() || condition.values().isEmpty()) {
      return false;
    }
    String kind = operator.group(1).toLowerCase(Locale.ROOT);
    // Holds for all who lack the key as well.
    if (condition.operator().toLowerCase(Locale.ROOT).startsWith("forallvalues:")) {
      return false;
    }
    boolean literal = kind.startsWith("stringequals");
    return condition.values().stream().allMatch(value -> isFixed(key, value, literal));
  }

  private static boolean isFixed(String key, String value, boolean literal) {
    if (value.contains("${")) {
      return false;
    }
    if (key.equals("aws:sourceip")) {
      return !WIDE_ADDRESS.matcher(value).matches();
    }
    if (key.equals("aws:sourcearn") || key.equals("aws:principalarn")) {
      // The account must be fixed; what follows may be a pattern.
      String[] fields = value.split(":", 6);
      boolean account = fields.length == 6 && !fields[4].isEmpty() && !isWide(fields[4]);
      return account || literal;
    }
    return literal || !isWide(value);
  }
}
