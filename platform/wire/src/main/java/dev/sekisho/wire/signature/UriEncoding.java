package dev.sekisho.wire.signature;

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
      if (isUnreserved(each) || (keepSlash && each == '/')) {
        encoded.append((char) each);
      } else {
        encoded.append('%');
        HEX.toHexDigits(encoded, each);
      }
    }
    return encoded.toString();
  }

  /**
   * Decodes percent-escapes as UTF-8 and nothing else; a plus stays a plus.
   *
   * @throws IllegalArgumentException when an escape is cut short or not hexadecimal
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
        if (i + 2 >= source.length) {
          throw new IllegalArgumentException("a percent-escape is cut short");
        }
        decoded[length++] =
            (byte)
                (HexFormat.fromHexDigit(source[i + 1]) << 4
                    | HexFormat.fromHexDigit(source[i + 2]));
        i += 2;
      } else {
        decoded[length++] = source[i];
      }
    }
    return new String(decoded, 0, length, StandardCharsets.UTF_8);
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
