package dev.sekisho.wire.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One parameter of a query string, in canonical encoding.
 *
 * <p>Parameters sort by encoded name, then by encoded value, by code point.
 */
record QueryParameter(String name, String value) implements Comparable<QueryParameter> {

  private static final Comparator<QueryParameter> ORDER =
      Comparator.comparing(QueryParameter::name).thenComparing(QueryParameter::value);

  /**
   * The parameters of a raw query string in the order sent.
   *
   * @throws SignatureFailure when an escape is broken
   */
  static List<QueryParameter> parse(String query) {
    if (query.isEmpty()) {
      return List.of();
    }
    List<QueryParameter> parameters = new ArrayList<>();
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
    try {
      return UriEncoding.canonical(text, false);
    } catch (IllegalArgumentException broken) {
      throw new SignatureFailure(
          SignatureFailure.Kind.INCOMPLETE, "A percent-escape in the query is broken.");
    }
  }

  /**
   * The canonical query string, less the signature itself.
   *
   * @param withToken whether the session token counts: it may be added after signing
   */
  static String canonical(List<QueryParameter> parameters, boolean withToken) {
    if (parameters.isEmpty()) {
      return "";
    }
    List<QueryParameter> sorted = new ArrayList<>(parameters);
    sorted.sort(ORDER);
    StringBuilder joined = new StringBuilder(256);
    for (QueryParameter parameter : sorted) {
      boolean left =
          parameter.name().equals("X-Amz-Signature") || (!withToken && parameter.isToken());
      if (!left) {
        joined.append(joined.isEmpty() ? "" : "&");
        joined.append(parameter.name()).append('=').append(parameter.value());
      }
    }
    return joined.toString();
  }

  boolean isToken() {
    return name.equals("X-Amz-Security-Token");
  }

  /**
   * The value as text.
   *
   * @throws SignatureFailure when it is not UTF-8
   */
  String decoded() {
    try {
      return UriEncoding.decode(value);
    } catch (IllegalArgumentException notUtf8) {
      throw new SignatureFailure(
          SignatureFailure.Kind.INCOMPLETE,
          "The query-string parameter '" + name + "' is not valid UTF-8.");
    }
  }

  @Override
  public int compareTo(QueryParameter other) {
    return ORDER.compare(this, other);
  }
}
