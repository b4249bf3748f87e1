package dev.sekisho.wire.protocol;

import static dev.sekisho.contract.Shape.TimestampFormat.UNIX_TIMESTAMP;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sekisho.contract.Member;
import dev.sekisho.contract.Member.Location;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
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
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
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

  private static final String LIST_NOT_EXPECTED = "Start of list found where not expected";
  private static final String STRUCTURE_NOT_EXPECTED =
      "Start of structure or map found where not expected.";

  private JsonReader() {}

  /**
   * Fills the values of the body's members.
   *
   * @param values one place per member of the shape
   * @throws MalformedRequest when the body is not JSON or not of the shape
   */
  static void read(byte[] body, StructureShape<?> shape, @Nullable Object[] values) {
    try (JsonParser parser = FACTORY.createParser(body)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        throw new MalformedRequest(LIST_NOT_EXPECTED);
      }
      if (first != JsonToken.START_OBJECT) {
        throw new MalformedRequest("");
      }
      members(parser, shape, values);
      if (parser.nextToken() != null) {
        throw new MalformedRequest("");
      }
    } catch (StreamConstraintsException tooMuch) {
      throw new MalformedRequest("The request body is nested too deep or holds too long a value");
    } catch (JsonParseException notJson) {
      // AWS says no more of a body that is not JSON; of a doubled name it has nothing to say.
      boolean doubled = String.valueOf(notJson.getOriginalMessage()).startsWith("Duplicate");
      throw new MalformedRequest(doubled ? "A name is given twice in one structure" : "");
    } catch (IOException unreadable) {
      throw new MalformedRequest("");
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
        values[index] = value(parser, member);
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw new MalformedRequest("");
    }
  }

  private static Object value(JsonParser parser, Member member) throws IOException {
    return member.shape() instanceof Shape.TimestampShape
        ? timestamp(
            parser, Scalars.formatOf(member.shape(), member.timestampFormat(), UNIX_TIMESTAMP))
        : value(parser, member.shape());
  }

  private static Object value(JsonParser parser, Shape shape) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (shape) {
      case Shape.StringShape _ -> {
        expect(token == JsonToken.VALUE_STRING, token, "a String");
        yield wellFormed(parser.getText());
      }
      case Shape.BooleanShape _ -> {
        expect(token.isBoolean(), token, "a Boolean");
        yield parser.getBooleanValue();
      }
      case Shape.IntegerShape _ -> {
        expect(token.isNumeric(), token, "an Integer");
        // AWS takes a number beyond the range for the nearest one and lets its constraint refuse
        // it.
        yield Math.clamp(whole(parser, "an Integer"), Integer.MIN_VALUE, Integer.MAX_VALUE);
      }
      case Shape.LongShape _ -> {
        expect(token.isNumeric(), token, "a Long");
        yield whole(parser, "a Long");
      }
      case Shape.FloatShape _ -> {
        expect(token.isNumeric() || isNoNumber(parser), token, "a Float");
        yield token.isNumeric() ? parser.getFloatValue() : Float.valueOf(parser.getText());
      }
      case Shape.DoubleShape _ -> {
        expect(token.isNumeric() || isNoNumber(parser), token, "a Double");
        yield token.isNumeric() ? parser.getDoubleValue() : Double.valueOf(parser.getText());
      }
      case Shape.TimestampShape _ ->
          timestamp(parser, Scalars.formatOf(shape, null, UNIX_TIMESTAMP));
      case Shape.BlobShape _ -> {
        expect(token == JsonToken.VALUE_STRING, token, "a Blob");
        yield blob(parser.getText());
      }
      case Shape.ListShape list -> {
        expectStart(JsonToken.START_ARRAY, token, "Expected list or null");
        yield list(parser, list);
      }
      case Shape.MapShape map -> {
        expectStart(JsonToken.START_OBJECT, token, "Expected map or null");
        yield map(parser, map);
      }
      case StructureShape<?> structure -> {
        expectStart(JsonToken.START_OBJECT, token, "Expected null");
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
        values.put(wellFormed(name), value(parser, element));
      }
    }
    return values;
  }

  private static Instant timestamp(JsonParser parser, TimestampFormat format) throws IOException {
    JsonToken token = parser.currentToken();
    boolean number = format == UNIX_TIMESTAMP;
    expect(
        number ? token.isNumeric() : token == JsonToken.VALUE_STRING,
        token,
        number ? "milliseconds since epoch" : "a Timestamp");
    return Timestamps.read(parser.getText());
  }

  /**
   * Half a surrogate pair can be escaped in JSON, but is no character and cannot be stored as one.
   */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          throw new MalformedRequest("");
        }
        i++;
      }
    }
    return text;
  }

  /** Whether the value is one of those that JSON has no number for. */
  private static boolean isNoNumber(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING
        && switch (parser.getText()) {
          case "NaN", "Infinity", "-Infinity" -> true;
          default -> false;
        };
  }

  /**
   * A fraction must not be cut to some other number; what is out of range is brought to its end.
   */
  private static long whole(JsonParser parser, String wanted) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return switch (parser.getNumberType()) {
        case INT, LONG -> parser.getLongValue();
        default -> parser.getText().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
      };
    }
    double value = parser.getDoubleValue();
    if (value != Math.rint(value)) {
      throw new MalformedRequest("DECIMAL_VALUE can not be converted to " + wanted);
    }
    return (long) value;
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
      throw new MalformedRequest(
          switch (token) {
            case START_ARRAY -> LIST_NOT_EXPECTED;
            case START_OBJECT -> STRUCTURE_NOT_EXPECTED;
            default -> name(token) + " can not be converted to " + wanted;
          });
    }
  }

  private static void expectStart(JsonToken wanted, JsonToken token, String otherwise) {
    if (token != wanted) {
      throw new MalformedRequest(
          switch (token) {
            case START_ARRAY -> LIST_NOT_EXPECTED;
            case START_OBJECT -> STRUCTURE_NOT_EXPECTED;
            default -> otherwise;
          });
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_NUMBER_INT -> "NUMBER_VALUE";
      case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      default -> "A value";
    };
  }
}
