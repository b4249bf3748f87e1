package dev.sekisho.wire.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A REST operation's address, for example {@code /policy/validation} or {@code
 * /{Bucket}/{Key+}?acl}.
 *
 * <p>Matching works on the raw path, segment by segment, so that an encoded slash stays part of its
 * label.
 */
final class UriTemplate implements Comparable<UriTemplate> {

  private final List<String> segments;
  private final List<String> constants;

  UriTemplate(String template) {
    int mark = template.indexOf('?');
    String path = mark < 0 ? template : template.substring(0, mark);
    segments = segments(path);
    constants = mark < 0 ? List.of() : List.of(template.substring(mark + 1).split("&", -1));
  }

  private static List<String> segments(String path) {
    List<String> found = new ArrayList<>(List.of(path.split("/", -1)));
    found.removeFirst();
    if (!found.isEmpty() && found.getLast().isEmpty()) {
      found.removeLast();
    }
    return found;
  }

  /**
   * A request's address, taken apart once for all templates.
   *
   * @param segments of the path, still percent-encoded
   * @param slash whether the path ends with one
   * @param parameters of the query, each as sent; a name alone stands for itself with any value
   */
  record Address(List<String> segments, boolean slash, Set<String> parameters) {

    static Address of(String path, String query) {
      Set<String> parameters = new HashSet<>();
      if (!query.isEmpty()) {
        for (String parameter : query.split("&", -1)) {
          int equals = parameter.indexOf('=');
          parameters.add(parameter);
          parameters.add(equals < 0 ? parameter : parameter.substring(0, equals));
        }
      }
      return new Address(UriTemplate.segments(path), path.endsWith("/"), parameters);
    }
  }

  /** What the labels matched, still percent-encoded, or null when the address is another. */
  @Nullable Map<String, String> match(Address address) {
    List<String> given = address.segments();
    if (!address.parameters().containsAll(constants)) {
      return null;
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (segment.endsWith("+}")) {
        if (i >= given.size()) {
          return null;
        }
        String rest = String.join("/", given.subList(i, given.size()));
        labels.put(segment.substring(1, segment.length() - 2), address.slash() ? rest + "/" : rest);
        return labels;
      }
      if (i >= given.size()) {
        return null;
      }
      if (segment.startsWith("{")) {
        if (given.get(i).isEmpty()) {
          return null;
        }
        labels.put(segment.substring(1, segment.length() - 1), given.get(i));
      } else if (!segment.equals(given.get(i))) {
        return null;
      }
    }
    return given.size() == segments.size() ? labels : null;
  }

  /**
   * The more particular template first: more constants, then more literal segments, then one whose
   * last label takes one segment only.
   */
  @Override
  public int compareTo(UriTemplate other) {
    int byConstants = Integer.compare(other.constants.size(), constants.size());
    if (byConstants != 0) {
      return byConstants;
    }
    int byLiterals = Long.compare(other.literals(), literals());
    return byLiterals != 0 ? byLiterals : Boolean.compare(isGreedy(), other.isGreedy());
  }

  private boolean isGreedy() {
    return !segments.isEmpty() && segments.getLast().endsWith("+}");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UriTemplate that
        && segments.equals(that.segments)
        && constants.equals(that.constants);
  }

  @Override
  public int hashCode() {
    return segments.hashCode() * 31 + constants.hashCode();
  }

  private long literals() {
    return segments.stream().filter(segment -> !segment.startsWith("{")).count();
  }
}
