package dev.sekisho.store;

import java.util.regex.Pattern;

/** The words in which the engines' table definitions differ; {@link Schema} says which and why. */
enum Dialect {
  SQLITE,
  POSTGRESQL;

  private static final Pattern BLOB = Pattern.compile("\\bblob\\b");
  private static final Pattern INTEGER = Pattern.compile("\\binteger\\b");
  private static final Pattern TEXT = Pattern.compile("\\btext\\b");

  /** The script in the engine's own words. */
  String script(String text) {
    return switch (this) {
      case SQLITE -> text;
      case POSTGRESQL -> {
        String blobs = BLOB.matcher(text).replaceAll("bytea");
        String integers = INTEGER.matcher(blobs).replaceAll("bigint");
        yield TEXT.matcher(integers).replaceAll("text collate \"C\"");
      }
    };
  }
}
