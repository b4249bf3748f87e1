package dev.sekisho.store;

import java.util.Map;
import java.util.regex.Pattern;

/** The words in which the engines' table definitions differ; {@link Schema} says which and why. */
enum Dialect {
  SQLITE(Map.of()),
  POSTGRESQL(Map.of("blob", "bytea", "integer", "bigint", "text", "text collate \"C\""));

  private static final Pattern WORDS = Pattern.compile("\\b(blob|integer|text)\\b");

  private final Map<String, String> types;

  Dialect(Map<String, String> types) {
    this.types = types;
  }

  /** The script in the engine's own words. */
  String script(String text) {
    return WORDS.matcher(text).replaceAll(word -> types.getOrDefault(word.group(), word.group()));
  }
}
