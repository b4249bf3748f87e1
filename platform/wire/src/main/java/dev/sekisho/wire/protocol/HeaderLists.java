package dev.sekisho.wire.protocol;

import java.util.ArrayList;
import java.util.List;

/** Lists in one header: elements between commas, quoted where they hold a comma themselves. */
final class HeaderLists {

  private HeaderLists() {}

  /**
   * The elements of a header.
   *
   * @param dates whether each element is a date with one comma of its own
   */
  static List<String> split(String header, boolean dates) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    boolean quoted = false;
    boolean halfDate = dates;
    for (int i = 0; i < header.length(); i++) {
      char c = header.charAt(i);
      if (quoted && c == '\\' && i + 1 < header.length()) {
        element.append(header.charAt(++i));
      } else if (c == '"' && (quoted || element.toString().isBlank())) {
        quoted = !quoted;
      } else if (c == ',' && !quoted && !halfDate) {
        elements.add(element.toString().strip());
        element.setLength(0);
        halfDate = dates;
      } else {
        halfDate = halfDate && c != ',';
        element.append(c);
      }
    }
    elements.add(element.toString().strip());
    return elements;
  }

  /** One header of the elements. */
  static String join(List<String> elements) {
    return String.join(", ", elements.stream().map(HeaderLists::quoted).toList());
  }

  private static String quoted(String element) {
    return element.indexOf(',') < 0 && element.indexOf('"') < 0
        ? element
        : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
