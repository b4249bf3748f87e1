package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Writes one structure shape as a record with its shape and a builder. */
final class StructureEmitter {

  /** A member as the record needs it. */
  private record Part(
      String member,
      String component,
      String type,
      boolean required,
      boolean sensitive,
      String description) {
    String declared() {
      return required ? type : Types.nullable(type);
    }
  }

  private final Service service;
  private final String name;
  private final ObjectNode shape;
  private final List<Part> parts = new ArrayList<>();

  StructureEmitter(Service service, String name) {
    this.service = service;
    this.name = name;
    this.shape = service.shape(name);
    Set<String> required = new HashSet<>();
    shape.path("required").forEach(each -> required.add(each.asText()));
    for (Map.Entry<String, JsonNode> member : shape.get("members").properties()) {
      String target = member.getValue().get("shape").asText();
      boolean sensitive =
          member.getValue().path("sensitive").asBoolean()
              || service.shape(target).path("sensitive").asBoolean();
      parts.add(
          new Part(
              member.getKey(),
              JavaNames.component(member.getKey()),
              Types.of(service, target),
              required.contains(member.getKey()),
              sensitive,
              member(member.getKey(), member.getValue(), required.contains(member.getKey()))));
    }
  }

  String emit() {
    String type = JavaNames.type(name);
    StringJoiner components = new StringJoiner(",\n    ");
    parts.forEach(part -> components.add(part.declared() + " " + part.component()));
    StringBuilder out = new StringBuilder();
    out.append("package ").append(service.packageName()).append(";\n\n");
    out.append("/** The structure {@code ").append(name).append("}. */\n");
    out.append(Emitter.GENERATED);
    out.append("public record ").append(type).append("(\n    ").append(components);
    out.append(")\n    implements dev.sekisho.contract.Structure {\n\n");
    shapeConstant(out, type);
    accessors(out);
    text(out, type);
    builder(out, type);
    return out.append("}\n").toString();
  }

  private void shapeConstant(StringBuilder out, String type) {
    StringJoiner members = new StringJoiner(",\n              ");
    parts.forEach(part -> members.add(part.description()));
    out.append("  public static final dev.sekisho.contract.StructureShape<").append(type);
    out.append("> SHAPE =\n      new dev.sekisho.contract.StructureShape<>(\n          ");
    out.append(JavaNames.literal(name)).append(",\n          java.util.List.of(");
    out.append(parts.isEmpty() ? "" : "\n              " + members).append("),\n          ");
    out.append(JavaNames.literalOrNull(shape.path("locationName"))).append(",\n          ");
    out.append(JavaNames.literalOrNull(shape.path("xmlNamespace").path("uri")));
    out.append(",\n          ").append(type).append("::make);\n\n");
    out.append("  @java.lang.SuppressWarnings({\"unchecked\", \"NullAway\"})\n");
    out.append("  private static ").append(type).append(" make(");
    out.append("@org.jspecify.annotations.Nullable Object[] values) {\n    return new ");
    StringJoiner arguments = new StringJoiner(",\n        ", "(", ")");
    for (int i = 0; i < parts.size(); i++) {
      arguments.add("(" + parts.get(i).type() + ") values[" + i + "]");
    }
    out.append(type).append(arguments).append(";\n  }\n\n");
  }

  private void accessors(StringBuilder out) {
    out.append("  @Override\n  public dev.sekisho.contract.StructureShape<?> shape() {\n");
    out.append("    return SHAPE;\n  }\n\n");
    out.append(
        "  @Override\n  public @org.jspecify.annotations.Nullable Object get(int index) {\n");
    if (parts.isEmpty()) {
      out.append("    throw new java.lang.IndexOutOfBoundsException(index);\n  }\n\n");
      return;
    }
    out.append("    return switch (index) {\n");
    for (int i = 0; i < parts.size(); i++) {
      out.append("      case ")
          .append(i)
          // A member of PathElement is called index, as the parameter is.
          .append(" -> this.")
          .append(parts.get(i).component())
          .append(";\n");
    }
    out.append(
        "      default -> throw new java.lang.IndexOutOfBoundsException(index);\n    };\n  }\n\n");
  }

