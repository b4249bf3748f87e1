package dev.sekisho.server;

import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import dev.sekisho.wire.http.LocalEndpoints;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** {@code GET /_sekisho/health}: which services are up. */
record Health(List<String> services) implements LocalEndpoints {

  @Override
  public @Nullable WireResponse handle(WireRequest request) {
    if (!request.path().equals(PREFIX + "health") || !request.method().equals("GET")) {
      return null;
    }
    StringJoiner states = new StringJoiner(",", "{\"status\":\"ok\",\"services\":{", "}}\n");
    services.forEach(service -> states.add("\"" + service + "\":\"available\""));
    return WireResponse.of(
        200, "application/json", states.toString().getBytes(StandardCharsets.UTF_8));
  }
}
