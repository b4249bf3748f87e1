package dev.sekisho.cloudtrail;

import static dev.sekisho.cloudtrail.BasicSelection.orEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sekisho.contract.cloudtrail.AdvancedEventSelector;
import dev.sekisho.contract.cloudtrail.AdvancedFieldSelector;
import dev.sekisho.contract.cloudtrail.DataResource;
import dev.sekisho.contract.cloudtrail.EventSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A trail's selectors in one column, as JSON. */
final class SelectorColumn {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SelectorColumn() {}

  static String write(Selectors selectors) {
    ObjectNode column = JSON.createObjectNode();
    switch (selectors) {
      case Selectors.Basic basic -> {
        ArrayNode list = column.putArray("basic");
        basic.selectors().forEach(each -> write(list.addObject(), each));
      }
      case Selectors.Advanced advanced -> {
        ArrayNode list = column.putArray("advanced");
        advanced.selectors().forEach(each -> write(list.addObject(), each));
      }
    }
    return column.toString();
  }

  private static void write(ObjectNode json, EventSelector selector) {
    json.put("type", selector.readWriteType());
    json.put("management", selector.includeManagementEvents());
    texts(json, "excluded", selector.excludeManagementEventSources());
    ArrayNode resources = json.putArray("resources");
    for (DataResource resource : orEmpty(selector.dataResources())) {
      texts(resources.addObject().put("type", resource.type()), "values", resource.values());
    }
  }

  private static void write(ObjectNode json, AdvancedEventSelector selector) {
    if (selector.name() != null) {
      json.put("name", selector.name());
    }
    ArrayNode fields = json.putArray("fields");
    for (AdvancedFieldSelector field : selector.fieldSelectors()) {
      ObjectNode each = fields.addObject().put("field", field.field());
      texts(each, "equals", field.equals());
      texts(each, "startsWith", field.startsWith());
      texts(each, "endsWith", field.endsWith());
      texts(each, "notEquals", field.notEquals());
      texts(each, "notStartsWith", field.notStartsWith());
      texts(each, "notEndsWith", field.notEndsWith());
    }
  }

  private static void texts(ObjectNode json, String name, @Nullable List<String> texts) {
    if (texts != null) {
      ArrayNode list = json.putArray(name);
      texts.forEach(list::add);
    }
  }

  static Selectors read(String column) {
    JsonNode json;
    try {
      json = JSON.readTree(column);
    } catch (IOException impossible) {
      throw new UncheckedIOException("selectors of ours are not JSON", impossible);
    }
    if (json.has("basic")) {
      List<EventSelector> basic = new ArrayList<>();
      json.get("basic").forEach(each -> basic.add(basic(each)));
      return new Selectors.Basic(basic);
    }
    List<AdvancedEventSelector> advanced = new ArrayList<>();
    json.get("advanced").forEach(each -> advanced.add(advanced(each)));
    return new Selectors.Advanced(advanced);
  }

  private static EventSelector basic(JsonNode json) {
    List<DataResource> resources = new ArrayList<>();
    for (JsonNode each : json.get("resources")) {
      resources.add(
          DataResource.builder()
              .type(each.get("type").asText())
              .values(texts(each, "values"))
              .build());
    }
    return EventSelector.builder()
        .readWriteType(json.get("type").asText())
        .includeManagementEvents(json.get("management").asBoolean())
        .dataResources(resources)
        .excludeManagementEventSources(texts(json, "excluded"))
        .build();
  }

  private static AdvancedEventSelector advanced(JsonNode json) {
    List<AdvancedFieldSelector> fields = new ArrayList<>();
    for (JsonNode each : json.get("fields")) {
      fields.add(
          AdvancedFieldSelector.builder()
              .field(each.get("field").asText())
              .equals(texts(each, "equals"))
              .startsWith(texts(each, "startsWith"))
              .endsWith(texts(each, "endsWith"))
              .notEquals(texts(each, "notEquals"))
              .notStartsWith(texts(each, "notStartsWith"))
              .notEndsWith(texts(each, "notEndsWith"))
              .build());
    }
    return AdvancedEventSelector.builder()
        .name(json.has("name") ? json.get("name").asText() : null)
        .fieldSelectors(fields)
        .build();
  }

  private static @Nullable List<String> texts(JsonNode json, String name) {
    if (!json.has(name)) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    json.get(name).forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
