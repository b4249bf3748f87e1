package dev.sekisho.wire;

import dev.sekisho.core.Blob;
import dev.sekisho.core.ServiceException;
import dev.sekisho.wire.chunked.AwsChunkedInputStream;
import dev.sekisho.wire.chunked.ChunkedBodyException;
import dev.sekisho.wire.signature.Payload;
import dev.sekisho.wire.signature.Verified;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an {@code aws-chunked} body into its content, in S3's words where it is not one. */
final class ChunkedBodies {

  private ChunkedBodies() {}

  /**
   * The request with the content of its body; as it is when the body is not chunked so.
   *
   * @throws ServiceException when the body is not of the form or not what was signed
   */
  static WireRequest decoded(WireRequest request, @Nullable Verified verified) {
    if (verified == null || !Payload.isStreaming(verified.payloadHash())) {
      return request;
    }
    try (AwsChunkedInputStream content =
        new AwsChunkedInputStream(
            new ByteArrayInputStream(request.body().bytes()),
            verified.payloadHash(),
            length(request),
            trailer(request),
            verified.chunks())) {
      return request.withBody(Blob.of(content.readAllBytes()));
    } catch (ChunkedBodyException failure) {
      throw refused(failure);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }

  private static long length(WireRequest request) {
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

  private static Set<String> trailer(WireRequest request) {
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
