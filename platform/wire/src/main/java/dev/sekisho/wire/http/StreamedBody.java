package dev.sekisho.wire.http;

import dev.sekisho.core.Content;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.BulkInputStream;
import dev.sekisho.wire.Reception;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content.Source;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Bodies that are read and sent as they come, in steady memory whatever their size. */
final class StreamedBody {

  private static final int BUFFER = 64 << 10;

  private StreamedBody() {}

  /** Answers a request whose body the operation reads. */
  static WireResponse receive(
      Request request, Response response, WireRequest head, Reception reception, String requestId)
      throws IOException {
    try (InputStream body = Source.asInputStream(request)) {
      WireResponse answer =
          reception.answer(new Arriving(head.path(), request.getLength(), body), requestId);
      boolean asked = request.getHeaders().contains(HttpHeader.EXPECT);
      if (answer.status() >= 400 && !(asked && request.getLength() != 0 && isUntouched(request))) {
        drain(body);
      }
      if (answer.status() >= 400) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      return answer;
    }
  }

  private static boolean isUntouched(Request request) {
    return Request.getContentBytesRead(request) == 0;
  }

  private static void drain(InputStream body) {
    try {
      RequestBody.drain(body);
    } catch (IOException gone) {
      // Whoever went away does not read the refusal either.
    }
  }

  /** A body on its way; its length is that of the body as sent, -1 where it does not say. */
  private record Arriving(String path, long size, InputStream stream) implements Content {

    @Override
    public InputStream open() {
      return new BulkInputStream() {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          try {
            return stream.read(target, offset, length);
          } catch (IOException failed) {
            throw interrupted(failed);
          }
        }

        @Override
        public void close() throws IOException {
          stream.close();
        }
      };
    }

    private static ServiceException interrupted(IOException failed) {
      return failed.getCause() instanceof java.util.concurrent.TimeoutException
          ? new ServiceException(
              "RequestTimeout",
              400,
              "Your socket connection to the server was not read from or written to within the"
                  + " timeout period. Idle connections will be closed.")
          : new ServiceException(
              "IncompleteBody",
              400,
              "You did not provide the number of bytes specified by the Content-Length HTTP"
                  + " header.");
    }

    @Override
    public String toString() {
      return "Arriving[" + size + " bytes of " + path + "]";
    }
  }

  /** Sends an answer's body piece by piece, on the thread of the call. */
  static void send(Content content, Response response, Callback callback) {
    try (InputStream stream = content.open()) {
      byte[] buffer = new byte[BUFFER];
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        if (count > 0) {
          try (Blocker.Callback written = Blocker.callback()) {
            response.write(false, ByteBuffer.wrap(buffer, 0, count), written);
            written.block();
          }
        }
      }
    } catch (IOException | UncheckedIOException failed) {
      callback.failed(failed);
      return;
    }
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }
}
