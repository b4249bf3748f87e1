package dev.sekisho.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader beside a strict one, and what it makes of texts that are no JSON. */
class JsonReaderTest {

  private static final int ROUNDS = 30_000;
  private static final List<String> PIECES =
      List.of(
          "{", "}", "[", "]", ":", ",", "\"a\"", "\"b\"", "\"", "\\n", "\\u00e9", "\\u12", "\\x",
          "1", "-1", "01", "1.5", "1.", ".5", "1e5", "1e", "-", "+1", "true", "null", "nul", " ",
          "\n", "\t", "\u0001", "\u00a0", "é", "😀", "/", "'a'", "NaN");

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
          .build();

  private static boolean isJson(String text) {
    try (JsonParser parser = STRICT.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      // A text is read as late as it is asked for.
      return parser.getText() != null && parser.nextToken() == null;
    } catch (IOException notJson) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void findsErrorsWhereAStrictReaderDoesAndNowhereElse(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(9);
      for (int i = 0; i < length; i++) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      JsonReader.Reading reading = JsonReader.read(text.toString());
      assertThat(reading.errors().isEmpty()).as("%s", text).isEqualTo(isJson(text.toString()));
    }
  }

  private static Json.Members members(String text) {
    return (Json.Members) JsonReader.read(text).root();
  }

  @Test
  void readsOnBehindAMissingComma() {
    JsonReader.Reading reading = JsonReader.read("{\"a\": 1 \"b\": [true false], \"c\": \"d\"}");

    assertThat(reading.errors())
        .containsExactly(new JsonReader.SyntaxError(8), new JsonReader.SyntaxError(19));
    assertThat(((Json.Members) reading.root()).values())
        .extracting(member -> member.name().value())
        .containsExactly("a", "b", "c");
  }

  @Test
  void readsNamesWithoutQuotes() {
    assertThat(members("{a: \"b\"}").values())
        .containsExactly(new Json.Member(new Json.Text("a", 1, 2), new Json.Text("b", 4, 7)));
  }

  @Test
  void aTextEndsWithItsLineAtTheLatest() {
    assertThat(members("{\"a\": \"b\n \"c\": \"d\"}").values())
        .extracting(member -> member.name().value())
        .containsExactly("a", "c");
  }

  @Test
  void whatIsTooDeepIsPassedOver() {
    JsonReader.Reading reading = JsonReader.read("{\"a\": [[[[[[[[\"}]\", {}]]]]]]]], \"b\": 1}");

    assertThat(reading.errors()).containsExactly(new JsonReader.SyntaxError(13));
    assertThat(((Json.Members) reading.root()).values()).hasSize(2);
  }

  @Test
  void textsAreRead() {
    assertThat(JsonReader.read("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9é\"").root())
        .isEqualTo(new Json.Text("\"\\/\b\f\n\r\téé", 0, 25));
  }

  @Test
  void errorsAreNotWithoutEnd() {
    assertThat(JsonReader.read("x,".repeat(1_000)).errors()).hasSizeLessThanOrEqualTo(20);
    assertThat(JsonReader.read("[" + "x,".repeat(1_000) + "]").errors()).hasSize(20);
  }
}
