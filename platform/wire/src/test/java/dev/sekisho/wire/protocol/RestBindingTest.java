package dev.sekisho.wire.protocol;

import static dev.sekisho.contract.Protocol.REST_JSON;
import static dev.sekisho.contract.Protocol.REST_XML;
import static dev.sekisho.wire.protocol.Wire.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Member.Location;
import dev.sekisho.contract.Protocol;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.probe.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What travels outside a body: labels, query, headers, status; and bodies that are one member. */
class RestBindingTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private static Member in(Location location, String name, Shape shape) {
    return Member.of("A", () -> shape).wireName(name).in(location).build();
  }

  private static Object label(Shape shape, String raw) {
    StructureShape<Values> input = Values.shape("In", in(Location.URI, "label", shape));
    return Wire.read(REST_JSON, input, Wire.request("GET", "/", "", ""), Map.of("label", raw))
        .get("A");
  }

  private static Object query(Shape shape, String raw) {
    StructureShape<Values> input = Values.shape("In", in(Location.QUERY_STRING, "q", shape));
    return Wire.read(REST_JSON, input, Wire.request("GET", "/", raw, "")).get("A");
  }

  private static Object header(Shape shape, String... headers) {
    StructureShape<Values> input = Values.shape("In", in(Location.HEADER, "X-A", shape));
    return Wire.read(REST_JSON, input, Wire.request("GET", "/", "", "", headers)).get("A");
  }

  private static WireResponse answer(Member member, Object value) {
    return Wire.write(REST_JSON, Values.of(Values.shape("Out", member), member.name(), value));
  }

  @Test
  void labelsAreDecodedOnce() {
    assertThat(label(Wire.STRING, "a")).isEqualTo("a");
    assertThat(label(Wire.STRING, "arn%3Aaws%3Aguardduty%3A%3A1%3Adetector%2F12"))
        .isEqualTo("arn:aws:guardduty::1:detector/12");
    assertThat(label(Wire.STRING, "a%252Fb+c%20d")).isEqualTo("a%2Fb+c d");
    assertThat(label(Wire.STRING, "%C3%BC%F0%9F%98%80")).isEqualTo("ü😀");
    assertThat(label(Wire.STRING, "a/b/c")).isEqualTo("a/b/c");
    assertThat(label(Wire.INTEGER, "12")).isEqualTo(12);
    assertThat(label(Wire.BOOLEAN, "true")).isEqualTo(true);
    assertThat(label(Wire.TIMESTAMP, "2026-01-02T03%3A04%3A05Z")).isEqualTo(TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "%ff", "%C3", "%ED%A0%80", "%C0%80"})
  void brokenEscapesAreRefused(String raw) {
    assertThatThrownBy(() -> label(Wire.STRING, raw)).isInstanceOf(MalformedRequest.class);
    assertThatThrownBy(() -> query(Wire.STRING, "q=" + raw)).isInstanceOf(MalformedRequest.class);
    assertThatThrownBy(() -> query(Wire.STRING, raw + "=a")).isInstanceOf(MalformedRequest.class);
  }

  @Test
  void readsTheQuery() {
    assertThat(query(Wire.STRING, "q=a%20b%26c")).isEqualTo("a b&c");
    assertThat(query(Wire.STRING, "q=")).isEqualTo("");
    assertThat(query(Wire.STRING, "q")).isEqualTo("");
    assertThat(query(Wire.STRING, "x=a")).isNull();
    assertThat(query(Wire.STRING, "Q=a")).isNull();
    assertThat(query(Wire.STRING, "q=a&q=b")).isEqualTo("a");
    assertThat(query(Wire.INTEGER, "q=5")).isEqualTo(5);
    assertThat(query(Wire.BOOLEAN, "q=false")).isEqualTo(false);
    assertThat(query(Wire.TIMESTAMP, "q=2026-01-02T03%3A04%3A05Z")).isEqualTo(TIME);
    assertThat(query(Wire.timestamp(TimestampFormat.UNIX_TIMESTAMP), "q=1767323045"))
        .isEqualTo(TIME);
    assertThat(query(Wire.list(Wire.STRING), "q=a&x=1&q=b")).isEqualTo(List.of("a", "b"));
    assertThat(query(Wire.list(Wire.INTEGER), "q=1&q=2")).isEqualTo(List.of(1, 2));
    assertThat(query(Wire.map(Wire.STRING), "a=1&b=2&b=3")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(query(Wire.map(Wire.list(Wire.STRING)), "a=1&b=2&b=3"))
        .isEqualTo(Map.of("a", List.of("1"), "b", List.of("2", "3")));
    assertThatThrownBy(() -> query(Wire.INTEGER, "q=a")).isInstanceOf(MalformedRequest.class);
  }

  @Test
  void readsHeaders() {
    assertThat(header(Wire.STRING, "x-a", "b")).isEqualTo("b");
    assertThat(header(Wire.STRING, "X-B", "b")).isNull();
    assertThat(header(Wire.STRING, "X-A", "")).isEqualTo("");
    assertThat(header(Wire.STRING, "X-A", "\u00c3\u00bc")).isEqualTo("ü");
    assertThat(header(Wire.STRING, "X-A", "\u00fc")).isEqualTo("ü");
    assertThat(header(Wire.LONG, "X-A", "12")).isEqualTo(12L);
    assertThat(header(Wire.BOOLEAN, "X-A", "true")).isEqualTo(true);
    assertThat(header(Wire.TIMESTAMP, "X-A", "Fri, 02 Jan 2026 03:04:05 GMT")).isEqualTo(TIME);
    assertThat(header(Wire.timestamp(TimestampFormat.ISO_8601), "X-A", "2026-01-02T03:04:05Z"))
        .isEqualTo(TIME);
    assertThat(header(Wire.list(Wire.STRING), "X-A", "a, b,c", "X-A", "d"))
        .isEqualTo(List.of("a", "b", "c", "d"));
    assertThat(header(Wire.list(Wire.STRING), "X-A", "\"a,b\", \"c\\\"d\\\\\", e\"f"))
        .isEqualTo(List.of("a,b", "c\"d\\", "e\"f"));
    assertThat(header(Wire.list(Wire.INTEGER), "X-A", "1, 2")).isEqualTo(List.of(1, 2));
    assertThat(
            header(
                Wire.list(Wire.TIMESTAMP),
                "X-A",
                "Fri, 02 Jan 2026 03:04:05 GMT, Thu, 01 Jan 1970 00:00:00 GMT"))
        .isEqualTo(List.of(TIME, Instant.EPOCH));
  }

  @Test
  void readsHeadersWithAPrefixAsAMap() {
    StructureShape<Values> input =
        Values.shape("In", in(Location.HEADERS, "X-Amz-Meta-", Wire.map(Wire.STRING)));

    assertThat(
            Wire.read(
                    REST_JSON,
                    input,
                    Wire.request(
                        "GET",
                        "/",
                        "",
                        "",
                        "x-amz-meta-a",
                        "1",
                        "X-Amz-Meta-B",
                        "2",
                        "X-Other",
                        "3",
                        "x-amz-meta-a",
                        "4"))
                .get("A"))
        .isEqualTo(Map.of("a", "1,4", "b", "2"));
  }

  @Test
  void writesHeaders() {
    Member text = in(Location.HEADER, "X-A", Wire.STRING);
    Member time = in(Location.HEADER, "X-A", Wire.TIMESTAMP);
    Member list = in(Location.HEADER, "X-A", Wire.list(Wire.STRING));
    Member map = in(Location.HEADERS, "x-amz-meta-", Wire.map(Wire.STRING));

    assertThat(Wire.headers(answer(text, "b"), "X-A")).containsExactly("b");
    assertThat(Wire.headers(answer(text, null), "X-A")).isEmpty();
    assertThat(Wire.headers(answer(time, TIME), "X-A"))
        .containsExactly("Fri, 02 Jan 2026 03:04:05 GMT");
    assertThat(Wire.headers(answer(list, List.of("a", "b,c", "d\"")), "X-A"))
        .containsExactly("a, \"b,c\", \"d\\\"\"");
    assertThat(Wire.headers(answer(map, Map.of("a", "1")), "x-amz-meta-a")).containsExactly("1");
  }

  @Test
  void headerMembersStayOutOfTheBody() {
    StructureShape<Values> output =
        Values.shape("Out", in(Location.HEADER, "X-A", Wire.STRING), member("B", Wire.STRING));
    Values value = Values.of(output, "A", "a", "B", "b");

    assertThat(Wire.body(Wire.write(REST_JSON, value))).isEqualTo("{\"B\":\"b\"}");
    assertThat(Wire.body(Wire.write(REST_XML, value, null)))
        .isEqualTo("<DoResult><B>b</B></DoResult>");
  }

  @Test
  void headerMembersAreNotReadFromTheBody() {
    StructureShape<Values> input = Values.shape("In", in(Location.HEADER, "a", Wire.STRING));

    assertThat(Wire.read(REST_JSON, input, Wire.post("{\"a\":\"b\"}")).get("A")).isNull();
    assertThat(Wire.read(REST_XML, input, Wire.post("<In><a>b</a></In>")).get("A")).isNull();
  }

  @Test
  void statusIsTheBindingsUnlessAMemberSaysOtherwise() {
    Member status = in(Location.STATUS_CODE, "s", Wire.INTEGER);

    assertThat(answer(status, null).status()).isEqualTo(201);
    assertThat(answer(status, 206).status()).isEqualTo(206);
    assertThat(Wire.body(answer(status, 206))).isEqualTo("{}");
  }

  @Test
  void contentTypeOfAMemberWins() {
    Member type = in(Location.HEADER, "Content-Type", Wire.STRING);

    assertThat(Wire.headers(answer(type, "image/png"), "content-type"))
        .containsExactly("image/png");
  }

  private static StructureShape<Values> payload(Shape shape) {
    return Values.shape(
        "P",
        Member.of("Body", () -> shape).payload().build(),
        Member.of("Id", () -> Wire.STRING).wireName("X-Id").in(Location.HEADER).build());
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_JSON", "REST_XML"})
  void bytesAreABodyAsTheyAre(Protocol protocol) {
    StructureShape<Values> shape = payload(Wire.BLOB);
    Values value =
        Values.of(shape, "Body", Blob.of("{<".getBytes(StandardCharsets.UTF_8)), "Id", "1");

    WireResponse response = Wire.write(protocol, value);

    assertThat(Wire.body(response)).isEqualTo("{<");
    assertThat(Wire.headers(response, "content-type")).containsExactly("application/octet-stream");
    assertThat(
            Wire.read(protocol, shape, Wire.post("{<", "X-Id", "1", "Content-Type", "image/png")))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_JSON", "REST_XML"})
  void textIsABodyAsItIs(Protocol protocol) {
    StructureShape<Values> shape = payload(Wire.STRING);
    Values value = Values.of(shape, "Body", "{ü");

    assertThat(Wire.body(Wire.write(protocol, value))).isEqualTo("{ü");
    assertThat(Wire.read(protocol, shape, Wire.post("{ü"))).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_JSON", "REST_XML"})
  void absentPayloadIsAnEmptyBody(Protocol protocol) {
    for (Shape shape : List.of(Wire.BLOB, Wire.STRING, Wire.EMPTY)) {
      Values value = Values.of(payload(shape));

      assertThat(Wire.write(protocol, value).body().size()).isZero();
      assertThat(Wire.read(protocol, payload(shape), Wire.post("")).get("Body")).isNull();
    }
  }

  @Test
  void structureIsABodyOfItsOwn() {
    StructureShape<Values> inner =
        Values.shape("Config", "Configuration", null, member("A", Wire.STRING));
    StructureShape<Values> shape = payload(inner);
    Values value = Values.of(shape, "Body", Values.of(inner, "A", "b"));

    assertThat(Wire.body(Wire.write(REST_JSON, value))).isEqualTo("{\"A\":\"b\"}");
    assertThat(Wire.body(Wire.write(REST_XML, value)))
        .isEqualTo("<Configuration xmlns=\"https://example.com/doc/\"><A>b</A></Configuration>");
    assertThat(Wire.read(REST_JSON, shape, Wire.post("{\"A\":\"b\"}"))).isEqualTo(value);
    assertThat(Wire.read(REST_XML, shape, Wire.post("<Configuration><A>b</A></Configuration>")))
        .isEqualTo(value);
  }

  @Test
  void jsonBodyOfAnotherTypeIsRefused() {
    StructureShape<Values> input = Values.shape("In", member("A", Wire.STRING));

    assertThat(Wire.read(REST_JSON, input, Wire.post("{\"A\":\"b\"}"))).isNotNull();
    assertThat(Wire.read(REST_JSON, input, Wire.post("", "Content-Type", "text/plain")))
        .isEqualTo(Values.of(input));
    assertThatThrownBy(
            () -> Wire.read(REST_JSON, input, Wire.post("{}", "Content-Type", "text/plain")))
        .isInstanceOf(MalformedRequest.class)
        .hasMessageContaining("application/json");
  }

  @Test
  void jsonErrorIsNamedInAHeader() {
    WireResponse response =
        RestJson.INSTANCE.error(
            null,
            new dev.sekisho.core.ServiceException(
                "ResourceNotFoundException", 404, "no such thing", Map.of("resourceId", "a")),
            "r");

    assertThat(response.status()).isEqualTo(404);
    assertThat(Wire.headers(response, "x-amzn-errortype"))
        .containsExactly("ResourceNotFoundException");
    assertThat(Wire.body(response))
        .isEqualTo("{\"message\":\"no such thing\",\"resourceId\":\"a\"}");
  }
}
