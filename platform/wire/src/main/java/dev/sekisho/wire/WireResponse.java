package dev.sekisho.wire;

import dev.sekisho.core.Blob;
import java.util.List;
import java.util.Map;

/**
 * One HTTP answer, ready to be sent.
 *
 * @param headers beside those that every answer has (request id, length)
 */
public record WireResponse(int status, List<Map.Entry<String, String>> headers, Blob body) {

  public WireResponse {
    headers = List.copyOf(headers);
  }

  public static WireResponse of(int status, String contentType, byte[] body) {
    return new WireResponse(status, List.of(Map.entry("content-type", contentType)), Blob.of(body));
  }
}
