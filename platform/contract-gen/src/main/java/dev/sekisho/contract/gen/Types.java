package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The Java type of a shape's values, every name qualified. */
final class Types {

  private Types() {}

  static String of(Service service, String shapeName) {
    ObjectNode shape = service.shape(shapeName);
    return switch (shape.get("type").asText()) {
      case "string", "character" -> "java.lang.String";
      case "integer" -> "java.lang.Integer";
      case "long" -> "java.lang.Long";
      case "float" -> "java.lang.Float";
      case "double" -> "java.lang.Double";
      case "boolean" -> "java.lang.Boolean";
      case "timestamp" -> "java.time.Instant";
      case "blob" ->
          shape.path("streaming").asBoolean()
              ? "dev.sekisho.core.Content"
              : "dev.sekisho.core.Blob";
      case "list" ->
          "java.util.List<" + of(service, shape.get("member").get("shape").asText()) + ">";
      case "map" ->
          "java.util.Map<java.lang.String, "
              + of(service, shape.get("value").get("shape").asText())
              + ">";
      case "structure" -> service.packageName() + "." + JavaNames.type(shapeName);
      default -> throw new IllegalArgumentException("unknown type of shape " + shapeName);
    };
  }

  /** The type where null is possible: the annotation stands before the simple name. */
  static String nullable(String type) {
    int generic = type.indexOf('<');
    int dot = type.lastIndexOf('.', generic < 0 ? type.length() : generic);
    return type.substring(0, dot + 1)
        + "@org.jspecify.annotations.Nullable "
        + type.substring(dot + 1);
  }
}
