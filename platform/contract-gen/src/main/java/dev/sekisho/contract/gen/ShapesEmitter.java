package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.NavigableSet;
import java.util.StringJoiner;

/** Writes the shapes of a service that are not structures, as constants of one class. */
final class ShapesEmitter {

  private static final String SHAPE = "dev.sekisho.contract.Shape.";

  private final Service service;

  ShapesEmitter(Service service) {
    this.service = service;
  }

  String emit(NavigableSet<String> closure) {
    StringBuilder out = new StringBuilder();
    out.append("package ").append(service.packageName()).append(";\n\n");
    out.append("/** The simple shapes, lists and maps of the service. */\n");
    out.append(Emitter.GENERATED);
    out.append("final class ").append(service.prefix()).append("Shapes {\n\n");
    out.append("  private ").append(service.prefix()).append("Shapes() {}\n");
    for (String name : closure) {
      ObjectNode shape = service.shape(name);
      String type = shape.get("type").asText();
      if (!type.equals("structure")) {
        out.append("\n  static final ").append(SHAPE).append(javaType(type)).append(' ');
        out.append(JavaNames.constant(name)).append(" =\n      new ").append(SHAPE);
        out.append(javaType(type)).append('(').append(arguments(name, shape, type)).append(");\n");
      }
    }
    return out.append("}\n").toString();
  }

  private static String javaType(String type) {
    return switch (type) {
      case "string", "character" -> "StringShape";
      case "integer" -> "IntegerShape";
      case "long" -> "LongShape";
      case "float" -> "FloatShape";
      case "double" -> "DoubleShape";
      case "boolean" -> "BooleanShape";
      case "timestamp" -> "TimestampShape";
      case "blob" -> "BlobShape";
      case "list" -> "ListShape";
      case "map" -> "MapShape";
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private String arguments(String name, ObjectNode shape, String type) {
    StringJoiner arguments = new StringJoiner(", ");
    arguments.add(JavaNames.literal(name));
    String sensitive = String.valueOf(shape.path("sensitive").asBoolean());
    switch (type) {
      case "string", "character" -> {
        arguments.add(range(shape));
        arguments.add(
            shape.hasNonNull("pattern")
                ? "new "
                    + SHAPE
                    + "LazyPattern("
                    + JavaNames.literal(shape.get("pattern").asText())
                    + ")"
                : "null");
        arguments.add(values(shape));
        arguments.add(sensitive);
      }
      case "integer", "long", "float", "double" -> arguments.add(range(shape));
      case "timestamp" ->
          arguments.add(
              shape.hasNonNull("timestampFormat")
                  ? timestampFormat(shape.get("timestampFormat").asText())
                  : "null");
      case "blob" -> {
        arguments.add(range(shape)).add(sensitive);
        arguments.add(String.valueOf(shape.path("streaming").asBoolean()));
      }
      case "list" -> {
        JsonNode element = shape.get("member");
        arguments.add(supplier(service, element.get("shape").asText()));
        arguments.add(JavaNames.literal(element.path("locationName").asText("member")));
        arguments.add(String.valueOf(shape.path("flattened").asBoolean()));
        arguments.add(range(shape));
      }
      case "map" -> {
        arguments.add(supplier(service, shape.get("key").get("shape").asText()));
        arguments.add(supplier(service, shape.get("value").get("shape").asText()));
        arguments.add(JavaNames.literal(shape.get("key").path("locationName").asText("key")));
        arguments.add(JavaNames.literal(shape.get("value").path("locationName").asText("value")));
        arguments.add(String.valueOf(shape.path("flattened").asBoolean()));
        arguments.add(range(shape));
      }
      default -> {}
    }
    return arguments.toString();
  }

  /** An expression that gives the shape when it is first asked for. */
  static String supplier(Service service, String name) {
    return service.shape(name).get("type").asText().equals("structure")
        ? "() -> " + service.packageName() + "." + JavaNames.type(name) + ".SHAPE"
        : "() -> " + service.prefix() + "Shapes." + JavaNames.constant(name);
  }

  static String timestampFormat(String format) {
    String constant =
        switch (format) {
          case "iso8601" -> "ISO_8601";
          case "unixTimestamp", "unixTimestampInMillis" -> "UNIX_TIMESTAMP";
          case "rfc822" -> "RFC_822";
          default -> throw new IllegalArgumentException("unknown timestamp format " + format);
        };
    return SHAPE + "TimestampFormat." + constant;
  }

  private static String values(ObjectNode shape) {
    StringJoiner values = new StringJoiner(", ", "java.util.List.of(", ")");
    shape.path("enum").forEach(value -> values.add(JavaNames.literal(value.asText())));
    return values.toString();
  }

  private static String range(ObjectNode shape) {
    return SHAPE + "Range.of(" + bound(shape.path("min")) + ", " + bound(shape.path("max")) + ")";
  }

  private static String bound(JsonNode node) {
    return node.isMissingNode() ? "null" : node.asLong() + "L";
  }
}
