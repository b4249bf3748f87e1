package dev.sekisho.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that a proxy and a server could understand differently. Each carries a good request
 * where another reader might find one; it must never be carried out.
 */
class SmugglingTest {

  private static ProbePort port;

  /**
   * @param name what is wrong with it
   * @param bytes each character one byte
   * @param status of the one answer, after which the connection is closed
   */
  private record Case(String name, String bytes, int status) {
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

  private static String smuggled() {
    return ProbePort.request(Protocol.AWS_JSON_1_1, "Put", "{\"Text\":\"smuggled\"}");
  }

  private static Case framed(String name, String headers, String body) {
    return new Case(
        name, "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body + smuggled(), 400);
  }

  static Stream<Case> refused() {
    return Stream.of(
        framed(
            "length and transfer coding",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\n"),
        framed(
            "transfer coding and length",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "0\r\n\r\n"),
        framed("two lengths", "Content-Length: 5\r\nContent-Length: 0\r\n", "12345"),
        framed("length with a sign", "Content-Length: +5\r\n", "12345"),
        framed("negative length", "Content-Length: -1\r\n", ""),
        framed("list of lengths", "Content-Length: 5, 5\r\n", "12345"),
        framed("length that is no number", "Content-Length: 0x5\r\n", "12345"),
        framed(
            "length too large for a number", "Content-Length: 18446744073709551621\r\n", "12345"),
        framed("unknown transfer coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        framed("chunked, then identity", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
        framed(
            "two transfer codings",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
            "0\r\n\r\n"),
        framed(
            "chunked twice",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "0\r\n\r\n"),
        framed("blank before the colon", "Content-Length : 5\r\n", "12345"),
        framed("bare CR in a value", "X-A: b\rContent-Length: 5\r\n", ""),
        framed("NUL in a value", "X-A: b\0c\r\n", ""),
        framed("blank in a name", "X A: b\r\n", ""),
        framed("header without a colon", "Content-Length\r\n", ""),
        framed("header without a name", ": 5\r\n", ""),
        framed("folded header", "X-A: b\r\n Content-Length: 5\r\n", ""),
        framed("folded first header", " X-A: b\r\n", ""),
        new Case("bare LF line ends", "POST / HTTP/1.1\nHost: a\n\n" + smuggled(), 400),
        framed("bare LF in a header's end", "X-A: b\nContent-Length: 5\r\n", ""),
        framed("chunk size ended by LF", "Transfer-Encoding: chunked\r\n", "1\nA\r\n0\r\n\r\n"),
        framed("LF in a chunk extension", "Transfer-Encoding: chunked\r\n", "1;a\nA\r\n0\r\n\r\n"),
        framed(
            "CRLF quoted in a chunk extension",
            "Transfer-Encoding: chunked\r\n",
            "1;a=\"\r\nA\"\r\n0\r\n\r\n"),
        framed("0x before a chunk size", "Transfer-Encoding: chunked\r\n", "0x1\r\nA\r\n0\r\n\r\n"),
        framed(
            "chunk size that overflows",
            "Transfer-Encoding: chunked\r\n",
            "10000000000000001\r\nA\r\n0\r\n\r\n"),
        framed("negative chunk size", "Transfer-Encoding: chunked\r\n", "-1\r\nA\r\n0\r\n\r\n"),
        framed(
            "blank before a chunk size", "Transfer-Encoding: chunked\r\n", " 1\r\nA\r\n0\r\n\r\n"),
        framed("chunk not ended by CRLF", "Transfer-Encoding: chunked\r\n", "1\r\nAB\r\n0\r\n\r\n"),
        new Case("control bytes before the request", "\1\2GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled(), 400),
        new Case("no host", "GET / HTTP/1.1\r\n\r\n" + smuggled(), 400),
        new Case(
            "transfer coding in HTTP/1.0",
            "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + smuggled(),
            400),
        new Case("another host in the target", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("encoded dots", "GET /%2e%2e/a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("dots", "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("one dot at the end", "GET /a/. HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("dots with a parameter", "GET /a/..;x/b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("empty segment", "GET //a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("encoded NUL", "GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("broken escape", "GET /a%0 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("escapes that are not UTF-8", "GET /a%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("bytes beyond ASCII in the path", "GET /a\u00ff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("HTTP/0.9", "GET /\r\n", 505),
        new Case("HTTP/2 without agreement", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 426),
        new Case("unknown version", "GET / HTTP/3.7\r\nHost: a\r\n\r\n", 505),
        new Case("tabs in the request line", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400),
        new Case("TLS on a plain port", "\u0016\u0003\u0001\0\u00a5\1\0\0\u00a1\u0003\u0003", 400));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedOnceAndTheConnectionClosed(Case each) throws IOException {
    try (RawConnection connection = port.connect()) {
      connection.send(each.bytes()).end();

      RawConnection.Answer answer = connection.answer();

      assertThat(answer).isNotNull();
      assertThat(answer.status()).isEqualTo(each.status());
      assertThat(answer.body()).doesNotContain("Exception", "jetty", "\tat ");
      assertThat(connection.isClosed()).isTrue();
      assertThat(port.probe.kept).isEmpty();
    }
  }

  /** What may look odd and still has one meaning only. */
  static Stream<Case> unambiguous() {
    return Stream.of(
        new Case("encoded slash", "GET /a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("parameter in a segment", "GET /a..;x/b HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("own host in the target", "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("dots in a name", "GET /a..b/.c HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("any method", "BREW /a HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("the server itself", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("a tunnel", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 404),
        new Case("an empty line before", "\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        new Case("plain HTTP/1.0", "GET /a HTTP/1.0\r\nHost: a\r\n\r\n", 404));
  }

  @ParameterizedTest
  @MethodSource("unambiguous")
  void hasOneMeaning(Case each) throws IOException {
    try (RawConnection connection = port.connect()) {
      connection.send(each.bytes()).end();

      assertThat(connection.answer().status()).isEqualTo(each.status());
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void requestsInOnePacketAreAnsweredInTheirOrder() throws IOException {
    String first = ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", "{\"Text\":\"one\"}");
    String second = ProbePort.request(Protocol.REST_JSON, "Echo", "{\"Text\":\"two\"}");
    String third = ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", "{\"Text\":\"three\"}");
    try (RawConnection connection = port.connect()) {
      connection.send(first + second + third);

      for (String text : List.of("one", "two", "three")) {
        assertThat(connection.answer().body()).isEqualTo("{\"Text\":\"" + text + "\"}");
      }
    }
  }

  @Test
  void chunkedBodyIsTheSameAsAWholeOne() throws IOException {
    String whole = ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", "{\"Text\":\"a\"}");
    int end = whole.indexOf("\r\n\r\n");
    String head = whole.substring(0, whole.lastIndexOf("content-length", end));
    String chunked =
        "transfer-encoding: chunked\r\n\r\n5;x=y\r\n{\"Tex\r\n7\r\nt\":\"a\"}\r\n0\r\n\r\n";
    try (RawConnection connection = port.connect()) {
      connection.send(head + chunked);

      assertThat(connection.answer().body()).isEqualTo("{\"Text\":\"a\"}");
    }
  }

  @Test
  void headerValuesAreSignedByteForByte() throws IOException {
    // The signature covers UTF-8 as the client wrote it; the port must hand on the same bytes.
    String utf8 = "\u00c3\u00bc";
    String signed =
        ProbePort.signed(
            ProbePort.signer(Protocol.REST_JSON), "/echo", "{}", "x-amz-meta-name", "\u00fc");

    assertThat(port.send(signed.replace("\u00fc", utf8)).status()).isEqualTo(200);
  }
}
