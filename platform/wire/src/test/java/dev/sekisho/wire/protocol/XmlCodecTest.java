package dev.sekisho.wire.protocol;

import static dev.sekisho.contract.Protocol.EC2_QUERY;
import static dev.sekisho.contract.Protocol.QUERY;
import static dev.sekisho.contract.Protocol.REST_XML;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML in and out: element by element, and the envelopes of the three protocols that speak it. */
class XmlCodecTest {

  private static final StructureShape<Values> PAIR =
      Values.shape("Pair", member("Key", Wire.STRING), member("Value", Wire.STRING));

  private static Object readOne(Member member, String xml) {
    return Wire.read(REST_XML, Values.shape("In", member), post("<In>" + xml + "</In>"))
        .get(member.name());
  }

  private static String writeOne(Member member, Object value) {
    String body =
        Wire.body(
            Wire.write(
                REST_XML, Values.of(Values.shape("Out", member), member.name(), value), null));
    assertThat(body).startsWith("<DoResult>").endsWith("</DoResult>");
    return body.substring("<DoResult>".length(), body.length() - "</DoResult>".length());
  }

  private static void assertBothWays(Member member, String xml, Object value) {
    assertThat(readOne(member, xml)).isEqualTo(value);
    assertThat(writeOne(member, value)).isEqualTo(xml);
  }

  private static void assertBothWays(Shape shape, String content, Object value) {
    assertBothWays(member("A", shape), "<A>" + content + "</A>", value);
  }

