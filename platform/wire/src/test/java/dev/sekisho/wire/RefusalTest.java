package dev.sekisho.wire;

import static dev.sekisho.contract.Protocol.AWS_JSON_1_0;
import static dev.sekisho.contract.Protocol.AWS_JSON_1_1;
import static dev.sekisho.contract.Protocol.EC2_QUERY;
import static dev.sekisho.contract.Protocol.QUERY;
import static dev.sekisho.contract.Protocol.REST_JSON;
import static dev.sekisho.contract.Protocol.REST_XML;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.events.Event;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection.Answer;
import dev.sekisho.wire.probe.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each protocol answers at each gate that says no, and what the audit log keeps of it. */
class RefusalTest {

  private ProbePort port;

  @BeforeEach
  void start() {
    port = new ProbePort(HttpLimits.USUAL);
  }

  @AfterEach
  void stop() {
    port.close();
  }

  private static String body(Protocol protocol) {
    return protocol == AWS_JSON_1_0 || protocol == AWS_JSON_1_1 ? "{}" : "";
  }

  private String onlyEvent() {
    List<Event> events = port.ledger.events();
    assertThat(events).hasSize(1);
    return new String(events.getFirst().record().bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void operationOfTheApiThatIsNotServedIsNamed(Protocol protocol) throws IOException {
    String request =
        protocol == REST_JSON || protocol == REST_XML
            ? ProbePort.signed(ProbePort.signer(protocol), "/absent/x", "")
            : ProbePort.request(protocol, "Absent", body(protocol));

    Answer answer = port.send(request);

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.code()).isEqualTo("NotImplemented");
    assertThat(answer.body()).contains(ProbePort.name(protocol) + ":Absent");
    assertThat(onlyEvent())
        .contains("\"eventName\":\"Absent\"", "\"errorCode\":\"NotImplemented\"", "\"good\"");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void operationThatIsNotServedNeedsAGoodSignatureAllTheSame(Protocol protocol) throws IOException {
    Signer wrong = ProbePort.signer(protocol).withSecret("not the secret");
    String request =
        protocol == REST_JSON || protocol == REST_XML
            ? ProbePort.signed(wrong, "/absent/x", "")
            : ProbePort.request(wrong, protocol, "Absent", body(protocol));

    assertThat(port.send(request).code())
        .isIn("SignatureDoesNotMatch", "InvalidSignatureException");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_JSON_1_0, 400, UnknownOperationException",
    "AWS_JSON_1_1, 400, UnknownOperationException",
    "QUERY, 400, InvalidAction",
    "EC2_QUERY, 400, InvalidAction",
    "REST_JSON, 404, UnknownOperationException",
    "REST_XML, 404, UnknownOperationException"
  })
  void operationThatNoApiHasIsUnknown(Protocol protocol, int status, String code)
      throws IOException {
    Answer answer = port.send(ProbePort.request(protocol, "Nonsense", body(protocol)));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_JSON_1_0, 400, AccessDeniedException",
    "AWS_JSON_1_1, 400, AccessDeniedException",
    "QUERY, 403, AccessDenied",
    "EC2_QUERY, 403, UnauthorizedOperation",
    "REST_JSON, 403, AccessDeniedException",
    "REST_XML, 403, AccessDenied"
  })
  void callThatNoPolicyAllowsIsDenied(Protocol protocol, int status, String code)
      throws IOException {
    Answer answer =
        port.send(
            ProbePort.request(
                ProbePort.signer(protocol).withKeyId(ProbePort.DENIED_KEY_ID),
                protocol,
                "Put",
                body(protocol)));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body()).contains("not allowed: probe:Put");
    assertThat(port.probe.kept).isEmpty();
    assertThat(onlyEvent()).contains("\"denied\"", "\"eventName\":\"Put\"", "not allowed");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_JSON_1_0, ValidationException",
    "AWS_JSON_1_1, ValidationException",
    "QUERY, ValidationError",
    "EC2_QUERY, InvalidParameterValue",
    "REST_JSON, ValidationException",
    "REST_XML, InvalidRequest"
  })
  void valueThatBreaksAConstraintIsRefused(Protocol protocol, String code) throws IOException {
    String body =
        switch (protocol) {
          case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON -> "{\"Number\":101}";
          case QUERY, EC2_QUERY -> "Number=101";
          case REST_XML -> "<Echo><Number>101</Number></Echo>";
        };

    Answer answer = port.send(ProbePort.request(protocol, "Put", body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.body())
        .contains(
            "1 validation error detected", "Member must have value less than or equal to 100");
    assertThat(port.probe.kept).isEmpty();
    assertThat(onlyEvent()).contains("\"errorCode\":\"" + code + "\"");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void operationThatNeedsNoSignatureIsServedWithoutOne(Protocol protocol) throws IOException {
    String signed = ProbePort.request(protocol, "Open", body(protocol));
    String unsigned =
        signed
            .replaceAll("authorization: [^\r]*\r\n", "")
            .replace("host: 127.0.0.1", "host: " + ProbePort.name(protocol) + ".localhost");

    assertThat(port.send(unsigned).status()).isEqualTo(200);
    assertThat(onlyEvent()).contains("\"type\":\"Unknown\"");
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void operationThatNeedsASignatureIsNotServedWithoutOne(Protocol protocol) throws IOException {
    String signed = ProbePort.request(protocol, "Put", body(protocol));
    String unsigned =
        signed
            .replaceAll("authorization: [^\r]*\r\n", "")
            .replace("host: 127.0.0.1", "host: " + ProbePort.name(protocol) + ".localhost");

    Answer answer = port.send(unsigned);

    assertThat(answer.status())
        .isEqualTo(protocol == AWS_JSON_1_0 || protocol == AWS_JSON_1_1 ? 400 : 403);
    assertThat(answer.code())
        .isIn("MissingAuthenticationTokenException", "MissingAuthenticationToken", "AccessDenied");
    assertThat(port.probe.kept).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void goodCallIsCarriedOutAndAudited(Protocol protocol) throws IOException {
    Answer answer = port.send(ProbePort.request(protocol, "Put", body(protocol)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(port.probe.kept).hasSize(1);
    assertThat(onlyEvent())
        .contains(
            "\"eventVersion\":\"1.11\"", "\"requestID\":\"" + answer.header("x-amzn-requestid"))
        .doesNotContain("errorCode");
  }

  @Test
  void formWithoutActionIsToldSo() throws IOException {
    Answer answer =
        port.send(
            ProbePort.signed(
                ProbePort.signer(QUERY),
                "/",
                "Version=2026-01-01-probequery",
                "content-type",
                "application/x-www-form-urlencoded"));

    assertThat(answer.code()).isEqualTo("MissingAction");
  }

  @Test
  void formForAnotherVersionIsToldSo() throws IOException {
    Answer answer =
        port.send(
            ProbePort.signed(
                ProbePort.signer(QUERY),
                "/",
                "Action=Put&Version=2001-01-01",
                "content-type",
                "application/x-www-form-urlencoded"));

    assertThat(answer.code()).isEqualTo("InvalidAction");
    assertThat(answer.body()).contains("Could not find operation Put for version 2001-01-01");
  }

  @Test
  void targetOfAnotherServiceIsUnknown() throws IOException {
    Answer answer =
        port.send(
            ProbePort.signed(
                ProbePort.signer(AWS_JSON_1_1),
                "/",
                "{}",
                "content-type",
                "application/x-amz-json-1.1",
                "x-amz-target",
                "Elsewhere.Put"));

    assertThat(answer.code()).isEqualTo("UnknownOperationException");
    assertThat(port.probe.kept).isEmpty();
  }
}
