package dev.sekisho.policytool;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.policy.FindingType;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.Location;
import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.Span;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * For code hosts and editors: the Static Analysis Results Interchange Format.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
record SarifReport(FindingLanguage language) implements Report {

  @Override
  public String write(List<CheckedFile> files) {
    List<PolicyIssue> rules =
        files.stream()
            .flatMap(file -> file.findings().stream())
            .map(PolicyFinding::issue)
            .distinct()
            .toList();
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      json.writeObjectFieldStart("tool");
      json.writeObjectFieldStart("driver");
      json.writeStringField("name", "sekisho policy check");
      json.writeArrayFieldStart("rules");
      for (PolicyIssue rule : rules) {
        rule(json, rule);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
      json.writeStringField("columnKind", "utf16CodeUnits");
      json.writeArrayFieldStart("results");
      for (CheckedFile file : files) {
        for (PolicyFinding finding : file.findings()) {
          result(json, file, finding, rules.indexOf(finding.issue()));
        }
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void rule(JsonGenerator json, PolicyIssue rule) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rule.name());
    json.writeStringField("helpUri", rule.learnMoreLink());
    json.writeObjectFieldStart("defaultConfiguration");
    json.writeStringField("level", level(rule.type()));
    json.writeEndObject();
    json.writeObjectFieldStart("properties");
    json.writeArrayFieldStart("tags");
    json.writeString(rule.type().name());
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String level(FindingType type) {
    return switch (type) {
      case ERROR -> "error";
      case SECURITY_WARNING, WARNING -> "warning";
      case SUGGESTION -> "note";
    };
  }

  private void result(JsonGenerator json, CheckedFile file, PolicyFinding finding, int rule)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("ruleId", finding.issue().name());
    json.writeNumberField("ruleIndex", rule);
    json.writeStringField("level", level(finding.type()));
    json.writeObjectFieldStart("message");
    json.writeStringField("text", finding.details(language));
    json.writeEndObject();
    List<Location> locations = finding.locations();
    json.writeArrayFieldStart("locations");
    location(json, file, locations.getFirst());
    json.writeEndArray();
    if (locations.size() > 1) {
      json.writeArrayFieldStart("relatedLocations");
      for (Location other : locations.subList(1, locations.size())) {
        location(json, file, other);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** SARIF counts lines and columns from 1, and its end column is behind the last character. */
  private static void location(JsonGenerator json, CheckedFile file, Location location)
      throws IOException {
    Span span = location.span();
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(file.file().name()));
    json.writeEndObject();
    json.writeObjectFieldStart("region");
    json.writeNumberField("startLine", span.start().line());
    json.writeNumberField("startColumn", span.start().column() + 1);
    json.writeNumberField("endLine", span.end().line());
    json.writeNumberField("endColumn", span.end().column() + 1);
    json.writeNumberField("charOffset", span.start().offset());
    json.writeNumberField("charLength", span.end().offset() - span.start().offset());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  /** A relative name stays relative, so that the report fits wherever the files are checked out. */
  private static String uri(String name) {
    try {
      return new URI(null, null, name.replace('\\', '/'), null).toASCIIString();
    } catch (URISyntaxException notAPath) {
      return "unnamed";
    }
  }
}
