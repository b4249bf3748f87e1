package dev.sekisho.wire.chunked;

import dev.sekisho.wire.signature.ChunkSignatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields after the last chunk. */
final class Trailer {

  private static final String SIGNATURE = "x-amz-trailer-signature";
  private static final int LONGEST_LINE = 4_096;
  private static final int MOST_FIELDS = 16;

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final StringBuilder canonical = new StringBuilder();
  private @Nullable String signature;

  private Trailer() {}

  /**
   * Reads up to and with the empty line.
   *
   * @param announced lower-case names of the fields that must come, and no others
   * @param signatures null when the trailer is not signed
   */
  static Map<String, String> read(
      Lines lines, Set<String> announced, @Nullable ChunkSignatures signatures) throws IOException {
    Trailer trailer = new Trailer();
    for (String line = lines.trailerLine(LONGEST_LINE);
        !line.isEmpty();
        line = lines.trailerLine(LONGEST_LINE)) {
      trailer.add(line, signatures != null);
    }
    if (!trailer.fields.keySet().equals(announced)) {
      throw refused("The trailer is not the one that x-amz-trailer announces.");
    }
    if (signatures != null) {
      trailer.check(signatures);
    }
    return trailer.fields;
  }

  private void add(String line, boolean signed) throws ChunkedBodyException {
    int colon = line.indexOf(':');
    if (colon <= 0 || signature != null || fields.size() == MOST_FIELDS) {
      throw refused("The trailer cannot be read.");
    }
    String name = trimmed(line.substring(0, colon)).toLowerCase(Locale.ROOT);
    String value = trimmed(line.substring(colon + 1));
    if (signed && name.equals(SIGNATURE)) {
      signature = value;
    } else if (fields.put(name, value) == null) {
      canonical.append(name).append(':').append(value).append('\n');
    } else {
      throw refused("The trailer names a field twice.");
    }
  }

  /** Without blanks and tabs around it; other control characters are part of what was signed. */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private void check(ChunkSignatures signatures) throws ChunkedBodyException {
    byte[] bytes = canonical.toString().getBytes(StandardCharsets.ISO_8859_1);
    if (signature == null || !signatures.isTrailer(bytes, signature)) {
      throw AwsChunkedInputStream.notSigned();
    }
  }

  private static ChunkedBodyException refused(String message) {
    return new ChunkedBodyException(ChunkedBodyException.Kind.TRAILER, message);
  }
}
