package dev.sekisho.wire.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/**
 * One parameter of a query string, in canonical encoding.
 *
 * <p>Parameters sort by encoded name, then by encoded value, by code point.
 */
record QueryParameter(String name, String value) implements Comparable<QueryParameter> {

  private static final Comparator<QueryParameter> ORDER =
      Comparator.comparing(QueryParameter::name).thenComparing(QueryParameter::value);

  /** The parameters of a raw query string in the order sent. */
  static List<QueryParameter> parse(String query) {
    List<QueryParameter> parameters = new ArrayList<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      parameters.add(new QueryParameter(canonical(name), canonical(value)));
    }
    return parameters;
  }

  private static String canonical(String text) {
    return UriEncoding.encode(UriEncoding.decode(text), false);
  }

  /**
   * The canonical query strings a client may have signed, each less the signature itself: with the
   * session token and, where one is there, without, for it may be added after signing.
   */
  static List<String> canonicalQueries(List<QueryParameter> parameters) {
    if (parameters.isEmpty()) {
      return List.of("");
    }
    List<QueryParameter> signed = without("X-Amz-Signature", parameters);
    List<QueryParameter> withoutToken = without("X-Amz-Security-Token", signed);
    return signed.size() == withoutToken.size()
        ? List.of(joined(signed))
        : List.of(joined(signed), joined(withoutToken));
  }

  private static List<QueryParameter> without(String name, List<QueryParameter> parameters) {
    return parameters.stream().filter(parameter -> !parameter.name().equals(name)).toList();
  }

  private static String joined(List<QueryParameter> parameters) {
    StringJoiner joined = new StringJoiner("&");
    parameters.stream()
        .sorted()
        .forEach(parameter -> joined.add(parameter.name() + '=' + parameter.value()));
    return joined.toString();
  }

  String decoded() {
    return UriEncoding.decode(value);
  }

  @Override
  public int compareTo(QueryParameter other) {
    return ORDER.compare(this, other);
  }
}
