package dev.sekisho.wire.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Writes records as JSON; absent members are left out. */
final class JsonWriter {

  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  /** Something that writes to a generator. */
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** The members of a structure that travel in the body. */
  static byte[] write(Structure value) {
    return write(json -> structure(json, value));
  }

  static byte[] write(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      content.writeTo(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  static void structure(JsonGenerator json, Structure value) throws IOException {
    json.writeStartObject();
    List<Member> members = value.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object each = value.get(i);
      if (each != null && RestWriter.inBody(member)) {
        json.writeFieldName(member.wireName());
        value(json, member.shape(), each, member.timestampFormat());
      }
    }
    json.writeEndObject();
  }

  private static void value(
      JsonGenerator json,
      Shape shape,
      Object value,
      @org.jspecify.annotations.Nullable TimestampFormat format)
      throws IOException {
    switch (value) {
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean bool -> json.writeBoolean(bool);
      case Float number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case Instant time -> timestamp(json, shape, time, format);
      case Blob blob -> json.writeBinary(blob.bytes());
      case Structure structure -> structure(json, structure);
      case List<?> list -> {
        json.writeStartArray();
        if (shape instanceof Shape.ListShape listShape) {
          Shape element = listShape.element().get();
          for (Object each : list) {
            value(json, element, each, null);
          }
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        if (shape instanceof Shape.MapShape mapShape) {
          Shape element = mapShape.value().get();
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName((String) entry.getKey());
            value(json, element, entry.getValue(), null);
          }
        }
        json.writeEndObject();
      }
      default -> throw new IllegalStateException("not a value of a shape: " + value.getClass());
    }
  }

  private static void timestamp(
      JsonGenerator json,
      Shape shape,
      Instant time,
      @org.jspecify.annotations.Nullable TimestampFormat member)
      throws IOException {
    TimestampFormat format = Scalars.formatOf(shape, member, TimestampFormat.UNIX_TIMESTAMP);
    if (format == TimestampFormat.UNIX_TIMESTAMP) {
      json.writeNumber(Timestamps.seconds(time));
    } else {
      json.writeString(Timestamps.write(time, format));
    }
  }
}
