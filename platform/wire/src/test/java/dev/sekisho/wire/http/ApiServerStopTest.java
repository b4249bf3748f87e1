package dev.sekisho.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.contract.Protocol;
import dev.sekisho.wire.probe.ProbePort;
import dev.sekisho.wire.probe.RawConnection;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop waits for those who are being served and for nobody else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ApiServerStopTest {

  @Test
  void idleConnectionsDoNotHoldUpAStop() throws IOException {
    ProbePort port = new ProbePort(HttpLimits.USUAL);
    try (RawConnection used = port.connect();
        RawConnection unused = port.connect()) {
      used.send(ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", "{}"));
      assertThat(used.answer().status()).isEqualTo(200);

      long begun = System.nanoTime();
      port.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(700));
      assertThat(used.isClosed()).isTrue();
      assertThat(unused.isClosed()).isTrue();
    }
  }

  @Test
  void callUnderWayIsAnsweredAndNoOtherTaken() throws Exception {
    ProbePort port = new ProbePort(HttpLimits.USUAL);
    try (RawConnection connection = port.connect()) {
      connection.send(ProbePort.request(Protocol.AWS_JSON_1_1, "Wait", "{\"Text\":\"a\"}"));
      port.probe.waiting.await();

      CompletableFuture<Void> stop = CompletableFuture.runAsync(port::close);
      // Longer than Jetty leaves a silent connection while it stops.
      assertThat(connection.isSilentFor(2_000)).isTrue();
      assertThat(stop).isNotDone();
      assertThatThrownBy(port::connect).isInstanceOf(ConnectException.class);
      port.probe.release.countDown();

      RawConnection.Answer answer = connection.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"Text\":\"a\"}");
      stop.get(5, TimeUnit.SECONDS);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void callWhoseBodyIsOnItsWayIsAnswered() throws Exception {
    ProbePort port = new ProbePort(HttpLimits.USUAL);
    String request = ProbePort.request(Protocol.AWS_JSON_1_1, "Echo", "{\"Text\":\"a\"}");
    int half = request.length() - 5;
    try (RawConnection connection = port.connect()) {
      connection.send(request.substring(0, half));
      assertThat(connection.isSilentFor(300)).isTrue();

      CompletableFuture<Void> stop = CompletableFuture.runAsync(port::close);
      assertThat(connection.isSilentFor(300)).isTrue();
      connection.send(request.substring(half));

      assertThat(connection.answer().body()).isEqualTo("{\"Text\":\"a\"}");
      stop.get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void addressInUseIsSaidClearly() {
    try (ProbePort port = new ProbePort(HttpLimits.USUAL)) {
      int taken = port.address().getPort();

      assertThatThrownBy(() -> new ProbePort(HttpLimits.USUAL, taken))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken);
    }
  }
}
