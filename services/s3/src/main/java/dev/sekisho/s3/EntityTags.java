package dev.sekisho.s3;

import java.util.regex.Pattern;

/** Entity tags as headers give and compare them. */
final class EntityTags {

  private static final Pattern COMMA = Pattern.compile(",");

  private EntityTags() {}

  static String quoted(String tag) {
    return '"' + tag + '"';
  }

  static String unquoted(String tag) {
    String text = tag.strip();
    if (text.startsWith("W/")) {
      text = text.substring(2);
    }
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** Whether a list of tags, or {@code *}, has the tag. */
  static boolean matches(String list, String tag) {
    return list.strip().equals("*")
        || COMMA.splitAsStream(list).anyMatch(each -> unquoted(each).equals(tag));
  }
}
