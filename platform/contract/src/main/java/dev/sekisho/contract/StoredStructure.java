package dev.sekisho.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a structure of the contract as JSON by its members' names, and reads it back. */
public final class StoredStructure {

  private static final JsonFactory JSON = new JsonFactory();

  private StoredStructure() {}

  /** The JSON of a structure that holds no blobs, maps or fractions. */
  public static String write(Structure structure) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, structure);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Structure structure -> {
        json.writeStartObject();
        List<Member> members = structure.shape().members();
        for (int i = 0; i < members.size(); i++) {
          Object member = structure.get(i);
          if (member != null) {
            json.writeFieldName(members.get(i).name());
            write(json, member);
          }
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case String text -> json.writeString(text);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Instant instant -> json.writeNumber(instant.toEpochMilli());
      default -> throw new IllegalArgumentException("not kept: " + value.getClass());
    }
  }

  /** Reads back what {@link #write} made. */
  public static <T extends Structure> T read(StructureShape<T> shape, String text) {
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      return structure(json, shape);
    } catch (IOException altered) {
      throw new UncheckedIOException("what was kept of " + shape.name() + " is damaged", altered);
    }
  }

  private static <T extends Structure> T structure(JsonParser json, StructureShape<T> shape)
      throws IOException {
    List<Member> members = shape.members();
    @Nullable Object[] values = new @Nullable Object[members.size()];
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      int index = 0;
      while (!members.get(index).name().equals(name)) {
        index++;
      }
      values[index] = value(json, members.get(index).shape());
    }
    return shape.make(values);
  }

  private static Object value(JsonParser json, Shape shape) throws IOException {
    return switch (shape) {
      case StructureShape<?> structure -> structure(json, structure);
      case Shape.ListShape list -> {
        List<Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(json, list.element().get()));
        }
        yield List.copyOf(elements);
      }
      case Shape.StringShape _ -> json.getText();
      case Shape.IntegerShape _ -> json.getIntValue();
      case Shape.LongShape _ -> json.getLongValue();
      case Shape.BooleanShape _ -> json.getBooleanValue();
      case Shape.TimestampShape _ -> Instant.ofEpochMilli(json.getLongValue());
      case Shape.FloatShape _, Shape.DoubleShape _, Shape.BlobShape _, Shape.MapShape _ ->
          throw new IllegalArgumentException("not kept: " + shape.name());
    };
  }
}
