package dev.sekisho.wire.protocol;

import static dev.sekisho.contract.Protocol.AWS_JSON_1_0;
import static dev.sekisho.contract.Protocol.AWS_JSON_1_1;
import static dev.sekisho.wire.protocol.Wire.member;
import static dev.sekisho.wire.protocol.Wire.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.probe.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON in and out, shape by shape. */
class JsonCodecTest {

  private static Object readOne(Shape shape, String json) {
    StructureShape<Values> structure = Values.shape("In", member("A", shape));
    return Wire.read(AWS_JSON_1_1, structure, post("{\"A\":" + json + "}")).get("A");
  }

  private static String writeOne(Shape shape, Object value) {
    StructureShape<Values> structure = Values.shape("Out", member("A", shape));
    String body = Wire.body(Wire.write(AWS_JSON_1_1, Values.of(structure, "A", value)));
    assertThat(body).startsWith("{\"A\":").endsWith("}");
    return body.substring(5, body.length() - 1);
  }

  private static void assertBothWays(Shape shape, String json, Object value) {
    assertThat(readOne(shape, json)).isEqualTo(value);
    assertThat(writeOne(shape, value)).isEqualTo(json);
  }

  @Test
  void readsAndWritesEachKindOfValue() {
    assertBothWays(Wire.STRING, "\"a \\\"b\\\" ü \\uD83D\\uDE00\"", "a \"b\" ü 😀");
    assertThat(readOne(Wire.STRING, "\"😀\"")).isEqualTo("😀");
    assertBothWays(Wire.STRING, "\"\"", "");
    assertBothWays(Wire.INTEGER, "-2147483648", Integer.MIN_VALUE);
    assertBothWays(Wire.LONG, "9223372036854775807", Long.MAX_VALUE);
    assertBothWays(Wire.FLOAT, "1.5", 1.5f);
    assertBothWays(Wire.DOUBLE, "-0.25", -0.25);
    assertBothWays(Wire.DOUBLE, "\"NaN\"", Double.NaN);
    assertBothWays(Wire.DOUBLE, "\"-Infinity\"", Double.NEGATIVE_INFINITY);
    assertBothWays(Wire.FLOAT, "\"Infinity\"", Float.POSITIVE_INFINITY);
    assertBothWays(Wire.BOOLEAN, "true", true);
    assertBothWays(Wire.BOOLEAN, "false", false);
    assertBothWays(Wire.BLOB, "\"AP8=\"", Blob.of(new byte[] {0, -1}));
    assertBothWays(Wire.BLOB, "\"\"", Blob.of(new byte[0]));
    assertBothWays(Wire.list(Wire.INTEGER), "[1,2]", List.of(1, 2));
    assertBothWays(
        Wire.list(Wire.list(Wire.STRING)), "[[],[\"a\"]]", List.of(List.of(), List.of("a")));
    assertBothWays(Wire.map(Wire.INTEGER), "{\"a b\":1}", Map.of("a b", 1));
    assertBothWays(
        Wire.map(Wire.map(Wire.list(Wire.BOOLEAN))),
        "{\"a\":{\"b\":[true]}}",
        Map.of("a", Map.of("b", List.of(true))));
  }

