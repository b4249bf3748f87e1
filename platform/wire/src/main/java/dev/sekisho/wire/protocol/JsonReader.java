package dev.sekisho.wire.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sekisho.contract.Member;
import dev.sekisho.contract.Member.Location;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into records. Unknown members are passed over, null means absent, a name given twice
 * is an error; depth is bounded, size is bounded by the body's limit.
 */
final class JsonReader {

  private static final int DEPTH = 128;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH)
                  .maxNumberLength(400)
                  .maxNameLength(16_384)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * Fills the values of the body's members; an empty body is an empty structure.
   *
   * @param values one place per member of the shape
   * @throws MalformedRequest when the body is not JSON or not of the shape
   */
  static void read(byte[] body, StructureShape<?> shape, @Nullable Object[] values) {
    if (body.length == 0) {
      return;
    }
    try (JsonParser parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedRequest("The request body is not a JSON object");
      }
      members(parser, shape, values);
      if (parser.nextToken() != null) {
        throw new MalformedRequest("The request body goes on after its end");
      }
    } catch (StreamConstraintsException tooMuch) {
      throw new MalformedRequest("The request body is nested too deep or holds too long a value");
    } catch (JsonParseException notJson) {
      throw new MalformedRequest("The request body is not valid JSON");
    } catch (IOException unreadable) {
      throw new MalformedRequest("The request body is not valid UTF-8 JSON");
    }
  }

  private static void members(JsonParser parser, StructureShape<?> shape, @Nullable Object[] values)
      throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      int index = shape.indexOf(name);
      if (index < 0 || shape.members().get(index).location() != Location.BODY) {
        parser.skipChildren();
      } else if (token != JsonToken.VALUE_NULL) {
        Member member = shape.members().get(index);
        values[index] = value(parser, member.shape());
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new MalformedRequest("The request body is cut short");
    }
  }

  private static Object value(JsonParser parser, Shape shape) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (shape) {
      case Shape.StringShape _ -> {
        expect(token == JsonToken.VALUE_STRING, token, "a String");
        yield parser.getText();
      }
      case Shape.BooleanShape _ -> {
        expect(token.isBoolean(), token, "a Boolean");
        yield parser.getBooleanValue();
      }
      case Shape.IntegerShape _ -> {
        expect(token.isNumeric(), token, "an Integer");
        yield Math.toIntExact(whole(parser));
      }
      case Shape.LongShape _ -> {
        expect(token.isNumeric(), token, "a Long");
        yield whole(parser);
      }
      case Shape.FloatShape _ -> {
        expect(token.isNumeric(), token, "a Float");
        yield parser.getFloatValue();
      }
      case Shape.DoubleShape _ -> {
        expect(token.isNumeric(), token, "a Double");
        yield parser.getDoubleValue();
      }
      case Shape.TimestampShape _ -> timestamp(parser, token);
      case Shape.BlobShape _ -> {
        expect(token == JsonToken.VALUE_STRING, token, "a Blob");
        yield blob(parser.getText());
      }
      case Shape.ListShape list -> {
        expect(token == JsonToken.START_ARRAY, token, "a List");
        yield list(parser, list);
      }
      case Shape.MapShape map -> {
        expect(token == JsonToken.START_OBJECT, token, "a Map");
        yield map(parser, map);
      }
      case StructureShape<?> structure -> {
        expect(token == JsonToken.START_OBJECT, token, "a Structure");
        yield structure(parser, structure);
      }
    };
  }

  private static <T extends Structure> T structure(JsonParser parser, StructureShape<T> shape)
      throws IOException {
    @Nullable Object[] values = new @Nullable Object[shape.members().size()];
    members(parser, shape, values);
    return shape.make(values);
  }

  private static List<Object> list(JsonParser parser, Shape.ListShape shape) throws IOException {
    Shape element = shape.element().get();
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      values.add(value(parser, element));
    }
    return values;
  }

  private static Map<String, Object> map(JsonParser parser, Shape.MapShape shape)
      throws IOException {
    Shape element = shape.value().get();
    Map<String, Object> values = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        values.put(name, value(parser, element));
      }
    }
    return values;
  }

  private static Instant timestamp(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_STRING) {
      return Timestamps.read(parser.getText());
    }
    expect(token.isNumeric(), token, "a Timestamp");
    return Timestamps.read(parser.getText());
  }

  private static long whole(JsonParser parser) throws IOException {
    try {
      // A fraction or a huge exponent must not be cut to some other number.
      double asDouble = parser.getDoubleValue();
      if (asDouble != Math.rint(asDouble) || Math.abs(asDouble) > 9.3e18) {
        throw new MalformedRequest("NUMBER_VALUE can not be converted to an Integer");
      }
      return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
          ? parser.getLongValue()
          : (long) asDouble;
    } catch (JsonParseException
        | com.fasterxml.jackson.core.exc.InputCoercionException outOfRange) {
      throw new MalformedRequest("NUMBER_VALUE can not be converted to an Integer");
    }
  }

  private static Blob blob(String text) {
    try {
      return Blob.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException notBase64) {
      throw new MalformedRequest("A blob is not valid base64");
    }
  }

  private static void expect(boolean fits, JsonToken token, String wanted) {
    if (!fits) {
      String found =
          switch (token) {
            case VALUE_STRING -> "STRING_VALUE";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER_VALUE";
            case VALUE_TRUE -> "TRUE_VALUE";
            case VALUE_FALSE -> "FALSE_VALUE";
            case START_ARRAY -> "Start of list";
            case START_OBJECT -> "Start of structure or map";
            default -> "A value";
          };
      throw new MalformedRequest(
          found.startsWith("Start")
              ? found + " found where not expected."
              : found + " can not be converted to " + wanted);
    }
  }
}
