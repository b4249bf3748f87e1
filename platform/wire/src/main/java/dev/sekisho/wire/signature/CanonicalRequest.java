package dev.sekisho.wire.signature;

import dev.sekisho.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of a request that its signature covers, as the bytes that are hashed. */
final class CanonicalRequest {

  private CanonicalRequest() {}

  /**
   * @param canonicalPath see {@link CanonicalPath}
   * @param canonicalQuery see {@link QueryParameter#canonical}
   * @param signedHeaders lower-case names in the order the signature lists them
   * @param payloadHash hexadecimal SHA-256 of the body, or one of the agreed words
   */
  static byte[] of(
      String method,
      String canonicalPath,
      String canonicalQuery,
      Headers headers,
      List<String> signedHeaders,
      String payloadHash) {
    StringBuilder text = new StringBuilder(1_024);
    text.append(method).append('\n');
    text.append(canonicalPath).append('\n');
    text.append(canonicalQuery).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':');
      appendValues(text, headers, name);
      text.append('\n');
    }
    text.append('\n');
    for (int i = 0; i < signedHeaders.size(); i++) {
      text.append(i == 0 ? "" : ";").append(signedHeaders.get(i));
    }
    text.append('\n').append(payloadHash);
    // Paths and queries are ASCII here and header values hold one character for each byte sent.
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void appendValues(StringBuilder text, Headers headers, String name) {
    boolean begun = false;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equals(name)) {
        text.append(begun ? "," : "");
        appendCollapsed(text, headers.value(i));
        begun = true;
      }
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
