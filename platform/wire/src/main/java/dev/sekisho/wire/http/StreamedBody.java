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
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content.Source;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Bodies that are read and sent as they come, in steady memory whatever their size. */
final class StreamedBody {

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
  static void send(Content content, SendBuffers buffers, Response response, Callback callback) {
    ByteBuffer buffer = buffers.take();
    try (InputStream stream = content.open();
        ReadableByteChannel source =
            stream instanceof ReadableByteChannel direct ? direct : Channels.newChannel(stream)) {
      while (fill(source, buffer)) {
        try (Blocker.Callback written = Blocker.callback()) {
          response.write(false, buffer, written);
          written.block();
        }
      }
    } catch (IOException | UncheckedIOException failed) {
      // Whoever writes may still look at the buffer, so it is not given to another.
      callback.failed(failed);
      return;
    }
    buffers.give(buffer);
    response.write(true, BufferUtil.EMPTY_BUFFER, callback);
  }

  /** Whether there is anything to send still. */
  private static boolean fill(ReadableByteChannel source, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && source.read(buffer) >= 0) {
      // A larger piece costs fewer writes, each of which may wake the reader.
    }
    return buffer.flip().hasRemaining();
  }
}
