package dev.sekisho.s3;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map of texts as a JSON object, in which encryption contexts travel. */
final class TextMapJson {

  private static final JsonFactory JSON = new JsonFactory();

  private TextMapJson() {}

  static String write(Map<String, String> map) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, String> entry : map.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  /**
   * Reads an object whose values are all texts.
   *
   * @throws IllegalArgumentException when it is anything else
   */
  static Map<String, String> read(String text) {
    Map<String, String> map = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not an object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw new IllegalArgumentException("not a text: " + name);
        }
        map.put(name, json.getText());
      }
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("more than an object");
      }
    } catch (IOException malformed) {
      throw new IllegalArgumentException("not JSON", malformed);
    }
    return map;
  }
}
