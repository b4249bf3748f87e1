package dev.sekisho.wire;

import dev.sekisho.core.Blob;

/**
 * One HTTP request, not yet understood.
 *
 * @param path the path as sent, still percent-encoded
 * @param query the query as sent, without the question mark; empty when there is none
 * @param body the bytes of the body, after any transfer coding; empty until they are read
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
    boolean secure) {

  /** The same request with its body, once it is read. */
  public WireRequest withBody(Blob read) {
    return new WireRequest(method, path, query, headers, read, remoteAddress, secure);
  }
}
