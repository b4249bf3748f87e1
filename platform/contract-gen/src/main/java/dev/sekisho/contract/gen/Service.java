package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A service to generate: its model and the operations that are served.
 *
 * @param id the SDK's module name
 * @param prefix what the generated classes' names begin with
 */
record Service(String id, String prefix, ObjectNode model, Families families) {

  /** The operations that are served, in the order of their names. */
  List<String> served() {
    return families.operations();
  }

  String packageName() {
    return "dev.sekisho.contract." + id;
  }

  JsonNode metadata() {
    return model.get("metadata");
  }

  ObjectNode operation(String name) {
    JsonNode operation = model.get("operations").get(name);
    if (operation == null) {
      throw new IllegalArgumentException(id + " has no operation " + name);
    }
    return (ObjectNode) operation;
  }

  ObjectNode shape(String name) {
    JsonNode shape = model.get("shapes").get(name);
    if (shape == null) {
      throw new IllegalArgumentException(id + " has no shape " + name);
    }
    return (ObjectNode) shape;
  }

  /** Operations of the model that are not served, in the order of their names. */
  NavigableSet<String> unserved() {
    NavigableSet<String> names = new TreeSet<>();
    for (Iterator<String> all = model.get("operations").fieldNames(); all.hasNext(); ) {
      names.add(all.next());
    }
    served().forEach(names::remove);
    return names;
  }

  /** Gives operations without input or output an empty structure, as the model's clients do. */
  void completeStructures() {
    for (String name : served()) {
      ObjectNode operation = operation(name);
      for (String side : List.of("input", "output")) {
        if (!operation.has(side)) {
          String shape = name + (side.equals("input") ? "Request" : "Response");
          ObjectNode shapes = (ObjectNode) model.get("shapes");
          if (!shapes.has(shape)) {
            shapes.putObject(shape).put("type", "structure").putObject("members");
          }
          operation.putObject(side).put("shape", shape);
        }
      }
    }
  }

  /** The shapes that the served operations reach, in the order of their names. */
  NavigableSet<String> closure() {
    NavigableSet<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    for (String name : served()) {
      open.add(operation(name).get("input").get("shape").asText());
      open.add(operation(name).get("output").get("shape").asText());
    }
    while (!open.isEmpty()) {
      String name = open.poll();
      if (reached.add(name)) {
        ObjectNode shape = shape(name);
        shape.path("members").forEach(member -> open.add(member.get("shape").asText()));
        for (String part : List.of("member", "key", "value")) {
          if (shape.has(part)) {
            open.add(shape.get(part).get("shape").asText());
          }
        }
      }
    }
    return reached;
  }
}
