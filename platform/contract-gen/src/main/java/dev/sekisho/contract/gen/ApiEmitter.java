package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.StringJoiner;

/** Writes a service's interface and its model. */
final class ApiEmitter {

  private final Service service;

  ApiEmitter(Service service) {
    this.service = service;
  }

  String emitInterface() {
    StringBuilder out = new StringBuilder();
    out.append("package ").append(service.packageName()).append(";\n\n");
    out.append("/** The operations of ").append(service.prefix()).append(" that are served. */\n");
    out.append(Emitter.GENERATED);
    List<String> families = service.families().names();
    if (families.isEmpty()) {
      out.append("public interface ").append(service.prefix()).append("Api {\n");
      methods(out, Families.NONE);
    } else {
      StringJoiner components = new StringJoiner(", ", "(", ") {\n");
      families.forEach(family -> components.add(family + " " + JavaNames.method(family)));
      out.append("public record ").append(service.prefix()).append("Api").append(components);
      for (String family : families) {
        out.append("\n  public interface ").append(family).append(" {\n");
        methods(out, family);
        out.append("  }\n");
      }
    }
    return out.append("}\n").toString();
  }

  private void methods(StringBuilder out, String family) {
    for (String name : service.families().operations(family)) {
      out.append("\n  dev.sekisho.core.Guarded<").append(type(name, "output")).append("> ");
      out.append(JavaNames.method(name)).append("(dev.sekisho.core.Call<");
      out.append(type(name, "input")).append("> call);\n");
    }
  }

  /** How an operation is called on the service's interface. */
  private String invocation(String api, String name) {
    String family = service.families().of(name);
    return family.equals(Families.NONE)
        ? api + "::" + JavaNames.method(name)
        : "(api, call) -> api."
            + JavaNames.method(family)
            + "()."
            + JavaNames.method(name)
            + "(call)";
  }

  private String type(String operation, String side) {
    return Types.of(service, service.operation(operation).get(side).get("shape").asText());
  }

  String emitModel() {
    String api = service.prefix() + "Api";
    JsonNode metadata = service.metadata();
    StringBuilder out = new StringBuilder();
    out.append("package ").append(service.packageName()).append(";\n\n");
    out.append("/** How ")
        .append(service.prefix())
        .append(" is addressed and what it serves. */\n");
    out.append(Emitter.GENERATED);
    out.append("public final class ").append(service.prefix()).append("Model {\n\n");
    out.append("  private ").append(service.prefix()).append("Model() {}\n\n");
    String endpointPrefix = metadata.get("endpointPrefix").asText();
    StringJoiner arguments = new StringJoiner(",\n          ");
    arguments.add(JavaNames.literal(service.id()));
    arguments.add(JavaNames.literal(metadata.path("signingName").asText(endpointPrefix)));
    arguments.add(JavaNames.literal(endpointPrefix));
    arguments.add(JavaNames.literal(metadata.get("apiVersion").asText()));
    arguments.add("dev.sekisho.contract.Protocol." + protocol(metadata));
    arguments.add(JavaNames.literalOrNull(metadata.path("targetPrefix")));
    arguments.add(JavaNames.literalOrNull(metadata.path("xmlNamespace")));
    arguments.add(JavaNames.literal(endpointPrefix + ".amazonaws.com"));
    arguments.add(String.valueOf(metadata.hasNonNull("globalEndpoint")));
    arguments.add("operations()");
    arguments.add("unserved()");
    out.append("  public static final dev.sekisho.contract.ServiceModel<").append(api);
    out.append("> SERVICE =\n      new dev.sekisho.contract.ServiceModel<>(\n          ");
    out.append(arguments).append(");\n\n");
    operations(out, api);
    unserved(out);
    return out.append("}\n").toString();
  }

  private static String protocol(JsonNode metadata) {
    return switch (metadata.get("protocol").asText()) {
      case "json" ->
          metadata.path("jsonVersion").asText().equals("1.0") ? "AWS_JSON_1_0" : "AWS_JSON_1_1";
      case "query" -> "QUERY";
      case "ec2" -> "EC2_QUERY";
      case "rest-json" -> "REST_JSON";
      case "rest-xml" -> "REST_XML";
      default -> throw new IllegalArgumentException("unknown protocol in " + metadata);
    };
  }

  private void operations(StringBuilder out, String api) {
    String entry = "dev.sekisho.contract.Operation<" + api + ", ?, ?>";
    out.append("  private static java.util.Map<String, ")
        .append(entry)
        .append("> operations() {\n");
    out.append("    java.util.Map<String, ").append(entry);
    out.append("> served = java.util.HashMap.newHashMap(").append(service.served().size());
    out.append(");\n");
    for (String name : service.served()) {
      ObjectNode operation = service.operation(name);
      out.append("    served.put(").append(JavaNames.literal(name));
      out.append(", new dev.sekisho.contract.Operation<>(");
      out.append(JavaNames.literal(name)).append(", ").append(binding(operation)).append(", ");
      out.append(type(name, "input")).append(".SHAPE, ");
      out.append(type(name, "output")).append(".SHAPE, ");
      out.append(JavaNames.literalOrNull(operation.path("output").path("resultWrapper")))
          .append(", ");
      out.append(operation.path("authtype").asText().equals("none")).append(", ");
      out.append(errors(operation)).append(", ");
      out.append(invocation(api, name)).append("));\n");
    }
    out.append("    return served;\n  }\n\n");
  }

  private String errors(ObjectNode operation) {
    StringJoiner errors = new StringJoiner(", ", "java.util.List.of(", ")");
    for (JsonNode error : operation.path("errors")) {
      String name = error.get("shape").asText();
      JsonNode trait = service.shape(name).path("error");
      errors.add(
          "new dev.sekisho.contract.ErrorShape("
              + JavaNames.literal(name)
              + ", "
              + JavaNames.literal(trait.path("code").asText(name))
              + ", "
              + trait
                  .path("httpStatusCode")
                  .asInt(service.shape(name).path("fault").asBoolean() ? 500 : 400)
              + ")");
    }
    return errors.toString();
  }

  private void unserved(StringBuilder out) {
    out.append(
        "  private static java.util.Map<String, dev.sekisho.contract.HttpBinding> unserved() {\n");
    out.append("    java.util.Map<String, dev.sekisho.contract.HttpBinding> unserved =\n");
    out.append("        java.util.HashMap.newHashMap(")
        .append(service.unserved().size())
        .append(");\n");
    for (String name : service.unserved()) {
      out.append("    unserved.put(").append(JavaNames.literal(name)).append(", ");
      out.append(binding(service.operation(name))).append(");\n");
    }
    out.append("    return unserved;\n  }\n");
  }

  private static String binding(ObjectNode operation) {
    JsonNode http = operation.get("http");
    return "new dev.sekisho.contract.HttpBinding("
        + JavaNames.literal(http.path("method").asText("POST"))
        + ", "
        + JavaNames.literal(http.path("requestUri").asText("/"))
        + ", "
        + http.path("responseCode").asInt(200)
        + ", "
        + JavaNames.literalOrNull(http.path("header"))
        + ")";
  }
}
