package dev.sekisho.wire.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.contract.Member;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Content;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a call's input or output as an audit record holds it.
 *
 * <p>Names in lower camel case; what the contract calls sensitive, and all bytes, are left out.
 * INVARIANT: no value of a sensitive member and no blob reaches a record.
 */
final class AuditedValues {

  private static final int LONGEST_TEXT = 32_768;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM d, uuuu, h:mm:ss a", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private AuditedValues() {}

  static void write(JsonGenerator json, Structure value) throws IOException {
    json.writeStartObject();
    List<Member> members = value.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object each = value.get(i);
      if (each == null || each instanceof Content) {
        continue;
      }
      String name = member.name();
      json.writeFieldName(Character.toLowerCase(name.charAt(0)) + name.substring(1));
      if (member.sensitive()) {
        json.writeString("HIDDEN_DUE_TO_SECURITY_REASONS");
      } else {
        value(json, each);
      }
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Structure structure -> write(json, structure);
      case List<?> list -> {
        json.writeStartArray();
        for (Object each : list) {
          if (!(each instanceof Content)) {
            value(json, each);
          }
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!(entry.getValue() instanceof Content)) {
            json.writeFieldName(entry.getKey().toString());
            value(json, entry.getValue());
          }
        }
        json.writeEndObject();
      }
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Float number -> json.writeNumber(number);
      case Boolean bool -> json.writeBoolean(bool);
      case Instant time -> json.writeString(TIME.format(time));
      default -> {
        String text = value.toString();
        json.writeString(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT));
      }
    }
  }
}
