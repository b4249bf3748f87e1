package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.core.Blob;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Simple values as text, as forms, XML, headers and URIs carry them. */
final class Scalars {

  private static final int LONGEST_NUMBER = 64;

  private Scalars() {}

  /**
   * Reads a value of a simple shape.
   *
   * @throws MalformedRequest when the text is not of the shape
   */
  static Object read(Shape shape, String text) {
    try {
      return switch (shape) {
        case Shape.StringShape _ -> text;
        case Shape.IntegerShape _ -> Integer.valueOf(whole(text.strip()));
        case Shape.LongShape _ -> Long.valueOf(whole(text.strip()));
        case Shape.FloatShape _ -> Float.valueOf(decimal(text.strip()));
        case Shape.DoubleShape _ -> Double.valueOf(decimal(text.strip()));
        case Shape.BooleanShape _ -> bool(text.strip());
        case Shape.TimestampShape _ -> Timestamps.read(text.strip());
        case Shape.BlobShape _ -> Blob.of(Base64.getDecoder().decode(text.strip()));
        case Shape.ListShape _, Shape.MapShape _, dev.sekisho.contract.StructureShape<?> _ ->
            throw new MalformedRequest("Unexpected value for a structure, list or map");
      };
    } catch (NumberFormatException notANumber) {
      throw new MalformedRequest("A value is not a valid number");
    } catch (IllegalArgumentException notBase64) {
      throw new MalformedRequest("A value is not valid base64");
    }
  }

  /**
   * Writes a value of a simple shape.
   *
   * @param format for timestamps
   */
  static String write(Shape shape, Object value, TimestampFormat format) {
    return switch (value) {
      case Instant time -> Timestamps.write(time, formatOf(shape, null, format));
      case Blob blob -> blob.base64();
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
          Long.toString(number.longValue());
      default -> value.toString();
    };
  }

  /** The format that the member, else the shape, else the protocol asks for. */
  static TimestampFormat formatOf(
      Shape shape, @Nullable TimestampFormat member, TimestampFormat protocol) {
    if (member != null) {
      return member;
    }
    if (shape instanceof Shape.TimestampShape timestamp && timestamp.format() != null) {
      return timestamp.format();
    }
    return protocol;
  }

  private static Boolean bool(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> Boolean.TRUE;
      case "false", "False", "FALSE" -> Boolean.FALSE;
      default -> throw new MalformedRequest("A value is not a valid boolean");
    };
  }

  /** Java would also take a plus and the digits of any script. */
  private static String whole(String text) {
    return checked(text, "-");
  }

  /** Java would also take hexadecimal and the suffixes of its literals. */
  private static String decimal(String text) {
    return switch (text) {
      case "NaN", "Infinity", "-Infinity" -> text;
      default -> checked(text, "-+.eE");
    };
  }

  private static String checked(String text, String more) {
    boolean fits = text.length() <= LONGEST_NUMBER;
    for (int i = 0; fits && i < text.length(); i++) {
      char c = text.charAt(i);
      fits = (c >= '0' && c <= '9') || more.indexOf(c) >= 0;
    }
    if (!fits) {
      throw new NumberFormatException();
    }
    return text;
  }
}
