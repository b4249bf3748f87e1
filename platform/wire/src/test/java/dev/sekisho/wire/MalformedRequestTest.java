package dev.sekisho.wire;

import static dev.sekisho.contract.Protocol.AWS_JSON_1_0;
import static dev.sekisho.contract.Protocol.AWS_JSON_1_1;
import static dev.sekisho.contract.Protocol.EC2_QUERY;
import static dev.sekisho.contract.Protocol.QUERY;
import static dev.sekisho.contract.Protocol.REST_JSON;
import static dev.sekisho.contract.Protocol.REST_XML;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Signed requests whose content is no good get a clear error in the service's own form; nothing is
 * changed, nothing of the inside is shown.
 */
class MalformedRequestTest {

  private static final String JSON_ERROR = "SerializationException";
  private static final String FORM_ERROR = "MalformedInput";
  private static final String EC2_ERROR = "InvalidParameterValue";
  private static final String XML_ERROR = "MalformedXML";

  private static ProbePort port;

  /**
   * @param body of a call of Put, which would otherwise be carried out
   * @param message a part of the answer's
   */
  private record Case(Protocol protocol, String name, String body, String code, String message) {
    @Override
    public String toString() {
      return protocol + " " + name;
    }
  }

  @BeforeAll
  static void start() {
    port = new ProbePort(HttpLimits.USUAL);
  }

  @AfterAll
  static void stop() {
    port.close();
  }

  static Stream<Case> bodies() {
    return Stream.of(
            json(AWS_JSON_1_0),
            json(AWS_JSON_1_1),
            json(REST_JSON),
            form(QUERY, FORM_ERROR),
            form(EC2_QUERY, EC2_ERROR),
            xml())
        .flatMap(List::stream);
  }

  private static List<Case> json(Protocol protocol) {
    List<Case> cases = new ArrayList<>();
    String[][] rows = {
      {"cut short", "{\"Text\":\"a\"", ""},
      {"no JSON at all", "Text=a", ""},
      {"trailing comma", "{\"Text\":\"a\",}", ""},
      {"more after the end", "{\"Text\":\"a\"}{}", ""},
      {"null", "null", ""},
      {"a text", "\"a\"", ""},
      {"a list", "[]", "Start of list found where not expected"},
      {"a name twice", "{\"Text\":\"a\",\"Text\":\"b\"}", "given twice"},
      {"a name twice deep down", "{\"Child\":{\"Text\":\"a\",\"Text\":\"b\"}}", "given twice"},
      {"a name twice in what is passed over", "{\"X\":{\"a\":1,\"a\":2}}", "given twice"},
      {"not UTF-8", "{\"Text\":\"\u00ff\"}", ""},
      {"UTF-16", "\0{\0}", ""},
      {"overlong UTF-8", "{\"Text\":\"\u00c0\u0080\"}", ""},
      {"a control character", "{\"Text\":\"\u0001\"}", ""},
      {"a broken escape", "{\"Text\":\"\\u12\"}", ""},
      {"NaN", "{\"Number\":NaN}", ""},
      {"a comment", "{/* a */}", ""},
      {"single quotes", "{'Text':'a'}", ""},
      {"deep", "{\"Child\":".repeat(200) + "{}" + "}".repeat(200), "nested too deep"},
      {
        "deep in what is passed over",
        "{\"X\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
        "nested too deep"
      },
      {"a long number", "{\"Number\":" + "1".repeat(5_000) + "}", "too long a value"},
      {"number for text", "{\"Text\":1}", "NUMBER_VALUE can not be converted to a String"},
      {"true for text", "{\"Text\":true}", "TRUE_VALUE can not be converted to a String"},
      {"list for text", "{\"Text\":[]}", "Start of list found where not expected"},
      {
        "structure for text", "{\"Text\":{}}", "Start of structure or map found where not expected."
      },
      {"text for number", "{\"Number\":\"1\"}", "STRING_VALUE can not be converted to an Integer"},
      {"false for number", "{\"Number\":false}", "FALSE_VALUE can not be converted to an Integer"},
      {
        "fraction for number",
        "{\"Number\":1.5}",
        "DECIMAL_VALUE can not be converted to an Integer"
      },
      {"text for flag", "{\"Flag\":\"true\"}", "STRING_VALUE can not be converted to a Boolean"},
      {"number for flag", "{\"Flag\":1}", "NUMBER_VALUE can not be converted to a Boolean"},
      {"text for list", "{\"Tags\":\"a\"}", "Expected list or null"},
      {
        "structure for list", "{\"Tags\":{}}", "Start of structure or map found where not expected."
      },
      {"text in a list", "{\"Tags\":[\"a\"]}", "Expected null"},
      {"text for structure", "{\"Child\":\"a\"}", "Expected null"},
      {"list for structure", "{\"Child\":[]}", "Start of list found where not expected"},
      {"text for map", "{\"Attributes\":\"a\"}", "Expected map or null"},
      {
        "number in a map",
        "{\"Attributes\":{\"a\":1}}",
        "NUMBER_VALUE can not be converted to a String"
      },
      {"number for bytes", "{\"Data\":1}", "NUMBER_VALUE can not be converted to a Blob"},
      {"no base64", "{\"Data\":\"?\"}", "not valid base64"},
    };
    for (String[] row : rows) {
      cases.add(new Case(protocol, row[0], row[1], JSON_ERROR, row[2]));
    }
    return cases;
  }

