package dev.sekisho.wire.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection;
import dev.sekisho.wire.probe.Signer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a signature can be wrong, in each protocol, with the error its family gives. */
class SignatureRefusalsTest {

  private static ProbePort port;

  private enum Why {
    MISSING(
        "MissingAuthenticationTokenException",
        "MissingAuthenticationToken/403",
        "MissingAuthenticationToken/403"),
    INCOMPLETE(
        "IncompleteSignatureException", "IncompleteSignature/400", "IncompleteSignature/400"),
    UNKNOWN_KEY("UnrecognizedClientException", "InvalidClientTokenId/403", "AuthFailure/401"),
    EXPIRED_TOKEN("ExpiredTokenException", "ExpiredToken/403", "RequestExpired/400"),
    MISMATCH("InvalidSignatureException", "SignatureDoesNotMatch/403", "SignatureDoesNotMatch/403");

    private final String json;
    private final String query;
    private final String ec2;

    Why(String json, String query, String ec2) {
      this.json = json;
      this.query = query;
      this.ec2 = ec2;
    }

    String in(Protocol protocol) {
      return switch (protocol) {
        case AWS_JSON_1_0, AWS_JSON_1_1 -> json + "/400";
        case REST_JSON -> json + "/403";
        case QUERY -> query;
        case EC2_QUERY -> ec2;
        case REST_XML ->
            switch (this) {
              case MISSING -> "AccessDenied/403";
              case INCOMPLETE -> "AuthorizationHeaderMalformed/400";
              case UNKNOWN_KEY -> "InvalidAccessKeyId/403";
              case EXPIRED_TOKEN -> "ExpiredToken/400";
              case MISMATCH -> "SignatureDoesNotMatch/403";
            };
      };
    }
  }

  private record Case(
      String name, Why why, String message, BiFunction<Signer, Protocol, String> request) {}

  private record Row(Case what, Protocol protocol) {
    @Override
    public String toString() {
      return protocol + " " + what.name();
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

  private static String good(Signer signer, Protocol protocol) {
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON ->
          ProbePort.request(signer, protocol, "Echo", "{}");
      case QUERY, EC2_QUERY, REST_XML -> ProbePort.request(signer, protocol, "Echo", "");
    };
  }

  /** Changes one part of the good request; the host tells the service when nothing else does. */
  private static BiFunction<Signer, Protocol, String> altered(String pattern, String with) {
    return (signer, protocol) -> {
      String request = good(signer, protocol);
      String other = request.replaceFirst(pattern, with);
      assertThat(other).isNotEqualTo(request);
      return other.replaceFirst(
          "host: 127.0.0.1", "host: " + ProbePort.name(protocol) + ".us-east-1.amazonaws.com");
    };
  }

  private static BiFunction<Signer, Protocol, String> signedBy(UnaryOperator<Signer> change) {
    return (signer, protocol) -> good(change.apply(signer), protocol);
  }

