package dev.sekisho.policy;

/**
 * The form that each part of a policy must have. The one place where it is written down: what saves
 * a policy and what only reports on one ask here.
 *
 * <p>INVARIANT: every question is answered in one pass over its text.
 */
public final class PolicyGrammar {

  private static final int LONGEST_PREFIX = 64;
  private static final int LONGEST_SERVICE = 128;

  private PolicyGrammar() {}

  public static boolean isVersion(String text) {
    return text.equals(PolicyDocument.CURRENT_VERSION) || text.equals("2008-10-17");
  }

  /** A statement's id, where IAM keeps the policy. */
  public static boolean isSid(String text) {
    return text.chars().allMatch(PolicyGrammar::isAlphanumeric);
  }

  /** What stands before the colon of an action, for example {@code kms}. */
  public static boolean isServicePrefix(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_PREFIX
        && text.chars().allMatch(c -> isAlphanumeric(c) || c == '-');
  }

  /** What stands after the colon of an action, wildcards among it. */
  public static boolean isActionName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isAlphanumeric(c) || c == '*' || c == '?');
  }

  /** What a trust policy may allow. */
  public static boolean isTrustAction(String text) {
    return text.equals("*") || text.regionMatches(true, 0, "sts:", 0, 4);
  }

  /** Whether it is an ARN as far as IAM looks when it saves a policy, or all resources. */
  public static boolean isResource(String text) {
    return text.startsWith("arn:") || isStars(text);
  }

  private static boolean isStars(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '*');
  }

  public static boolean isPrincipalType(String text) {
    return switch (text) {
      case "AWS", "Service", "Federated", "CanonicalUser" -> true;
      default -> false;
    };
  }

  /** Whether a principal of the type can be written so. */
  public static boolean isPrincipal(String type, String text) {
    return switch (type) {
      case "AWS" ->
          text.equals("*") || isAccount(text) || isPrincipalArn(text) || isPrincipalId(text);
      case "Service" ->
          !text.isEmpty()
              && text.length() <= LONGEST_SERVICE
              && text.chars().allMatch(c -> isServiceCharacter(c));
      default -> !text.isEmpty();
    };
  }

  public static boolean isAccount(String text) {
    return text.length() == 12 && text.chars().allMatch(PolicyGrammar::isDigit);
  }

  /** The id that stands for a user or role in a saved policy. */
  public static boolean isPrincipalId(String text) {
    return text.length() == 21
        && (text.startsWith("AIDA") || text.startsWith("AROA"))
        && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'));
  }

  private static boolean isPrincipalArn(String text) {
    String[] fields = text.split(":", 6);
    return fields.length == 6
        && fields[0].equals("arn")
        && fields[1].startsWith("aws")
        && fields[1].chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '-')
        && (fields[2].equals("iam") || fields[2].equals("sts"))
        && fields[3].isEmpty()
        && isAccount(fields[4])
        && !fields[5].isEmpty()
        && !hasWildcard(fields[5]);
  }

  public static boolean hasWildcard(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
  }

  /** Whether a condition key has its service before it. */
  public static boolean isConditionKey(String text) {
    return text.indexOf(':') > 0;
  }

  /** Whether it can be compared by the Numeric operators. */
  public static boolean isNumber(String text) {
    return Comparison.number(text) != null;
  }

  /** Whether it can be compared by the Date operators. */
  public static boolean isDate(String text) {
    return Comparison.date(text) != null;
  }

  /** Whether it can be compared by BinaryEquals. */
  public static boolean isBase64(String text) {
    return Comparison.bytes(text) != null;
  }

  private static boolean isServiceCharacter(int c) {
    return (c >= 'a' && c <= 'z') || isDigit(c) || c == '.' || c == '-';
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
