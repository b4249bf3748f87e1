package dev.sekisho.wire;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.chunked.AwsChunkedInputStream;
import dev.sekisho.wire.chunked.ChunkedBodyException;
import dev.sekisho.wire.signature.Payload;
import dev.sekisho.wire.signature.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a request's body: taken out of its {@code aws-chunked} form where it has one, and
 * held against what was signed while it is read. Failures are in S3's words, whose forms these are.
 */
final class ReceivedBody {

  private ReceivedBody() {}

  /**
   * The request with the content of its body.
   *
   * @param verified null when the request is not signed
   * @throws ServiceException when a body in memory is not of the form or not what was signed
   */
  static WireRequest of(WireRequest request, @Nullable Verified verified) {
    String payload = verified == null ? Payload.UNSIGNED : verified.payloadHash();
    if (Payload.isStreaming(payload)) {
      Chunked chunked = new Chunked(request, payload, verified);
      return request.withBody(request.body() instanceof Blob ? inMemory(chunked) : chunked);
    }
    return request.body() instanceof Blob || payload.equals(Payload.UNSIGNED)
        ? request
        : request.withBody(new Hashed(request.body(), payload));
  }

  private static Blob inMemory(Content content) {
    try (InputStream stream = content.open()) {
      return Blob.of(stream.readAllBytes());
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory failed", impossible);
    }
  }

  /** Content with a hash that the signature covers. */
  private record Hashed(Content received, String hash) implements Content {

    @Override
    public long size() {
      return received.size();
    }

    @Override
    public InputStream open() {
      return new HashedInputStream(received.open(), hash);
    }
  }

  /** Content in chunks. */
  private static final class Chunked implements Content {

    private final WireRequest request;
    private final long size;
    private final AwsChunkedInputStream stream;

    Chunked(WireRequest request, String payload, @Nullable Verified verified) {
      this.request = request;
      this.size = announced(request);
      this.stream =
          new AwsChunkedInputStream(
              request.body().open(),
              payload,
              size,
              announcedTrailer(request),
              verified == null ? null : verified.chunks());
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public InputStream open() {
      return new BulkInputStream() {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          try {
            return stream.read(target, offset, length);
          } catch (ChunkedBodyException failure) {
            throw refused(failure);
          }
        }

        @Override
        public void close() throws IOException {
          stream.close();
        }
      };
    }

    @Override
    public Map<String, String> trailer() {
      return stream.isFinished() ? stream.trailer() : Map.of();
    }

    @Override
    public String toString() {
      return "Chunked[" + size + " bytes of " + request.path() + "]";
    }
  }

  private static long announced(WireRequest request) {
    String text = request.headers().first("x-amz-decoded-content-length");
    if (text == null) {
      throw new ServiceException(
          "MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
    }
    boolean digits = !text.isEmpty() && text.length() <= 13;
    if (!digits || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ServiceException(
          "InvalidArgument", 400, "x-amz-decoded-content-length is not a number of bytes.");
    }
    return Long.parseLong(text);
  }

  private static Set<String> announcedTrailer(WireRequest request) {
    return request.headers().all("x-amz-trailer").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(name -> name.strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static ServiceException refused(ChunkedBodyException failure) {
    return switch (failure.kind()) {
      case INCOMPLETE -> new ServiceException("IncompleteBody", 400, failure.message());
      case MALFORMED -> new ServiceException("InvalidRequest", 400, failure.message());
      case CHUNK_SIZE -> new ServiceException("InvalidChunkSizeError", 400, failure.message());
      case TRAILER -> new ServiceException("MalformedTrailerError", 400, failure.message());
      case SIGNATURE -> new ServiceException("SignatureDoesNotMatch", 403, failure.message());
    };
  }
}
