package dev.sekisho.wire.http;

import java.time.Duration;

/**
 * What a peer may ask of the port.
 *
 * @param headerBytes the request line and all headers together
 * @param headerCount how many header fields
 * @param headTime how long the request line and the headers may take to arrive
 * @param bodyBytes the largest body of any service; each service may set less
 * @param bodyGrace how long a body may take whatever its pace
 * @param bytesPerSecond how fast a body must arrive after that
 * @param idle how long a connection may be silent
 * @param connections open at once; more wait to be accepted
 */
public record HttpLimits(
    int headerBytes,
    int headerCount,
    Duration headTime,
    int bodyBytes,
    Duration bodyGrace,
    int bytesPerSecond,
    Duration idle,
    int connections) {

  /** 16 KiB and 100 headers within 10 s, 2 MiB of body at 256 B/s, 30 s, 10,000 connections. */
  public static final HttpLimits USUAL =
      new HttpLimits(
          16 << 10,
          100,
          Duration.ofSeconds(10),
          2 << 20,
          Duration.ofSeconds(10),
          256,
          Duration.ofSeconds(30),
          10_000);
}