  private static List<Case> form(Protocol protocol, String code) {
    List<Case> cases = new ArrayList<>();
    String list = protocol == QUERY ? "Tags.member." : "Tags.";
    String[][] rows = {
      {"broken escape", "Text=%zz", "percent-escape"},
      {"escape cut short", "Text=%2", "percent-escape"},
      {"not UTF-8", "Text=%ff", "UTF-8"},
      {"raw bytes that are not UTF-8", "Text=\u00ff", "UTF-8"},
      {"a name twice", "Text=a&Text=b", "given twice"},
      {"deep", "Child." + "Child.".repeat(200) + "Text=a", "nested too deep"},
      {"list without numbers", list + "x.Key=a", "no number"},
      {"list with a negative number", list + "-1.Key=a", "no number"},
      {"list with a number of another script", list + "%D9%A1.Key=a", "no number"},
      {"text for list", "Tags=a", ""},
      {"structure for text", "Text.a=b", "where not expected"},
      {"text and structure", "Text=a&Text.b=c", "where not expected"},
      {"text for number", "Number=a", "number"},
      {"fraction for number", "Number=1.5", "number"},
      {"number too large", "Number=99999999999", "number"},
      {"text for flag", "Flag=yes", "boolean"},
      {"no base64", "Data=%3F", "base64"},
    };
    for (String[] row : rows) {
      cases.add(new Case(protocol, row[0], row[1], code, row[2]));
    }
    return cases;
  }