  /** Sensitive values never reach a log by way of toString. */
  private void text(StringBuilder out, String type) {
    if (parts.stream().noneMatch(Part::sensitive)) {
      return;
    }
    StringJoiner shown = new StringJoiner("\n        + \", ");
    for (Part part : parts) {
      shown.add(
          part.component() + "=" + (part.sensitive() ? "hidden\"" : "\" + " + part.component()));
    }
    out.append("  @Override\n  public java.lang.String toString() {\n    return \"");
    out.append(type).append("[").append(shown).append("\n        + \"]\";\n  }\n\n");
  }

  private void builder(StringBuilder out, String type) {
    out.append("  public static Builder builder() {\n    return new Builder();\n  }\n\n");
    out.append("  /** Collects the members; those not given are absent. */\n");
    out.append("  @java.lang.SuppressWarnings(\"NullAway\")\n");
    out.append("  public static final class Builder {\n");
    for (Part part : parts) {
      out.append("    private ").append(Types.nullable(part.type())).append(' ');
      out.append(part.component()).append(";\n");
    }
    out.append("\n    private Builder() {}\n\n");
    for (Part part : parts) {
      out.append("    public Builder ").append(part.component()).append('(');
      out.append(Types.nullable(part.type()))
          .append(" given) {\n      this.")
          .append(part.component());
      out.append(" = given;\n      return this;\n    }\n\n");
    }
    StringJoiner arguments = new StringJoiner(", ");
    parts.forEach(part -> arguments.add(part.component()));
    out.append("    public ").append(type).append(" build() {\n      return new ").append(type);
    out.append('(').append(arguments).append(");\n    }\n  }\n");
  }

  /** The expression that describes a member to the codecs. */
  private String member(String memberName, JsonNode member, boolean required) {
    String target = member.get("shape").asText();
    StringBuilder out = new StringBuilder("dev.sekisho.contract.Member.of(");
    out.append(JavaNames.literal(memberName)).append(", ");
    out.append(ShapesEmitter.supplier(service, target)).append(')');
    if (member.hasNonNull("locationName")) {
      out.append(".wireName(")
          .append(JavaNames.literal(member.get("locationName").asText()))
          .append(')');
    }
    if (member.hasNonNull("queryName")) {
      out.append(".queryName(")
          .append(JavaNames.literal(member.get("queryName").asText()))
          .append(')');
    }
    String location =
        switch (member.path("location").asText()) {
          case "" -> "";
          case "header" -> "HEADER";
          case "headers" -> "HEADERS";
          case "uri" -> "URI";
          case "querystring" -> "QUERY_STRING";
          case "statusCode" -> "STATUS_CODE";
          default -> throw new IllegalArgumentException("unknown location of " + memberName);
        };
    if (!location.isEmpty()) {
      out.append(".in(dev.sekisho.contract.Member.Location.").append(location).append(')');
    }
    out.append(required ? ".required()" : "");
    out.append(memberName.equals(shape.path("payload").asText()) ? ".payload()" : "");
    out.append(member.path("idempotencyToken").asBoolean() ? ".idempotencyToken()" : "");
    out.append(member.path("xmlAttribute").asBoolean() ? ".xmlAttribute()" : "");
    out.append(member.path("flattened").asBoolean() ? ".flattened()" : "");
    out.append(member.path("sensitive").asBoolean() ? ".sensitive()" : "");
    if (member.hasNonNull("timestampFormat")) {
      out.append(".timestampFormat(");
      out.append(ShapesEmitter.timestampFormat(member.get("timestampFormat").asText())).append(')');
    }
    return out.append(".build()").toString();
  }
}
