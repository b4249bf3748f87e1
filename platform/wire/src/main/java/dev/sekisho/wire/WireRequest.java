package dev.sekisho.wire;

import dev.sekisho.core.Blob;

/**
 * One HTTP request, read whole and not yet understood.
 *
 * @param path the path as sent, still percent-encoded
 * @param query the query as sent, without the question mark; empty when there is none
 * @param body the bytes of the body, after any transfer coding
 * @param remoteAddress the peer's address as text
 * @param secure whether it came over TLS
 */
public record WireRequest(
    String method,
    String path,
    String query,
    Headers headers,
    Blob body,
    String remoteAddress,
    boolean secure) {}
