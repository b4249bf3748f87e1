package dev.sekisho.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.core.MovableClock;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.http.LocalEndpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The development mode's endpoints: {@code POST /_sekisho/dev/reset} and {@code
 * /_sekisho/dev/clock}.
 *
 * <p>They carry no signature, so they answer only what cannot have come from a web page: a loopback
 * Host, and no Origin.
 */
final class DevEndpoints implements LocalEndpoints {

  private static final String RESET = PREFIX + "dev/reset";
  private static final String CLOCK = PREFIX + "dev/clock";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final JsonFactory JSON = new JsonFactory();

  private final MovableClock clock;
  private final Runnable reset;
  private final Runnable moved;

  /**
   * @param reset wipes every resource and puts the root user's credentials back
   * @param moved does what is due at the time the clock was moved to
   */
  DevEndpoints(MovableClock clock, Runnable reset, Runnable moved) {
    this.clock = clock;
    this.reset = reset;
    this.moved = moved;
  }

  @Override
  public @Nullable WireResponse handle(WireRequest request) {
    if (!request.path().equals(RESET) && !request.path().equals(CLOCK)) {
      return null;
    }
    if (!isLocal(request)) {
      return answer(403, "{\"error\":\"only local programs may use this endpoint\"}");
    }
    if (!request.method().equals("POST")) {
      return answer(405, "{\"error\":\"this endpoint takes POST\"}");
    }
    if (request.path().equals(RESET)) {
      reset.run();
      return answer(200, "{\"reset\":true}");
    }
    try {
      move(request.blob().bytes());
    } catch (IOException | DateTimeException | ArithmeticException unreadable) {
      return answer(
          400,
          "{\"error\":\"send {\\\"advance\\\":\\\"P7D\\\"} or"
              + " {\\\"set\\\":\\\"2026-01-01T00:00:00Z\\\"}\"}");
    }
    moved.run();
    return answer(200, "{\"time\":\"" + clock.instant() + "\"}");
  }

  private static boolean isLocal(WireRequest request) {
    String host = request.headers().first("host");
    if (host == null || request.headers().first("origin") != null) {
      return false;
    }
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    return LOOPBACK.contains(name);
  }

  private void move(byte[] body) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      String name = json.nextFieldName();
      String value = json.nextTextValue();
      if (name == null || value == null || json.nextToken() != JsonToken.END_OBJECT) {
        throw new IOException("not one text");
      }
      switch (name) {
        case "advance" -> clock.advance(Duration.parse(value));
        case "set" -> clock.set(Instant.parse(value));
        default -> throw new IOException("unknown movement");
      }
    }
  }

  private static WireResponse answer(int status, String json) {
    return WireResponse.of(
        status, "application/json", (json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
