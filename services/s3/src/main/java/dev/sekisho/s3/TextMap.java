package dev.sekisho.s3;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A map of texts as one text, in the form in which tags also travel in headers. */
final class TextMap {

  private TextMap() {}

  static String write(Map<String, String> map) {
    return map.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + '=' + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  /**
   * Reads the text back; of a name given twice the first counts.
   *
   * @throws IllegalArgumentException when it is not of that form
   */
  static Map<String, String> read(String text) {
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      map.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return Collections.unmodifiableMap(map);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
