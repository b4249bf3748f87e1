package dev.sekisho.wire.signature;

import dev.sekisho.wire.Headers;
import java.util.List;

/** The text of a request that its signature covers. */
final class CanonicalRequest {

  private CanonicalRequest() {}

  /**
   * @param canonicalPath see {@link CanonicalPath}
   * @param canonicalQuery see {@link QueryParameter#canonicalQueries}
   * @param signedHeaders lower-case names in the order the signature lists them
   * @param payloadHash hexadecimal SHA-256 of the body, or one of the agreed words
   */
  static String of(
      String method,
      String canonicalPath,
      String canonicalQuery,
      Headers headers,
      List<String> signedHeaders,
      String payloadHash) {
    StringBuilder text = new StringBuilder(512);
    text.append(method).append('\n');
    text.append(canonicalPath).append('\n');
    text.append(canonicalQuery).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':');
      appendValues(text, headers.all(name));
      text.append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
    return text.toString();
  }

  private static void appendValues(StringBuilder text, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      appendCollapsed(text, values.get(i));
    }
  }

  /** Trims the value and makes each run of blanks one blank. */
  private static void appendCollapsed(StringBuilder text, String value) {
    boolean blank = false;
    boolean begun = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        blank = true;
      } else {
        if (blank && begun) {
          text.append(' ');
        }
        blank = false;
        begun = true;
        text.append(c);
      }
    }
  }
}
