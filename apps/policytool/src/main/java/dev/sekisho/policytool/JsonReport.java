package dev.sekisho.policytool;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.Location;
import dev.sekisho.policy.check.PathElement;
import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.PolicyTarget;
import dev.sekisho.policy.check.Position;
import java.io.IOException;
import java.util.List;

/** For programs: findings in the shape of Access Analyzer's answers, by file. */
record JsonReport(FindingLanguage language) implements Report {

  @Override
  public String write(List<CheckedFile> files) {
    return JsonText.of(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("files");
      for (CheckedFile file : files) {
        file(json, file);
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private void file(JsonGenerator json, CheckedFile file) throws IOException {
    json.writeStartObject();
    json.writeStringField("file", file.file().name());
    json.writeStringField("policyType", file.target().kind().name());
    PolicyTarget.ResourceType type = file.target().resourceType();
    if (type != null) {
      json.writeStringField("validatePolicyResourceType", type.typeName());
    }
    json.writeArrayFieldStart("findings");
    for (PolicyFinding finding : file.findings()) {
      json.writeStartObject();
      json.writeStringField("findingType", finding.type().name());
      json.writeStringField("issueCode", finding.issue().name());
      json.writeStringField("findingDetails", finding.details(language));
      json.writeStringField("learnMoreLink", finding.issue().learnMoreLink());
      json.writeArrayFieldStart("locations");
      for (Location location : finding.locations()) {
        location(json, location);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void location(JsonGenerator json, Location location) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("path");
    for (PathElement element : location.path()) {
      json.writeStartObject();
      switch (element) {
        case PathElement.Key key -> json.writeStringField("key", key.name());
        case PathElement.Value value -> json.writeStringField("value", value.name());
        case PathElement.Index index -> json.writeNumberField("index", index.index());
        case PathElement.Substring part -> {
          json.writeObjectFieldStart("substring");
          json.writeNumberField("start", part.start());
          json.writeNumberField("length", part.length());
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeObjectFieldStart("span");
    position(json, "start", location.span().start());
    position(json, "end", location.span().end());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void position(JsonGenerator json, String name, Position position)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("line", position.line());
    json.writeNumberField("column", position.column());
    json.writeNumberField("offset", position.offset());
    json.writeEndObject();
  }
}
