package dev.sekisho.wire.signature;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding as signatures use it: RFC 3986's unreserved characters stay, all else goes. */
public final class UriEncoding {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriEncoding() {}

  /** Encodes every byte that is not unreserved; a slash stays when {@code keepSlash}. */
  public static String encode(String text, boolean keepSlash) {
    if (isPlain(text, keepSlash)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      append(encoded, each, keepSlash);
    }
    return encoded.toString();
  }

  /**
   * Brings text that is encoded already into the one canonical encoding, byte for byte.
   *
   * <p>INVARIANT: two texts get the same form only when they stand for the same bytes, and an
   * encoded slash never becomes a slash.
   *
   * @throws IllegalArgumentException when an escape is cut short or not hexadecimal
   */
  static String canonical(String text, boolean keepSlash) {
    if (isPlain(text, keepSlash)) {
      return text;
    }
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder(source.length + 16);
    for (int i = 0; i < source.length; i++) {
      if (source[i] == '%') {
        append(encoded, escaped(source, i), false);
        i += 2;
      } else {
        append(encoded, source[i], keepSlash);
      }
    }
    return encoded.toString();
  }

  /**
   * Decodes percent-escapes as UTF-8 and nothing else; a plus stays a plus.
   *
   * @throws IllegalArgumentException when an escape is cut short or not hexadecimal, or when the
   *     bytes are not UTF-8
   */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[source.length];
    int length = 0;
    for (int i = 0; i < source.length; i++) {
      if (source[i] == '%') {
        decoded[length++] = escaped(source, i);
        i += 2;
      } else {
        decoded[length++] = source[i];
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded, 0, length))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new IllegalArgumentException("percent-escapes do not make UTF-8", notUtf8);
    }
  }

  private static byte escaped(byte[] source, int percent) {
    if (percent + 2 >= source.length) {
      throw new IllegalArgumentException("a percent-escape is cut short");
    }
    return (byte)
        (HexFormat.fromHexDigit(source[percent + 1]) << 4
            | HexFormat.fromHexDigit(source[percent + 2]));
  }

  private static void append(StringBuilder encoded, byte each, boolean keepSlash) {
    if (isUnreserved(each) || (keepSlash && each == '/')) {
      encoded.append((char) each);
    } else {
      encoded.append('%');
      HEX.toHexDigits(encoded, each);
    }
  }

  private static boolean isPlain(String text, boolean keepSlash) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isUnreserved(c) && !(keepSlash && c == '/')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
