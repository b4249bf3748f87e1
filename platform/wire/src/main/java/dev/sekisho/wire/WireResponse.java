package dev.sekisho.wire;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;
import java.util.List;
import java.util.Map;

/**
 * One HTTP answer, ready to be sent.
 *
 * @param headers beside those that every answer has (request id, length)
 */
public record WireResponse(int status, List<Map.Entry<String, String>> headers, Content body) {

  public WireResponse {
    headers = List.copyOf(headers);
  }

  /** The body of an answer that is held in memory, as all are but objects. */
  public Blob blob() {
    if (body instanceof Blob blob) {
      return blob;
    }
    throw new IllegalStateException("the body is read as it comes");
  }

  public static WireResponse of(int status, String contentType, byte[] body) {
    return new WireResponse(status, List.of(Map.entry("content-type", contentType)), Blob.of(body));
  }
}
