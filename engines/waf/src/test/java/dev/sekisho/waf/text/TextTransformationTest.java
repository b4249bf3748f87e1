package dev.sekisho.waf.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextTransformationTest {

  private static final int CASES = 3_000;
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  /** Pieces that mean something to one transformation or another. */
  private static final List<String> PIECES =
      List.of(
          "%",
          "%u",
          "%41",
          "%uff1c",
          "\\",
          "\\u",
          "\\x4",
          "\\u{41}",
          "\\3",
          "&",
          "&#",
          "&#x",
          "&lt",
          ";",
          "0x",
          "41",
          "zz",
          "/",
          "..",
          "/../",
          "/./",
          "//",
          "/*",
          "*/",
          "--",
          "<!--",
          "#",
          " ",
          "\t",
          "\u0000",
          "\u00a0",
          "\u00e3\u0081\u0082",
          "\u00f0\u009f\u0098\u0080",
          "\u00ff",
          "=",
          "a",
          "Z",
          "^",
          "\"",
          "'",
          "(",
          "+",
          "QUJD");

  record Row(TextTransformation transformation, byte[] value, byte[] result) {
    static Row parse(String line) {
      String[] columns = line.split("\\|", -1);
      return new Row(TextTransformation.valueOf(columns[0]), bytes(columns[1]), bytes(columns[2]));
    }

    private static byte[] bytes(String text) {
      return BYTE.matcher(text)
          .replaceAll(hex ->
              Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hex.group(1), 16))))
          .getBytes(ISO_8859_1);
    }
  }

  static Stream<Row> rows() throws IOException {
    try (InputStream file =
        TextTransformationTest.class.getResourceAsStream("transformations.txt")) {
      return new String(file.readAllBytes(), ISO_8859_1)
          .lines().filter(line -> !line.startsWith("#")).map(Row::parse).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void makesOfAValueWhatTheTableSays(Row row) {
    assertThat(text(row.transformation().apply(row.value()))).isEqualTo(text(row.result()));
  }

  private static String text(byte[] value) {
    return new String(value, ISO_8859_1);
  }

  @Test
  void theTableHasEachOfThem() throws IOException {
    EnumSet<TextTransformation> seen = EnumSet.noneOf(TextTransformation.class);
    rows().forEach(row -> seen.add(row.transformation()));

    assertThat(seen).isEqualTo(EnumSet.allOf(TextTransformation.class));
  }

  private static byte[] random(Random random) {
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      value.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return value.toString().getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @EnumSource
  void anythingIsTakenAndLeftAsItIsAndGrowsLittle(TextTransformation transformation) {
    Random random = new Random(20_261_125);
    for (int i = 0; i < CASES; i++) {
      byte[] value = random(random);
      byte[] before = value.clone();

      byte[] result = transformation.apply(value);

      assertThat(value).isEqualTo(before);
      assertThat(result.length)
          .isLessThanOrEqualTo(
              Math.max(
                  TextTransformation.GROWTH * value.length, TextTransformation.LONGEST_DIGEST));
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "COMPRESS_WHITE_SPACE",
        "LOWERCASE",
        "NORMALIZE_PATH",
        "NORMALIZE_PATH_WIN",
        "REMOVE_NULLS",
        "REMOVE_WHITESPACE",
        "REPLACE_COMMENTS",
        "REPLACE_NULLS",
        "TRIM",
        "TRIM_LEFT",
        "TRIM_RIGHT",
        "UPPERCASE",
        "UTF8_TO_UNICODE"
      })
  void whatIsNormalStaysSo(TextTransformation transformation) {
    Random random = new Random(20_261_126);
    for (int i = 0; i < CASES; i++) {
      byte[] once = transformation.apply(random(random));

      assertThat(text(transformation.apply(once))).isEqualTo(text(once));
    }
  }

  @Test
  void whatWasEncodedIsDecoded() {
    Random random = new Random(20_261_127);
    for (int i = 0; i < CASES; i++) {
      byte[] value = new byte[random.nextInt(40)];
      random.nextBytes(value);
      StringBuilder url = new StringBuilder();
      StringBuilder html = new StringBuilder();
      StringBuilder script = new StringBuilder();
      StringBuilder hex = new StringBuilder();
      for (byte each : value) {
        url.append("%%%02X".formatted(each & 0xff));
        html.append("&#%d;".formatted(each & 0xff));
        script.append("\\x%02x".formatted(each & 0xff));
        hex.append("%02x".formatted(each & 0xff));
      }

      assertThat(decoded(TextTransformation.URL_DECODE, url)).isEqualTo(value);
      assertThat(decoded(TextTransformation.URL_DECODE_UNI, url)).isEqualTo(value);
      assertThat(decoded(TextTransformation.HTML_ENTITY_DECODE, html)).isEqualTo(value);
      assertThat(decoded(TextTransformation.JS_DECODE, script)).isEqualTo(value);
      assertThat(decoded(TextTransformation.JS_DECODE_EXT, script)).isEqualTo(value);
      assertThat(decoded(TextTransformation.ESCAPE_SEQ_DECODE, script)).isEqualTo(value);
      assertThat(decoded(TextTransformation.HEX_DECODE, hex)).isEqualTo(value);
      byte[] base64 = Base64.getEncoder().encode(value);
      assertThat(TextTransformation.BASE64_DECODE.apply(base64)).isEqualTo(value);
      assertThat(TextTransformation.BASE64_DECODE_EXT.apply(base64)).isEqualTo(value);
    }
  }

  private static byte[] decoded(TextTransformation transformation, CharSequence text) {
    return transformation.apply(text.toString().getBytes(ISO_8859_1));
  }

  /** A quadratic one would take minutes for so much of its own worst case. */
  @ParameterizedTest
  @EnumSource
  @Timeout(30)
  void timeGrowsWithLengthOnly(TextTransformation transformation) {
    for (String piece : PIECES) {
      byte[] value = piece.repeat(200_000 / piece.length()).getBytes(ISO_8859_1);

      byte[] result = transformation.apply(value);

      assertThat(result.length)
          .isLessThanOrEqualTo(TextTransformation.GROWTH * Math.max(value.length, 32));
    }
  }
}
