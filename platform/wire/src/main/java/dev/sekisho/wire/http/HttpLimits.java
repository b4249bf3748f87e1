package dev.sekisho.wire.http;

import java.time.Duration;

/**
 * What a peer may ask of the port.
 *
 * @param headerBytes the request line and all headers together
 * @param headerCount how many header fields
 * @param bodyBytes the largest body of any service; each service may set less
 * @param idle how long a connection may be silent
 * @param bytesPerSecond how slowly a body may arrive before its connection is closed
 * @param connections open at once
 */
public record HttpLimits(
    int headerBytes,
    int headerCount,
    int bodyBytes,
    Duration idle,
    int bytesPerSecond,
    int connections) {

  /** 16 KiB of headers, 100 fields, 2 MiB of body, 30 s, 256 B/s, 10,000 connections. */
  public static final HttpLimits USUAL =
      new HttpLimits(16 << 10, 100, 2 << 20, Duration.ofSeconds(30), 256, 10_000);
}
