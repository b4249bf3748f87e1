package dev.sekisho.server.rotation;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of Redis's {@code ACL LIST}.
 *
 * @param rights what the user may do, as rules; neither its passwords nor whether it is switched on
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/">Redis
 *     ACL</a>
 */
record AclUser(String name, List<String> rights) {

  static AclUser parse(String line) {
    List<String> words = words(line);
    return new AclUser(words.get(1), words.stream().skip(2).filter(AclUser::isRight).toList());
  }

  private static boolean isRight(String rule) {
    return switch (rule) {
      case "on", "off", "nopass" -> false;
      default -> rule.charAt(0) != '#';
    };
  }

  /** Selectors stand in parentheses and have blanks in them. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    int begin = 0;
    int depth = 0;
    for (int i = 0; i <= line.length(); i++) {
      char each = i == line.length() ? ' ' : line.charAt(i);
      if (each == ' ' && (depth == 0 || i == line.length())) {
        if (i > begin) {
          words.add(line.substring(begin, i));
        }
        begin = i + 1;
      } else if (each == '(' && i == begin) {
        depth++;
      } else if (each == ')'
          && depth > 0
          && (i + 1 == line.length() || line.charAt(i + 1) == ' ')) {
        depth--;
      }
    }
    return words;
  }
}
