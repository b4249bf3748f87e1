package dev.sekisho.wire.http;

import dev.sekisho.core.Blob;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole, within its bounds. */
final class RequestBody {

  private static final Blob NONE = Blob.of(new byte[0]);

  /** How much of a refused body is still taken in, so that its sender gets to read the refusal. */
  private static final int DRAINED = 4 << 20;

  private RequestBody() {}

  /**
   * The body, or null when it is larger than the limit.
   *
   * @throws IOException when the peer goes away, or a {@link java.util.concurrent.TimeoutException}
   *     is its cause when the peer is too slow
   */
  static @Nullable Blob read(Request request, int limit) throws IOException {
    long length = request.getLength();
    if (length == 0) {
      return NONE;
    }
    if (length > limit && request.getHeaders().contains(HttpHeader.EXPECT)) {
      // The peer asks before it sends, so there is nothing to take in.
      return null;
    }
    try (InputStream stream = Content.Source.asInputStream(request)) {
      if (length > limit) {
        drain(stream);
        return null;
      }
      byte[] body = stream.readNBytes(length < 0 ? limit + 1 : (int) length);
      if (body.length > limit) {
        drain(stream);
        return null;
      }
      return body.length == 0 ? NONE : Blob.of(body);
    }
  }

  /** Takes in some of a refused body. */
  static void drain(InputStream body) throws IOException {
    body.skip(DRAINED);
  }
}