  @Test
  void timestampsAreSecondsUnlessTheModelSaysOtherwise() {
    Instant time = Instant.parse("2026-01-02T03:04:05.678Z");

    assertBothWays(Wire.TIMESTAMP, "1767323045.678", time);
    assertBothWays(Wire.TIMESTAMP, "1767323045", Instant.parse("2026-01-02T03:04:05Z"));
    assertBothWays(Wire.TIMESTAMP, "-1.5", Instant.ofEpochMilli(-1500));
    assertThat(readOne(Wire.TIMESTAMP, "1.767323045678E9")).isEqualTo(time);
    assertBothWays(Wire.timestamp(TimestampFormat.ISO_8601), "\"2026-01-02T03:04:05.678Z\"", time);
    assertBothWays(
        Wire.timestamp(TimestampFormat.RFC_822),
        "\"Fri, 02 Jan 2026 03:04:05 GMT\"",
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  void formatOfTheMemberWinsOverTheShapes() {
    Member member =
        Member.of("A", () -> Wire.timestamp(TimestampFormat.RFC_822))
            .timestampFormat(TimestampFormat.ISO_8601)
            .build();
    StructureShape<Values> shape = Values.shape("In", member);
    Values value = Values.of(shape, "A", Instant.EPOCH);

    assertThat(Wire.body(Wire.write(AWS_JSON_1_1, value)))
        .isEqualTo("{\"A\":\"1970-01-01T00:00:00Z\"}");
    assertThat(Wire.read(AWS_JSON_1_1, shape, post("{\"A\":\"1970-01-01T00:00:00Z\"}")))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2026-01-02T03:04:05Z\"", "\"1767323045\""})
  void timestampInSecondsIsNoText(String json) {
    assertThatThrownBy(() -> readOne(Wire.TIMESTAMP, json))
        .hasMessage("STRING_VALUE can not be converted to milliseconds since epoch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "1e12", "1e-999999999", "1e999999999", "253402300800"})
  void timestampOutOfRangeIsRefusedAtOnce(String json) {
    assertThatThrownBy(() -> readOne(Wire.TIMESTAMP, json)).isInstanceOf(MalformedRequest.class);
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999, 2147483647",
    "-99999999999, -2147483648",
    "123456789012345678901234567890, 2147483647",
    "1e3, 1000",
    "1.0, 1",
    "1e300, 2147483647",
    "-0, 0"
  })
  void numberBeyondTheRangeBecomesTheNearest(String json, int value) {
    assertThat(readOne(Wire.INTEGER, json)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\uD800", "\\uDC00", "\\uDC00\\uD800", "\\uD800a", "a\\uD83D"})
  void halfACharacterIsRefused(String escaped) {
    assertThatThrownBy(() -> readOne(Wire.STRING, '"' + escaped + '"'))
        .isInstanceOf(MalformedRequest.class);
    assertThatThrownBy(() -> readOne(Wire.map(Wire.STRING), "{\"" + escaped + "\":\"\"}"))
        .isInstanceOf(MalformedRequest.class);
  }

  @Test
  void longBeyondTheRangeBecomesTheNearest() {
    assertThat(readOne(Wire.LONG, "9223372036854775808")).isEqualTo(Long.MAX_VALUE);
    assertThat(readOne(Wire.LONG, "-9223372036854775809")).isEqualTo(Long.MIN_VALUE);
    assertThat(readOne(Wire.LONG, "9007199254740993")).isEqualTo(9_007_199_254_740_993L);
  }

  @Test
  void nullIsAbsentWhereverItStands() {
    assertThat(readOne(Wire.STRING, "null")).isNull();
    assertThat(readOne(Wire.list(Wire.STRING), "[null,\"a\",null]")).isEqualTo(List.of("a"));
    assertThat(readOne(Wire.map(Wire.STRING), "{\"a\":null,\"b\":\"c\"}"))
        .isEqualTo(Map.of("b", "c"));
  }

  @Test
  void membersTheModelLacksArePassedOver() {
    StructureShape<Values> shape = Values.shape("In", member("A", Wire.STRING));
    String json =
        "{\"X\":{\"A\":[{\"A\":1}]},\"a\":\"other\",\"A\":\"b\",\"__type\":\"In\",\"Y\":[[]]}";

    assertThat(Wire.read(AWS_JSON_1_1, shape, post(json))).isEqualTo(Values.of(shape, "A", "b"));
  }

  @Test
  void wireNamesAreUsedBothWays() {
    StructureShape<Values> shape =
        Values.shape("In", Member.of("Member", () -> Wire.STRING).wireName("on-the-wire").build());
    Values value = Values.of(shape, "Member", "a");

    assertThat(Wire.body(Wire.write(AWS_JSON_1_1, value))).isEqualTo("{\"on-the-wire\":\"a\"}");
    assertThat(Wire.read(AWS_JSON_1_1, shape, post("{\"on-the-wire\":\"a\",\"Member\":\"b\"}")))
        .isEqualTo(value);
  }

  @Test
  void absentMembersAreLeftOutAndEmptyOnesKept() {
    StructureShape<Values> shape =
        Values.shape(
            "Out",
            member("A", Wire.STRING),
            member("B", Wire.list(Wire.STRING)),
            member("C", Wire.map(Wire.STRING)),
            member("D", Wire.EMPTY));

    assertThat(Wire.body(Wire.write(AWS_JSON_1_1, Values.of(shape)))).isEqualTo("{}");
    assertThat(
            Wire.body(
                Wire.write(
                    AWS_JSON_1_1,
                    Values.of(shape, "B", List.of(), "C", Map.of(), "D", Values.of(Wire.EMPTY)))))
        .isEqualTo("{\"B\":[],\"C\":{},\"D\":{}}");
  }

  @Test
  void answerOfAnOperationWithoutResultIsEmpty() {
    assertThat(Wire.write(AWS_JSON_1_1, Values.of(Wire.EMPTY)).body().size()).isZero();
  }

  @Test
  void contentTypeNamesTheVersion() {
    assertThat(Wire.headers(Wire.write(AWS_JSON_1_0, Values.of(Wire.EMPTY)), "content-type"))
        .containsExactly("application/x-amz-json-1.0");
    assertThat(Wire.headers(Wire.write(AWS_JSON_1_1, Values.of(Wire.EMPTY)), "content-type"))
        .containsExactly("application/x-amz-json-1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-amz-json-1.1",
        "APPLICATION/X-AMZ-JSON-1.1",
        "application/x-amz-json-1.1; charset=utf-8"
      })
  void contentTypeIsComparedWithoutItsParameters(String type) {
    assertThat(Wire.read(AWS_JSON_1_1, Wire.EMPTY, post("{}", "content-type", type)))
        .isEqualTo(Values.of(Wire.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/x-amz-json-1.0", "", "text/plain"})
  void otherContentTypeIsRefused(String type) {
    assertThatThrownBy(() -> Wire.read(AWS_JSON_1_1, Wire.EMPTY, post("{}", "content-type", type)))
        .isInstanceOf(MalformedRequest.class);
  }

  @Test
  void errorCarriesItsTypeMessageAndMembers() {
    ServiceException error =
        new ServiceException("NotFoundException", 400, "no \"key\"", Map.of("Id", "1"));

    assertThat(error(error))
        .isEqualTo(
            "{\"__type\":\"NotFoundException\",\"message\":\"no \\\"key\\\"\",\"Id\":\"1\"}");
  }

  @Test
  void errorWithoutMessageIsItsTypeAlone() {
    assertThat(error(new ServiceException("UnknownOperationException", 400, "")))
        .isEqualTo("{\"__type\":\"UnknownOperationException\"}");
  }

  @Test
  void serializationErrorSpellsItsMessageWithACapital() {
    assertThat(error(AwsJson.VERSION_1_1.malformed(new MalformedRequest("Expected null"))))
        .isEqualTo("{\"__type\":\"SerializationException\",\"Message\":\"Expected null\"}");
  }

  private static String error(ServiceException error) {
    return new String(
        AwsJson.VERSION_1_1.error(null, error, "r").blob().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void largeValuesPassWhole() {
    byte[] bytes = new byte[1 << 20];
    Arrays.fill(bytes, (byte) 7);
    String json = writeOne(Wire.BLOB, Blob.of(bytes));

    assertThat(readOne(Wire.BLOB, json)).isEqualTo(Blob.of(bytes));
  }
}
