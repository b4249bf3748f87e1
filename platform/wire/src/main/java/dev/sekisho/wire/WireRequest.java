package dev.sekisho.wire;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;

/**
 * One HTTP request, not yet understood.
 *
 * @param path the path as sent, still percent-encoded
 * @param query the query as sent, without the question mark; empty when there is none
 * @param body the bytes of the body, after any transfer coding; empty until they are read, or read
 *     as they come where the operation takes a stream
 * @param remoteAddress the peer's address as text
 * @param secure whether it came over TLS
 */
public record WireRequest(
    String method,
    String path,
    String query,
    Headers headers,
    Content body,
    String remoteAddress,
    boolean secure) {

  /** The body of a request whose body was read into memory, as it is but for streams. */
  public Blob blob() {
    if (body instanceof Blob blob) {
      return blob;
    }
    throw new IllegalStateException("the body is read as it comes");
  }

  /** The same request with its body, once it is read. */
  public WireRequest withBody(Content read) {
    return new WireRequest(method, path, query, headers, read, remoteAddress, secure);
  }
}
