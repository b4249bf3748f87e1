package dev.sekisho.wire.signature;

import dev.sekisho.core.Blob;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request as a text file holds it: request line, header lines with obsolete folding, body. */
record RawRequest(
    String method,
    String path,
    String query,
    List<Map.Entry<String, String>> headers,
    String body) {

  static RawRequest parse(String text) {
    int blank = text.indexOf("\n\n");
    String head = blank < 0 ? text : text.substring(0, blank);
    String body = blank < 0 ? "" : text.substring(blank + 2);
    String[] lines = head.split("\n");
    int methodEnd = lines[0].indexOf(' ');
    int versionStart = lines[0].lastIndexOf(' ');
    String target = lines[0].substring(methodEnd + 1, versionStart);
    int mark = target.indexOf('?');
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].startsWith(" ")) {
        Map.Entry<String, String> before = headers.removeLast();
        headers.add(Map.entry(before.getKey(), before.getValue() + " " + lines[i].strip()));
      } else if (!lines[i].isBlank()) {
        int colon = lines[i].indexOf(':');
        headers.add(Map.entry(lines[i].substring(0, colon), lines[i].substring(colon + 1)));
      }
    }
    return new RawRequest(
        lines[0].substring(0, methodEnd),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers,
        body);
  }

  RawRequest withMethod(String other) {
    return new RawRequest(other, path, query, headers, body);
  }

  RawRequest withPath(String other) {
    return new RawRequest(method, other, query, headers, body);
  }

  RawRequest withBody(String other) {
    return new RawRequest(method, path, query, headers, other);
  }

  WireRequest toWireRequest() {
    return new WireRequest(
        method,
        path,
        query,
        Headers.of(headers),
        Blob.of(body.getBytes(StandardCharsets.UTF_8)),
        "127.0.0.1",
        false);
  }

  /** One character for each byte, as the port hands header values on. */
  private static Map.Entry<String, String> asBytes(Map.Entry<String, String> field) {
    byte[] sent = field.getValue().getBytes(StandardCharsets.UTF_8);
    return Map.entry(field.getKey(), new String(sent, StandardCharsets.ISO_8859_1));
  }
}
