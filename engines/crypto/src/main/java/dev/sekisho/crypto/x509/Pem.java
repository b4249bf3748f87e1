package dev.sekisho.crypto.x509;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Texts in PEM, read strictly: between the sections there may be nothing but blanks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
public final class Pem {

  /** The most sections a text may have. */
  public static final int MOST_SECTIONS = 64;

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int LINE = 64;
  private static final byte[] NEW_LINE = {'\n'};

  private Pem() {}

  /**
   * A section of a text.
   *
   * @param type for example {@code CERTIFICATE}
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares sections.
  public record Section(String type, byte[] content) {}

  /**
   * Reads all sections.
   *
   * @throws RefusedInput when there is none, or anything else than sections
   */
  public static List<Section> read(String text) throws RefusedInput {
    List<Section> sections = new ArrayList<>();
    int at = skipBlanks(text, 0);
    while (at < text.length()) {
      if (sections.size() == MOST_SECTIONS) {
        throw new RefusedInput("There are more than " + MOST_SECTIONS + " sections.");
      }
      if (!text.startsWith(BEGIN, at)) {
        throw notPem();
      }
      int typeEnds = text.indexOf(DASHES, at + BEGIN.length());
      if (typeEnds < 0) {
        throw notPem();
      }
      String type = text.substring(at + BEGIN.length(), typeEnds);
      String end = END + type + DASHES;
      int begins = typeEnds + DASHES.length();
      int ends = text.indexOf(end, begins);
      if (ends < 0) {
        throw notPem();
      }
      sections.add(new Section(type, decode(text, begins, ends)));
      at = skipBlanks(text, ends + end.length());
    }
    if (sections.isEmpty()) {
      throw notPem();
    }
    return sections;
  }

  /** Writes one section, with a line's end behind it. */
  public static String write(String type, byte[] content) {
    return BEGIN
        + type
        + DASHES
        + '\n'
        + Base64.getMimeEncoder(LINE, NEW_LINE).encodeToString(content)
        + '\n'
        + END
        + type
        + DASHES
        + '\n';
  }

  private static byte[] decode(String text, int begins, int ends) throws RefusedInput {
    StringBuilder base64 = new StringBuilder(ends - begins);
    for (int i = begins; i < ends; i++) {
      char c = text.charAt(i);
      if (!isBlank(c)) {
        base64.append(c);
      }
    }
    try {
      return Base64.getDecoder().decode(base64.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException notBase64) {
      throw notPem();
    }
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static RefusedInput notPem() {
    return new RefusedInput("The text is not in PEM.");
  }
}
