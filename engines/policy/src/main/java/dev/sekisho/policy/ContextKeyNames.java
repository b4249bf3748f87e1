package dev.sekisho.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the condition keys that a policy asks for, in its conditions and in its variables. */
public final class ContextKeyNames {

  private ContextKeyNames() {}

  /** The keys as written, each once ignoring case, in the order they stand. */
  public static List<String> of(PolicyDocument document) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (Statement statement : document.statements()) {
      for (Statement.Condition condition : statement.conditions()) {
        add(keys, condition.key());
        if (document.hasVariables()) {
          condition.values().forEach(value -> variables(keys, value));
        }
      }
      Statement.Selection<String> resources = statement.resources();
      if (resources != null && document.hasVariables()) {
        resources.values().forEach(value -> variables(keys, value));
      }
    }
    return new ArrayList<>(keys.values());
  }

  private static void add(Map<String, String> keys, String key) {
    keys.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
  }

  private static void variables(Map<String, String> keys, String text) {
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 2)) {
      int end = Variable.end(text, at);
      if (end < 0) {
        return;
      }
      String inner = text.substring(at + 2, end);
      if (Variable.parse(inner).character() == null) {
        int comma = inner.indexOf(',');
        add(keys, (comma < 0 ? inner : inner.substring(0, comma)).strip());
      }
    }
  }
}
