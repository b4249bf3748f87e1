package dev.sekisho.wire.http;

import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import org.jspecify.annotations.Nullable;

/** What Sekisho answers below {@code /_sekisho/} beside AWS's APIs. */
@FunctionalInterface
public interface LocalEndpoints {

  /** The path all local endpoints stand below; no AWS API uses it. */
  String PREFIX = "/_sekisho/";

  /** The answer, or null when there is nothing at this address. */
  @Nullable WireResponse handle(WireRequest request);

  /** These endpoints, and those where these have nothing. */
  default LocalEndpoints or(LocalEndpoints others) {
    return request -> {
      WireResponse found = handle(request);
      return found == null ? others.handle(request) : found;
    };
  }
}