  @Test
  void readsAndWritesEachKindOfValue() {
    assertBothWays(Wire.STRING, "a &lt;b&gt; &amp; &quot;ü😀&quot;", "a <b> & \"ü😀\"");
    assertBothWays(Wire.STRING, "", "");
    assertBothWays(Wire.STRING, "  a\n\tb  ", "  a\n\tb  ");
    assertBothWays(Wire.STRING, "a&#xD;\nb", "a\r\nb");
    assertBothWays(Wire.INTEGER, "-12", -12);
    assertBothWays(Wire.LONG, "9223372036854775807", Long.MAX_VALUE);
    assertBothWays(Wire.DOUBLE, "1.5", 1.5);
    assertBothWays(Wire.DOUBLE, "100", 100.0);
    assertBothWays(Wire.FLOAT, "0.25", 0.25f);
    assertBothWays(Wire.BOOLEAN, "true", true);
    assertBothWays(Wire.BLOB, "AP8=", Blob.of(new byte[] {0, -1}));
    assertBothWays(Wire.TIMESTAMP, "2026-01-02T03:04:05Z", Instant.parse("2026-01-02T03:04:05Z"));
    assertBothWays(
        Wire.timestamp(TimestampFormat.UNIX_TIMESTAMP), "1.5", Instant.ofEpochMilli(1500));
    assertBothWays(
        Wire.timestamp(TimestampFormat.RFC_822),
        "Fri, 02 Jan 2026 03:04:05 GMT",
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  void readsOtherWaysToWriteTheSame() {
    Member text = member("A", Wire.STRING);
    assertThat(readOne(text, "<A><![CDATA[<b>&]]></A>")).isEqualTo("<b>&");
    assertThat(readOne(text, "<A>a<!-- b -->c</A>")).isEqualTo("ac");
    assertThat(readOne(text, "<A/>")).isEqualTo("");
    assertThat(readOne(text, "<x:A xmlns:x=\"y\">a</x:A>")).isEqualTo("a");
    assertThat(readOne(text, "<A>&#65;&#x1F600;</A>")).isEqualTo("A😀");
    assertThat(readOne(member("A", Wire.INTEGER), "<A> 1 </A>")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u0008", "\u001b", "\ufffe", "\uffff", "\ud800", "\udc00"})
  void charactersThatXmlCannotHoldAreReplaced(String character) {
    assertThat(writeOne(member("A", Wire.STRING), "a" + character + "b"))
        .isEqualTo("<A>a\uFFFDb</A>");
  }

  @Test
  void listsAreWrappedUnlessFlattened() {
    Shape named = Wire.list(Wire.STRING, "Item", false);
    Shape flattened = Wire.list(Wire.STRING, "member", true);
    Shape flattenedNamed = Wire.list(Wire.STRING, "Item", true);

    assertBothWays(Wire.list(Wire.INTEGER), "<member>1</member><member>2</member>", List.of(1, 2));
    assertBothWays(named, "<Item>a</Item>", List.of("a"));
    assertBothWays(Wire.list(Wire.STRING), "", List.of());
    assertBothWays(
        Wire.list(Wire.list(Wire.STRING)),
        "<member><member>a</member></member><member></member>",
        List.of(List.of("a"), List.of()));
    assertBothWays(member("A", flattened), "<A>a</A><A>b</A>", List.of("a", "b"));
    assertBothWays(member("A", flattenedNamed), "<Item>a</Item>", List.of("a"));
    assertBothWays(
        Member.of("A", () -> flattenedNamed).wireName("Own").build(), "<Own>a</Own>", List.of("a"));
    assertBothWays(
        Member.of("A", () -> Wire.list(PAIR)).flattened().build(),
        "<A><Key>a</Key></A><A></A>",
        List.of(Values.of(PAIR, "Key", "a"), Values.of(PAIR)));
  }

  @Test
  void flattenedListsMayBeInterruptedByOthers() {
    StructureShape<Values> shape =
        Values.shape(
            "In",
            Member.of("A", () -> Wire.list(Wire.STRING)).flattened().build(),
            member("B", Wire.STRING));

    assertThat(Wire.read(REST_XML, shape, post("<In><A>1</A><B>x</B><C><A>z</A></C><A>2</A></In>")))
        .isEqualTo(Values.of(shape, "A", List.of("1", "2"), "B", "x"));
  }

  @Test
  void mapsAreEntriesUnlessFlattened() {
    Map<String, Object> two = new LinkedHashMap<>();
    two.put("a", "1");
    two.put("b", "2");
    assertBothWays(
        Wire.map(Wire.STRING),
        "<entry><key>a</key><value>1</value></entry><entry><key>b</key><value>2</value></entry>",
        two);
    assertBothWays(
        Wire.map(Wire.INTEGER, "Name", "Count", false),
        "<entry><Name>a</Name><Count>1</Count></entry>",
        Map.of("a", 1));
    assertBothWays(
        member("A", Wire.map(Wire.STRING, "key", "value", true)),
        "<A><key>a</key><value>1</value></A><A><key>b</key><value>2</value></A>",
        two);
    assertBothWays(
        Wire.map(Wire.map(Wire.STRING)),
        "<entry><key>a</key><value><entry><key>b</key><value>c</value></entry></value></entry>",
        Map.of("a", Map.of("b", "c")));
  }

  @Test
  void mapEntriesMayComeInAnyOrderWithMoreInThem() {
    assertThat(
            readOne(
                member("A", Wire.map(Wire.STRING)),
                "<A><entry><x><key>z</key></x><value>1</value><key>a</key></entry></A>"))
        .isEqualTo(Map.of("a", "1"));
  }

  @Test
  void attributesStandInTheirElement() {
    StructureShape<Values> grantee =
        Values.shape(
            "Grantee",
            Member.of("Type", () -> Wire.STRING).wireName("xsi:type").xmlAttribute().build(),
            member("Id", Wire.STRING));
    Values value = Values.of(grantee, "Type", "Canonical\"User", "Id", "a");

    assertBothWays(
        member("A", grantee),
        "<A xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:type=\"Canonical&quot;User\"><Id>a</Id></A>",
        value);
  }

  @Test
  void attributesOfTheRootAreWrittenToo() {
    StructureShape<Values> shape =
        Values.shape(
            "Out",
            member("A", Wire.STRING),
            Member.of("B", () -> Wire.STRING).wireName("b").xmlAttribute().build());

    assertThat(Wire.body(Wire.write(REST_XML, Values.of(shape, "A", "x", "B", "y"), null)))
        .isEqualTo("<DoResult b=\"y\"><A>x</A></DoResult>");
    assertThat(Wire.read(REST_XML, shape, post("<Out b=\"y\" c=\"z\"><A>x</A></Out>")))
        .isEqualTo(Values.of(shape, "A", "x", "B", "y"));
  }

  @Test
  void elementIsNoAttributeAndAttributeNoElement() {
    StructureShape<Values> shape =
        Values.shape(
            "In",
            member("A", Wire.STRING),
            Member.of("B", () -> Wire.STRING).xmlAttribute().build());

    assertThat(Wire.read(REST_XML, shape, post("<In A=\"x\"><B>y</B></In>")))
        .isEqualTo(Values.of(shape));
  }

  @Test
  void queryAnswerIsWrappedAndCarriesTheRequestId() {
    StructureShape<Values> shape = Values.shape("Out", member("A", Wire.STRING));

    assertThat(Wire.body(Wire.write(QUERY, Values.of(shape, "A", "b"))))
        .isEqualTo(
            "<DoResponse xmlns=\"https://example.com/doc/\"><DoResult><A>b</A></DoResult>"
                + "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
                + "</DoResponse>");
    assertThat(Wire.body(Wire.write(QUERY, Values.of(Wire.EMPTY), null)))
        .isEqualTo(
            "<DoResponse><ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata>"
                + "</DoResponse>");
  }

  @Test
  void ec2AnswerCarriesTheRequestIdFirst() {
    StructureShape<Values> shape =
        Values.shape(
            "Out",
            Member.of("Regions", () -> Wire.list(PAIR, "item", false))
                .wireName("regionInfo")
                .build());

    assertThat(
            Wire.body(
                Wire.write(
                    EC2_QUERY, Values.of(shape, "Regions", List.of(Values.of(PAIR, "Key", "a"))))))
        .isEqualTo(
            "<DoResponse xmlns=\"http://ec2.amazonaws.com/doc/2026-01-01/\">"
                + "<requestId>request-1</requestId>"
                + "<regionInfo><item><Key>a</Key></item></regionInfo></DoResponse>");
  }

  @Test
  void errorsHaveTheFormOfTheirProtocol() {
    ServiceException error =
        new ServiceException("NoSuchThing", 404, "no <thing>", Map.of("Name", "a&b"));

    assertThat(error(Query.INSTANCE, error))
        .isEqualTo(
            "<ErrorResponse xmlns=\"https://example.com/doc/\"><Error><Type>Sender</Type>"
                + "<Code>NoSuchThing</Code><Message>no &lt;thing&gt;</Message>"
                + "<Name>a&amp;b</Name></Error><RequestId>request-1</RequestId></ErrorResponse>");
    assertThat(error(Ec2Query.INSTANCE, error))
        .isEqualTo(
            "<Response><Errors><Error><Code>NoSuchThing</Code><Message>no &lt;thing&gt;</Message>"
                + "</Error></Errors><RequestID>request-1</RequestID></Response>");
    assertThat(error(RestXml.INSTANCE, error))
        .isEqualTo(
            "<Error><Code>NoSuchThing</Code><Message>no &lt;thing&gt;</Message>"
                + "<Name>a&amp;b</Name><RequestId>request-1</RequestId>"
                + "<HostId>request-1</HostId></Error>");
    assertThat(error(Query.INSTANCE, new ServiceException("InternalFailure", 500, "")))
        .contains("<Type>Receiver</Type>");
  }

  private static String error(Codec codec, ServiceException error) {
    dev.sekisho.contract.ServiceModel<Object> service =
        new dev.sekisho.contract.ServiceModel<>(
            "x",
            "x",
            "x",
            "2026",
            QUERY,
            null,
            "https://example.com/doc/",
            "x",
            false,
            Map.of(),
            Map.of());
    return new String(
        codec.error(service, error, "request-1").blob().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void declarationMayNameUtf8Only() {
    StructureShape<Values> shape = Values.shape("In", member("A", Wire.STRING));

    assertThat(
            Wire.read(
                    REST_XML,
                    shape,
                    post("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<In><A>ü</A></In>\n"))
                .get("A"))
        .isEqualTo("ü");
    assertThatThrownBy(() ->
            Wire.read(
                REST_XML,
                shape,
                post("<?xml version=\"1.0\" encoding=\"UTF-16\"?><In><A>a</A></In>")))
        .isInstanceOf(MalformedRequest.class);
  }
}