  private static List<Case> xml() {
    List<Case> cases = new ArrayList<>();
    String[][] rows = {
      {"cut short", "<Echo><Text>a</Text>", "not well-formed"},
      {"no XML at all", "{}", "not well-formed"},
      {"wrong nesting", "<Echo><Text>a</Echo></Text>", "not well-formed"},
      {"more after the end", "<Echo/><Echo/>", "not well-formed"},
      {"document type", "<!DOCTYPE Echo><Echo/>", "document type"},
      {
        "outside entity",
        "<!DOCTYPE Echo [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Echo><Text>&x;</Text></Echo>",
        "document type"
      },
      {
        "entities of entities",
        "<!DOCTYPE Echo [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><Echo><Text>&b;</Text></Echo>",
        "document type"
      },
      {"unknown entity", "<Echo><Text>&x;</Text></Echo>", "not well-formed"},
      {"not UTF-8", "<Echo><Text>\u00ff</Text></Echo>", "not well-formed"},
      {"unknown encoding", "<?xml version='1.0' encoding='x'?><Echo/>", "not well-formed"},
      {"an element twice", "<Echo><Text>a</Text><Text>b</Text></Echo>", "given twice"},
      {"element in text", "<Echo><Text><b/></Text></Echo>", "not well-formed"},
      {"text between elements", "<Echo>a<Text>b</Text></Echo>", "not well-formed"},
      {
        "deep",
        "<Echo>" + "<Child>".repeat(200) + "</Child>".repeat(200) + "</Echo>",
        "nested too deep"
      },
      {
        "deep in what is passed over",
        "<Echo>" + "<X>".repeat(200) + "</X>".repeat(200) + "</Echo>",
        "nested too deep"
      },
      {"text for number", "<Echo><Number>a</Number></Echo>", "number"},
      {"no base64", "<Echo><Data>?</Data></Echo>", "base64"},
      {
        "map entry without value",
        "<Echo><Attributes><entry><key>a</key></entry></Attributes></Echo>",
        "incomplete"
      },
    };
    for (String[] row : rows) {
      cases.add(new Case(REST_XML, row[0], row[1], XML_ERROR, row[2]));
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void isRefusedInTheServicesOwnForm(Case each) throws IOException {
    Answer answer = port.send(ProbePort.request(each.protocol(), "Put", each.body()));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(each.code());
    assertThat(answer.body()).contains(each.message());
    assertShowsNothingInside(answer);
    assertThat(port.probe.kept).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS_JSON_1_0", "AWS_JSON_1_1"})
  void emptyBodyIsNoJson(Protocol protocol) throws IOException {
    Answer answer = port.send(ProbePort.request(protocol, "Put", ""));

    assertThat(answer.body()).isEqualTo("{\"__type\":\"SerializationException\"}");
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_JSON", "REST_XML"})
  void emptyBodyIsAnEmptyStructure(Protocol protocol) throws IOException {
    assertThat(port.send(ProbePort.request(protocol, "Echo", "")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void defectShowsNothingOfTheInside(Protocol protocol) throws IOException {
    Answer answer =
        port.send(
            ProbePort.request(protocol, "Crash", protocol == REST_XML ? "" : empty(protocol)));

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.code()).startsWith("Internal");
    assertShowsNothingInside(answer);
    assertThat(answer.body()).doesNotContain("internal detail");
    assertThat(answer.header("x-amzn-requestid")).hasSize(36);
  }

  private static String empty(Protocol protocol) {
    return protocol == QUERY || protocol == EC2_QUERY ? "" : "{}";
  }

  private static void assertShowsNothingInside(Answer answer) {
    assertThat(answer.body()).doesNotContain("java.", "dev.sekisho", "jackson", "\tat ", "jetty");
    assertThat(answer.header("server")).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"AWS_JSON_1_0", "AWS_JSON_1_1", "QUERY", "EC2_QUERY"})
  void anotherContentTypeIsRefused(Protocol protocol) throws IOException {
    String body = "Action=Put&Version=2026-01-01-" + ProbePort.name(protocol);
    Answer answer =
        port.send(
            ProbePort.signed(
                ProbePort.signer(protocol),
                "/",
                protocol == AWS_JSON_1_0 || protocol == AWS_JSON_1_1 ? "{}" : body,
                "content-type",
                "text/plain",
                "x-amz-target",
                ProbePort.name(protocol) + ".Put"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("content type must be");
    assertThat(port.probe.kept).isEmpty();
  }

  @Test
  void restBodyOfAnotherContentTypeIsRefused() throws IOException {
    Answer answer =
        port.send(
            ProbePort.signed(
                ProbePort.signer(REST_JSON), "/put", "{}", "content-type", "text/plain"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("content type must be application/json");
    assertThat(port.probe.kept).isEmpty();
  }

  @Test
  void requestThatNamesNoServiceIsToldSo() throws IOException {
    Answer answer = port.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.code()).isEqualTo("UnknownOperationException");
  }

  @Test
  void formThatNamesNoServiceIsAnsweredAsXml() throws IOException {
    Answer answer =
        port.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 8\r\n\r\nAction=a");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).startsWith("<ErrorResponse><Error><Type>Sender</Type>");
  }

  @Test
  void serviceThatIsNotThereIsNamed() throws IOException {
    Answer answer =
        port.send(
            ProbePort.signed(
                ProbePort.signer(REST_JSON).withService("dynamodb"),
                "/",
                "{}",
                "content-type",
                "application/x-amz-json-1.0",
                "x-amz-target",
                "DynamoDB_20120810.ListTables"));

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.body())
        .isEqualTo(
            "{\"__type\":\"NotImplemented\",\"message\":\"Sekisho does not have the service"
                + " dynamodb.\"}");
  }

  @Test
  void fullStoreIsSaidAndNothingKept() throws IOException {
    try (ProbePort full = new ProbePort(HttpLimits.USUAL)) {
      full.ledger.fill();
      for (Protocol protocol : Protocol.values()) {
        Answer answer =
            full.send(
                ProbePort.request(protocol, "Put", protocol == REST_XML ? "" : empty(protocol)));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).contains("navailable");
        assertThat(full.probe.kept).isEmpty();
      }
    }
  }
}
