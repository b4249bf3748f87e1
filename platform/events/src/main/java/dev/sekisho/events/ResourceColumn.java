package dev.sekisho.events;

import java.util.ArrayList;
import java.util.List;

/**
 * The resources of an event in one column: a line {@code type account arn} each, which a pattern
 * can search. Only an ARN, and only S3's, can hold a blank or a line break.
 */
final class ResourceColumn {

  private ResourceColumn() {}

  static String write(List<EventResource> resources) {
    if (resources.isEmpty()) {
      return "";
    }
    StringBuilder column = new StringBuilder("\n");
    for (EventResource resource : resources) {
      column.append(resource.type()).append(' ');
      column.append(resource.account()).append(' ');
      column.append(inLine(resource.arn())).append('\n');
    }
    return column.toString();
  }

  static List<EventResource> read(String column) {
    List<EventResource> resources = new ArrayList<>();
    for (String line : column.split("\n")) {
      String[] parts = line.split(" ", 3);
      if (parts.length == 3) {
        resources.add(new EventResource(outOfLine(parts[2]), parts[1], parts[0]));
      }
    }
    return resources;
  }

  /** A pattern for resources whose ARN is the name, or ends with it after a slash. */
  static String withName(String name) {
    return (name.startsWith("arn:") ? "% " : "%/") + escape(inLine(name)) + "\n%";
  }

  static String withType(String type) {
    return "%\n" + escape(type) + " %";
  }

  private static String inLine(String arn) {
    return arn.replace("%", "%25").replace("\n", "%0A");
  }

  private static String outOfLine(String arn) {
    return arn.replace("%0A", "\n").replace("%25", "%");
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }
}