  private static List<Case> cases() {
    return List.of(
        new Case("no signature", Why.MISSING, "", altered("authorization: .*\r\n", "")),
        new Case(
            "another algorithm",
            Why.INCOMPLETE,
            "Unsupported AWS 'algorithm': 'AWS3-HMAC'",
            altered("AWS4-HMAC-SHA256", "AWS3-HMAC")),
        new Case(
            "no credential",
            Why.INCOMPLETE,
            "Authorization header requires 'Credential' parameter.",
            altered("Credential=[^,]*, ", "")),
        new Case(
            "no list of headers",
            Why.INCOMPLETE,
            "Authorization header requires 'SignedHeaders' parameter.",
            altered("SignedHeaders=[^,]*, ", "")),
        new Case(
            "no signature in the header",
            Why.INCOMPLETE,
            "Authorization header requires 'Signature' parameter.",
            altered("Signature=[0-9a-f]*", "Signature=")),
        new Case(
            "part without a value",
            Why.INCOMPLETE,
            "Invalid key=value pair (missing equal-sign) in Authorization header",
            altered("Credential=", "Credential, ")),
        new Case(
            "credential in four parts",
            Why.INCOMPLETE,
            "Credential must have exactly 5 slash-delimited elements",
            altered("/aws4_request", "")),
        new Case(
            "two Authorization headers",
            Why.INCOMPLETE,
            "one place only",
            altered("(authorization: .*\r\n)", "$1$1")),
        new Case(
            "header and query",
            Why.INCOMPLETE,
            "one place only",
            altered("POST (/[a-z]*)", "POST $1?X-Amz-Signature=0")),
        new Case(
            "two dates", Why.INCOMPLETE, "given twice", altered("(x-amz-date: .*\r\n)", "$1$1")),
        new Case(
            "no date",
            Why.INCOMPLETE,
            "requires existence of either a 'X-Amz-Date' or a 'Date' header",
            altered("x-amz-date: .*\r\n", "")),
        new Case("unknown key", Why.UNKNOWN_KEY, "", signedBy(s -> s.withKeyId("AKIAUNKNOWN"))),
        new Case("expired token", Why.EXPIRED_TOKEN, "", signedBy(s -> s.withKeyId("ASIAEXPIRED"))),
        new Case(
            "another secret",
            Why.MISMATCH,
            "The request signature we calculated does not match the signature you provided.",
            signedBy(s -> s.withSecret("another"))),
        new Case(
            "region that is none",
            Why.MISMATCH,
            "Credential should be scoped to a valid region.",
            signedBy(s -> s.withRegion("mars-north-1"))),
        new Case(
            "another day in the scope",
            Why.MISMATCH,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                + " HTTP: '20260303' != '20260304', from '20260304T050607Z'.",
            altered("/20260304/", "/20260303/")),
        new Case(
            "too old",
            Why.MISMATCH,
            "Signature expired: 20260304T045106Z is now earlier than 20260304T045107Z"
                + " (20260304T050607Z - 15 min.)",
            signedBy(s -> s.withTime("20260304T045106Z"))),
        new Case(
            "too new",
            Why.MISMATCH,
            "Signature not yet current: 20260304T052108Z is still later than 20260304T052107Z"
                + " (20260304T050607Z + 15 min.)",
            signedBy(s -> s.withTime("20260304T052108Z"))),
        new Case(
            "x-amz- header that is not signed",
            Why.MISMATCH,
            "'x-amz-other' must be a 'SignedHeader' in the AWS Authorization.",
            altered("x-amz-date", "x-amz-other: a\r\nx-amz-date")),
        new Case(
            "header altered",
            Why.MISMATCH,
            "",
            altered("content-type: (.*)\r", "content-type: $1;a=b\r")),
        new Case(
            "signature altered",
            Why.MISMATCH,
            "does not match",
            altered("Signature=[0-9a-f]", "Signature=z")),
        new Case(
            "signature cut short",
            Why.MISMATCH,
            "",
            altered("(Signature=[0-9a-f]{63})[0-9a-f]", "$1")));
  }

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Case each : cases()) {
      Stream.of(Protocol.values()).forEach(protocol -> rows.add(new Row(each, protocol)));
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isRefusedInTheFamilysWords(Row row) throws IOException {
    Signer signer = ProbePort.signer(row.protocol());

    RawConnection.Answer answer = port.send(row.what().request().apply(signer, row.protocol()));

    assertThat(answer.code() + "/" + answer.status())
        .isEqualTo(row.what().why().in(row.protocol()));
    if (row.protocol() == Protocol.QUERY) {
      assertThat(answer.body().replace("&apos;", "'")).contains(row.what().message());
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void theGoodRequestIsGood(Protocol protocol) throws IOException {
    assertThat(port.send(good(ProbePort.signer(protocol), protocol)).status()).isEqualTo(200);
  }

  @Test
  void anotherBodyIsRefused() throws IOException {
    String request =
        ProbePort.request(Protocol.AWS_JSON_1_1, "Put", "{\"Text\":\"one\"}")
            .replace("\"one\"", "\"two\"");

    assertThat(port.send(request).code()).isEqualTo("InvalidSignatureException");
    assertThat(port.probe.kept).isEmpty();
  }

  @Test
  void theClockWindowIsTheServicesOwn() throws IOException {
    Map<String, Integer> statusByTime =
        Map.of("20260304T050107Z", 200, "20260304T050106Z", 400, "20260304T051108Z", 400);
    ServiceRules strict = ServiceRules.USUAL.withClockWindow(Duration.ofMinutes(5));
    try (ProbePort kms = new ProbePort(HttpLimits.USUAL, strict)) {
      for (Map.Entry<String, Integer> each : statusByTime.entrySet()) {
        Signer signer = ProbePort.signer(Protocol.AWS_JSON_1_1).withTime(each.getKey());
        assertThat(kms.send(good(signer, Protocol.AWS_JSON_1_1)).status())
            .isEqualTo(each.getValue());
      }
    }
  }
}
