package dev.sekisho.server.rotation;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of MySQL's {@code SHOW GRANTS}, rewritten for another user of the same host. */
final class GrantStatement {

  /** What stands behind the grantee and is no way to log in. */
  private static final Pattern KEPT = Pattern.compile(" (REQUIRE|WITH) .*$", Pattern.DOTALL);

  private GrantStatement() {}

  /**
   * Rewrites it. The password that MariaDB shows is left out.
   *
   * @param from whose grant it is
   * @throws FailedException when the line names nobody of that name
   */
  static String to(String grant, String from, String user, String host) throws FailedException {
    for (char quote : new char[] {'`', '\''}) {
      String grantee = account(from, host, quote);
      for (String before : new String[] {" TO ", " FOR "}) {
        int at = grant.lastIndexOf(before + grantee);
        if (at >= 0) {
          Matcher kept = KEPT.matcher(grant.substring(at + before.length() + grantee.length()));
          return grant.substring(0, at)
              + before
              + account(user, host, '`')
              + (kept.find() ? kept.group() : "");
        }
      }
    }
    throw new FailedException("the server shows a grant in a form that is not known");
  }

  private static String account(String user, String host, char quote) {
    return quoted(user, quote) + '@' + quoted(host, quote);
  }

  private static String quoted(String text, char quote) {
    String one = String.valueOf(quote);
    return one + text.replace(one, one + one) + one;
  }
}
