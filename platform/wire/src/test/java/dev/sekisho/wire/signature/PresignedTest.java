package dev.sekisho.wire.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.wire.http.HttpLimits;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection;
import dev.sekisho.wire.probe.Signer;
import java.io.IOException;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures in the query: good until their end, and refused when anything is amiss. */
class PresignedTest {

  private static final String OPERATION =
      "Action=Echo&Version=2026-01-01-" + ProbePort.name(Protocol.QUERY);
  private static ProbePort port;

  private record Case(String name, String code, UnaryOperator<String> change) {
    @Override
    public String toString() {
      return name;
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

  private static String query(Signer signer, String extra) {
    String unsigned =
        OPERATION
            + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
            + Signer.encode(signer.keyId() + '/' + signer.scope())
            + "&X-Amz-Date="
            + signer.time()
            + "&X-Amz-SignedHeaders=host"
            + extra;
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("host", "127.0.0.1");
    String signature = signer.signature("GET", "/", unsigned, headers, Signer.sha256(new byte[0]));
    return unsigned + "&X-Amz-Signature=" + signature;
  }

  private static String good() {
    return query(ProbePort.signer(Protocol.QUERY), "&X-Amz-Expires=60");
  }

  private static RawConnection.Answer get(String query) throws IOException {
    return port.send(
        "GET /?" + query + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
  }

  @Test
  void goodOneIsGood() throws IOException {
    assertThat(get(good()).status()).isEqualTo(200);
  }

  @Test
  void isGoodUntilItsEndHoweverOld() throws IOException {
    Signer old = ProbePort.signer(Protocol.QUERY).withTime("20260225T050607Z");

    assertThat(get(query(old, "&X-Amz-Expires=604800")).status()).isEqualTo(200);
    RawConnection.Answer late = get(query(old, "&X-Amz-Expires=604799"));
    assertThat(late.code()).isEqualTo("RequestExpired");
    assertThat(late.status()).isEqualTo(400);
  }

  @Test
  void isGoodForFifteenMinutesWhenItSaysNothing() throws IOException {
    Signer signer = ProbePort.signer(Protocol.QUERY);

    assertThat(get(query(signer.withTime("20260304T045107Z"), "")).status()).isEqualTo(200);
    assertThat(get(query(signer.withTime("20260304T045106Z"), "")).code())
        .isEqualTo("RequestExpired");
  }

  @Test
  void isNotGoodBeforeItsTime() throws IOException {
    Signer early = ProbePort.signer(Protocol.QUERY).withTime("20260304T052108Z");

    assertThat(get(query(early, "&X-Amz-Expires=60")).code()).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void tokenMayBeAddedAfterSigning() throws IOException {
    assertThat(get(good() + "&X-Amz-Security-Token=token").status()).isEqualTo(200);
    assertThat(
            get(query(
                    ProbePort.signer(Protocol.QUERY),
                    "&X-Amz-Expires=60&X-Amz-Security-Token=to%2Fken"))
                .status())
        .isEqualTo(200);
  }

  static Stream<Case> bad() {
    return Stream.of(
        new Case("no algorithm", "IncompleteSignature", without("X-Amz-Algorithm")),
        new Case("no credential", "IncompleteSignature", without("X-Amz-Credential")),
        new Case("no date", "IncompleteSignature", without("X-Amz-Date")),
        new Case("no signed headers", "IncompleteSignature", without("X-Amz-SignedHeaders")),
        new Case("no signature", "IncompleteSignature", without("X-Amz-Signature")),
        new Case("end taken away", "SignatureDoesNotMatch", without("X-Amz-Expires")),
        new Case("end moved", "SignatureDoesNotMatch", changed("Expires=60", "Expires=600")),
        new Case("end of nought", "IncompleteSignature", changed("Expires=60", "Expires=0")),
        new Case("end too far", "IncompleteSignature", changed("Expires=60", "Expires=604801")),
        new Case(
            "end that is no number", "IncompleteSignature", changed("Expires=60", "Expires=a")),
        new Case("date that is none", "IncompleteSignature", changed("T050607Z", "T250607Z")),
        new Case(
            "date in another form",
            "SignatureDoesNotMatch",
            changed("X-Amz-Date=20260304T050607Z", "X-Amz-Date=2026-03-04")),
        new Case("another action", "SignatureDoesNotMatch", changed("=Echo", "=Put")),
        new Case("one parameter more", "SignatureDoesNotMatch", query -> query + "&Text=smuggled"),
        new Case("signature twice", "IncompleteSignature", query -> query + "&X-Amz-Signature=0"),
        new Case("credential twice", "IncompleteSignature", query -> query + "&X-Amz-Credential=a"),
        new Case("broken escape", "IncompleteSignature", query -> query + "&a=%zz"));
  }

  private static UnaryOperator<String> without(String name) {
    return query -> query.replaceFirst("&" + name + "=[^&]*", "");
  }

  private static UnaryOperator<String> changed(String part, String with) {
    return query -> query.replace(part, with);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void isRefused(Case each) throws IOException {
    String changed = each.change().apply(good());
    assertThat(changed).isNotEqualTo(good());

    RawConnection.Answer answer = get(changed);

    assertThat(answer.code()).isEqualTo(each.code());
    assertThat(port.probe.kept).isEmpty();
  }

  @Test
  void unsignedAmzHeaderIsRefused() throws IOException {
    RawConnection.Answer answer =
        port.send(
            "GET /?"
                + good()
                + " HTTP/1.1\r\nhost: 127.0.0.1\r\nx-amz-other: a\r\nconnection: close\r\n\r\n");

    assertThat(answer.code()).isEqualTo("SignatureDoesNotMatch");
  }
}
