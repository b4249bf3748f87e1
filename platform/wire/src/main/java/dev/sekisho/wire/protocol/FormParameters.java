package dev.sekisho.wire.protocol;

import dev.sekisho.core.Blob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** The name-value pairs of a form body or query string, each name once. */
public final class FormParameters {

  private static final int MAX_PARAMETERS = 100_000;

  private FormParameters() {}

  /**
   * Reads {@code application/x-www-form-urlencoded}.
   *
   * @throws MalformedRequest when an escape is broken, the text is not UTF-8, or a name is given
   *     twice
   */
  public static Map<String, String> parse(Blob form) {
    Map<String, String> parameters = new TreeMap<>();
    byte[] bytes = form.bytes();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '&') {
        if (i > start) {
          add(parameters, bytes, start, i);
        }
        start = i + 1;
      }
    }
    return parameters;
  }

  private static void add(Map<String, String> parameters, byte[] bytes, int from, int to) {
    int equals = from;
    while (equals < to && bytes[equals] != '=') {
      equals++;
    }
    String name = decode(bytes, from, equals);
    String value = equals == to ? "" : decode(bytes, equals + 1, to);
    if (parameters.size() == MAX_PARAMETERS || parameters.put(name, value) != null) {
      throw new MalformedRequest("A parameter is given twice, or there are too many");
    }
  }

  private static String decode(byte[] bytes, int from, int to) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      byte each = bytes[i];
      if (each == '+') {
        decoded.write(' ');
      } else if (each == '%') {
        if (i + 2 >= to
            || !HexFormat.isHexDigit(bytes[i + 1])
            || !HexFormat.isHexDigit(bytes[i + 2])) {
          throw new MalformedRequest("A percent-escape in the parameters is broken");
        }
        decoded.write(
            HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
        i += 2;
      } else {
        decoded.write(each);
      }
    }
    try {
      return Utf8.decode(decoded.toByteArray());
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedRequest("The parameters are not valid UTF-8");
    }
  }
}
