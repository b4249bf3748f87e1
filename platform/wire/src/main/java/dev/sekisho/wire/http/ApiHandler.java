package dev.sekisho.wire.http;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Content;
import dev.sekisho.core.Randomness;
import dev.sekisho.wire.ApiPipeline;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.Reception;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Reads a request whole, within its bounds, and hands it to the pipeline. */
final class ApiHandler extends Handler.Abstract {

  private static final Blob NOTHING = Blob.of(new byte[0]);

  private final ApiPipeline pipeline;
  private final LocalEndpoints local;
  private final HttpLimits limits;
  private final Randomness randomness;
  private final SendBuffers sendBuffers = new SendBuffers();

  ApiHandler(ApiPipeline pipeline, LocalEndpoints local, HttpLimits limits, Randomness randomness) {
    this.pipeline = pipeline;
    this.local = local;
    this.limits = limits;
    this.randomness = randomness;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String requestId = randomness.uuid().toString();
    WireResponse answer = refusal(request, response);
    try {
      answer = answer == null ? answer(request, requestId, response) : answer;
    } catch (IOException gone) {
      // The peer went away; there is nobody to answer.
      callback.failed(gone);
      return true;
    }
    send(answer, requestId, request, response, callback);
    return true;
  }

  private void send(
      WireResponse answer,
      String requestId,
      Request request,
      Response response,
      Callback callback) {
    response.setStatus(answer.status());
    response.getHeaders().put("x-amzn-RequestId", requestId);
    response.getHeaders().put("x-amz-request-id", requestId);
    for (Map.Entry<String, String> header : answer.headers()) {
      response.getHeaders().put(header.getKey(), header.getValue());
    }
    if (HttpMethod.HEAD.is(request.getMethod())) {
      // The length is that of the body a GET would have, where the answer tells it.
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      return;
    }
    if (answer.status() != HttpStatus.NOT_MODIFIED_304) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().size());
    }
    switch (answer.body()) {
      case Blob _ when answer.status() == HttpStatus.NOT_MODIFIED_304 ->
          response.write(true, BufferUtil.EMPTY_BUFFER, callback);
      case Blob body -> response.write(true, ByteBuffer.wrap(body.bytes()), callback);
      case Content body -> StreamedBody.send(body, sendBuffers, response, callback);
    }
  }

  private WireResponse answer(Request request, String requestId, Response response)
      throws IOException {
    WireRequest head = head(request);
    if (head.path().startsWith(LocalEndpoints.PREFIX)) {
      Blob body = RequestBody.read(request, limits.bodyBytes());
      WireResponse found = body == null ? null : local.handle(head.withBody(body));
      return found == null ? plain(404, "Nothing here") : found;
    }
    Reception reception = pipeline.receive(head);
    if (!reception.takesAnyPath() && !isPlain(head.path())) {
      // The signature covers the path resolved, the route is found by the path as sent.
      return last(response, 400, "The path must not hold empty segments or segments of dots");
    }
    if (reception.streams()) {
      return StreamedBody.receive(request, response, head, reception, requestId);
    }
    int limit = reception.bodyLimit(limits.bodyBytes());
    try {
      Blob body = RequestBody.read(request, limit);
      if (body != null) {
        return reception.answer(body, requestId);
      }
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
      return reception.tooLarge(limit, requestId);
    } catch (IOException failed) {
      if (failed.getCause() instanceof TimeoutException) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        return reception.tooSlow(requestId);
      }
      throw failed;
    }
  }

  /** Why the request is not even looked at, or null. */
  private @Nullable WireResponse refusal(Request request, Response response) {
    if (request.getHeaders().size() > limits.headerCount()) {
      return last(response, 431, "Too many header fields");
    }
    // HTTP/1.0 has no transfer coding; who sends one is understood differently by each on the way.
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1
        && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
      return last(response, 400, "A transfer coding needs HTTP/1.1");
    }
    return null;
  }

  /** Whether a path has neither segments of dots, in whatever writing, nor empty ones. */
  private static boolean isPlain(String path) {
    if (path.contains("//")) {
      return false;
    }
    if (!path.contains("/.") && path.indexOf('%') < 0 && path.indexOf(';') < 0) {
      return true;
    }
    return Stream.of(path.split("/", -1))
        .map(part -> part.replaceFirst(";.*", "").replaceAll("(?i)%2e", "."))
        .noneMatch(part -> part.equals(".") || part.equals(".."));
  }

  private static WireRequest head(Request request) {
    Headers.Builder headers = new Headers.Builder(request.getHeaders().size());
    for (HttpField field : request.getHeaders()) {
      headers.add(field.getLowerCaseName(), Objects.requireNonNullElse(field.getValue(), ""));
    }
    return new WireRequest(
        request.getMethod(),
        Objects.requireNonNullElse(request.getHttpURI().getPath(), "/"),
        Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
        headers.build(),
        NOTHING,
        Request.getRemoteAddr(request),
        request.isSecure());
  }

  /** A plain answer after which the connection is closed. */
  private static WireResponse last(Response response, int status, String message) {
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    return plain(status, message);
  }

  private static WireResponse plain(int status, String message) {
    return WireResponse.of(
        status, "text/plain;charset=utf-8", (message + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
