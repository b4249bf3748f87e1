package dev.sekisho.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Protocol;
import dev.sekisho.wire.ServiceRules;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer may ask of the port, and what it gets when it asks for more. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpLimitsTest {

  private static final int BODY = 8_192;
  private static final int SERVICE_BODY = 4_096;
  private static final int CONNECTIONS = 4;

  private static final HttpLimits LIMITS =
      new HttpLimits(
          4_096,
          20,
          Duration.ofMillis(400),
          BODY,
          Duration.ofMillis(400),
          1_000,
          Duration.ofSeconds(2),
          CONNECTIONS);

  private ProbePort port;

  @BeforeEach
  void start() {
    port = new ProbePort(LIMITS, ServiceRules.USUAL.withBodyLimit(SERVICE_BODY));
  }

  @AfterEach
  void stop() {
    port.close();
  }

  private static String good() {
    return ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", "{\"Text\":\"a\"}");
  }

  private void portStillAnswers() throws IOException {
    assertThat(port.send(good()).status()).isEqualTo(200);
    assertThat(port.probe.kept).isEmpty();
  }

  /** Sends one byte at a time until an answer or the end comes, or the text is all sent. */
  private static void drip(RawConnection connection, String text) throws IOException {
    for (char each : text.toCharArray()) {
      try {
        connection.send(String.valueOf(each));
      } catch (SocketException closed) {
        return;
      }
      if (!connection.isSilentFor(20)) {
        return;
      }
    }
  }

  @Test
  void headThatDripsInEndsWithTheConnection() throws IOException {
    try (RawConnection connection = port.connect()) {
      drip(connection, "GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(100));

      assertThat(connection.answer()).isNull();
    }
    portStillAnswers();
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void bodyThatDripsInIsRefusedInTheServicesWords(Protocol protocol) throws IOException {
    String request = ProbePort.request(protocol, "Put", "x".repeat(2_000));
    int body = request.indexOf("\r\n\r\n") + 4;
    RawConnection.Answer answer = null;
    // A byte that meets the closing connection is answered by a reset, which takes the refusal with
    // it; the next connection is unlikely to meet the same moment.
    for (int attempt = 0; answer == null && attempt < 5; attempt++) {
      try (RawConnection connection = port.connect()) {
        connection.send(request.substring(0, body));
        drip(connection, request.substring(body));

        answer = connection.answer();
        assertThat(connection.isClosed()).isTrue();
      }
    }
    assertThat(answer).as("the refusal").isNotNull();
    assertThat(answer.status()).isEqualTo(protocol == Protocol.REST_XML ? 400 : 408);
    assertThat(answer.code()).startsWith("RequestTimeout");
    portStillAnswers();
  }

  @Test
  void silenceInABodyIsRefused() throws IOException {
    String request = ProbePort.request(Protocol.AWS_JSON_1_1, "Put", "{\"Text\":\"a\"}");
    try (RawConnection connection = port.connect()) {
      connection.send(request.substring(0, request.length() - 1));

      assertThat(connection.answer().code()).isEqualTo("RequestTimeoutException");
    }
    portStillAnswers();
  }

  @Test
  void bodyThatKeepsThePaceIsTaken() throws IOException {
    String text = "{\"Attributes\":{\"a\":\"" + "b".repeat(3_000) + "\"}}";
    String request = ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", text);
    try (RawConnection connection = port.connect()) {
      // Three times the grace, but at more than twice the pace.
      for (int at = 0; at < request.length(); at += 300) {
        connection.send(request.substring(at, Math.min(request.length(), at + 300)));
        connection.isSilentFor(100);
      }

      assertThat(connection.answer().body()).isEqualTo(text);
    }
  }

  @Test
  void silenceBetweenRequestsIsNotHeldAgainstTheNext() throws IOException {
    try (RawConnection connection = port.connect()) {
      for (int i = 0; i < 2; i++) {
        connection.send(good());
        assertThat(connection.answer().status()).isEqualTo(200);
        assertThat(connection.isSilentFor(1_200)).isTrue();
      }
      connection.send("POST");
      assertThat(connection.isSilentFor(50)).isTrue();
      connection.send(good().substring(4));
      assertThat(connection.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void silentConnectionIsClosed() throws IOException {
    try (RawConnection connection = port.connect()) {
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void bodyLargerThanTheServiceTakesIsRefusedInItsWords(Protocol protocol) throws IOException {
    String request = ProbePort.request(protocol, "Put", "x".repeat(SERVICE_BODY + 1));

    RawConnection.Answer answer = port.send(request);

    assertThat(answer.status()).isEqualTo(protocol == Protocol.REST_XML ? 400 : 413);
    assertThat(answer.code())
        .isEqualTo(
            switch (protocol) {
              case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON -> "RequestEntityTooLargeException";
              case QUERY, EC2_QUERY -> "RequestEntityTooLarge";
              case REST_XML -> "EntityTooLarge";
            });
    portStillAnswers();
  }

  @Test
  void bodyThatFitsTheServiceExactlyIsTaken() throws IOException {
    String frame = "{\"Attributes\":{\"a\":\"\"}}";
    String text = frame.replace("\"\"", '"' + "b".repeat(SERVICE_BODY - frame.length()) + '"');

    assertThat(port.send(ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", text)).status())
        .isEqualTo(200);
  }

  @Test
  void chunkedBodyWithoutEndIsRefusedAtTheLimit() throws IOException {
    try (RawConnection connection = port.connect()) {
      connection.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int sent = 0; sent <= BODY; sent += 1_024) {
        connection.send("400\r\n" + "x".repeat(1_024) + "\r\n");
      }
      connection.send("0\r\n\r\n");

      assertThat(connection.answer().status()).isEqualTo(413);
    }
    portStillAnswers();
  }

  @Test
  void largeBodyIsRefusedBeforeItIsAskedFor() throws IOException {
    try (RawConnection connection = port.connect()) {
      connection.send(
          "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1000000000\r\n\r\n");

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.continued()).isFalse();
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void tooManyHeadersAreRefused() throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(20) + "\r\n";

    assertThat(port.send(request).status()).isEqualTo(431);
    portStillAnswers();
  }

  @Test
  void tooLargeHeadersAreRefused() throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "b".repeat(5_000) + "\r\n\r\n";

    assertThat(port.send(request).status()).isEqualTo(431);
    portStillAnswers();
  }

  @Test
  void tooLongAddressIsRefused() throws IOException {
    assertThat(port.send("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n\r\n").status())
        .isEqualTo(414);
    portStillAnswers();
  }

  @Test
  void headersWithoutEndAreCutOff() throws IOException {
    try (RawConnection connection = port.connect()) {
      connection.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(1_000));

      assertThat(connection.answer().status()).isEqualTo(431);
      assertThat(connection.isClosed()).isTrue();
    }
    portStillAnswers();
  }

  @Test
  void connectionsBeyondTheLimitWaitForAPlace() throws IOException {
    List<RawConnection> taken = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      RawConnection connection = port.connect();
      connection.send(good());
      assertThat(connection.answer().status()).isEqualTo(200);
      taken.add(connection);
    }
    try (RawConnection waiting = port.connect()) {
      waiting.send(good());
      assertThat(waiting.isSilentFor(300)).isTrue();

      taken.getFirst().close();

      assertThat(waiting.answer().status()).isEqualTo(200);
    }
    for (RawConnection connection : taken) {
      connection.close();
    }
    portStillAnswers();
  }
}
