package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** How the model's names are written in Java. */
final class JavaNames {

  /** Methods every record has already. */
  private static final Set<String> TAKEN =
      Set.of("shape", "get", "builder", "hashCode", "toString", "getClass", "notify", "wait");

  private JavaNames() {}

  static String type(String shape) {
    return Character.toUpperCase(shape.charAt(0)) + shape.substring(1);
  }

  static String component(String member) {
    String name = lower(member);
    return TAKEN.contains(name) || SourceVersion.isKeyword(name) ? name + "Value" : name;
  }

  static String method(String operation) {
    return lower(operation);
  }

  static String constant(String shape) {
    return SourceVersion.isKeyword(shape) ? shape + "_" : shape;
  }

  private static String lower(String name) {
    // A run of capitals is one word: SSEKMSKeyId begins as sseKmsKeyId would, MFADevice as
    // mfaDevice.
    int run = 0;
    while (run < name.length() && Character.isUpperCase(name.charAt(run))) {
      run++;
    }
    int lowered = run > 1 && run < name.length() ? run - 1 : run;
    return name.substring(0, lowered).toLowerCase(java.util.Locale.ROOT) + name.substring(lowered);
  }

  /** A Java string literal. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> literal.append("\\\"");
        case '\\' -> literal.append("\\\\");
        case '\n' -> literal.append("\\n");
        case '\r' -> literal.append("\\r");
        case '\t' -> literal.append("\\t");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            literal.append(String.format("\\u%04x", (int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  static String literalOrNull(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? "null" : literal(node.asText());
  }
}
