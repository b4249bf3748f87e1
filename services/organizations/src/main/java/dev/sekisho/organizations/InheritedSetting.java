package dev.sekisho.organizations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One setting of an effective policy while it is being merged, with those below it.
 *
 * <p>INVARIANT: what a level forbids to those below it, no later level can do or allow again.
 */
final class InheritedSetting {

  private static final Set<String> ALL =
      Set.of(InheritedDocument.ASSIGN, InheritedDocument.APPEND, InheritedDocument.REMOVE);

  private final Map<String, InheritedSetting> below = new TreeMap<>();
  private final List<JsonNode> values = new ArrayList<>();
  private boolean list;
  private Set<String> allowed;
  private Set<String> allowedNext;

  InheritedSetting() {
    this(ALL, ALL);
  }

  private InheritedSetting(Set<String> allowed, Set<String> allowedNext) {
    this.allowed = allowed;
    this.allowedNext = allowedNext;
  }

  /** Takes in one document, or the part of one that is about this setting. */
  void apply(JsonNode document) {
    JsonNode permissions = document.get(InheritedDocument.ALLOWED);
    if (permissions != null) {
      limit(permissions(permissions));
    }
    operate(InheritedDocument.ASSIGN, document.get(InheritedDocument.ASSIGN));
    operate(InheritedDocument.APPEND, document.get(InheritedDocument.APPEND));
    operate(InheritedDocument.REMOVE, document.get(InheritedDocument.REMOVE));
    for (Map.Entry<String, JsonNode> each : document.properties()) {
      if (!each.getKey().startsWith("@@")) {
        below
            .computeIfAbsent(
                each.getKey().toLowerCase(Locale.ROOT),
                _ -> new InheritedSetting(allowed, allowedNext))
            .apply(each.getValue());
      }
    }
  }

  /** What was forbidden so far holds from now on. */
  void endLevel() {
    allowed = allowedNext;
    below.values().forEach(InheritedSetting::endLevel);
  }

  private void limit(Set<String> to) {
    Set<String> left = new HashSet<>(allowedNext);
    left.retainAll(to);
    allowedNext = Set.copyOf(left);
    below.values().forEach(setting -> setting.limit(to));
  }

  private static Set<String> permissions(JsonNode node) {
    Set<String> permissions = new HashSet<>();
    for (JsonNode each : node) {
      switch (each.asText()) {
        case "@@all" -> permissions.addAll(ALL);
        case "@@none" -> {}
        default -> permissions.add(each.asText());
      }
    }
    return permissions;
  }

  private void operate(String operator, @Nullable JsonNode operand) {
    if (operand == null || !allowed.contains(operator)) {
      return;
    }
    List<JsonNode> given = new ArrayList<>();
    if (operand.isArray()) {
      operand.forEach(given::add);
    } else {
      given.add(operand);
    }
    switch (operator) {
      case InheritedDocument.ASSIGN -> {
        values.clear();
        values.addAll(given);
        list = operand.isArray();
      }
      case InheritedDocument.APPEND -> {
        given.stream().filter(value -> !values.contains(value)).forEach(values::add);
        list = true;
      }
      default -> values.removeAll(given);
    }
  }

  /** As the effective policy has it; nothing when there is nothing left. */
  Optional<JsonNode> json() {
    if (!values.isEmpty()) {
      if (!list && values.size() == 1) {
        return Optional.of(values.getFirst());
      }
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      values.forEach(array::add);
      return Optional.of(array);
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    below.forEach((name, setting) -> setting.json().ifPresent(value -> object.set(name, value)));
    return object.isEmpty() ? Optional.empty() : Optional.of(object);
  }
}
