package dev.sekisho.wire.http;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Randomness;
import dev.sekisho.wire.ApiPipeline;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reads a request whole, within its bounds, and hands it to the pipeline. */
final class ApiHandler extends Handler.Abstract {

  private final ApiPipeline pipeline;
  private final LocalEndpoints local;
  private final HttpLimits limits;
  private final Randomness randomness;

  ApiHandler(ApiPipeline pipeline, LocalEndpoints local, HttpLimits limits, Randomness randomness) {
    this.pipeline = pipeline;
    this.local = local;
    this.limits = limits;
    this.randomness = randomness;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String requestId = randomness.uuid().toString();
    WireResponse answer;
    try {
      answer = answer(request, requestId);
    } catch (IOException gone) {
      // The peer went away or was too slow; there is nobody to answer.
      callback.failed(gone);
      return true;
    }
    response.setStatus(answer.status());
    response.getHeaders().put("x-amzn-RequestId", requestId);
    response.getHeaders().put("x-amz-request-id", requestId);
    for (Map.Entry<String, String> header : answer.headers()) {
      response.getHeaders().put(header.getKey(), header.getValue());
    }
    byte[] body = answer.body().bytes();
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private WireResponse answer(Request request, String requestId) throws IOException {
    int headers = 0;
    for (HttpField _ : request.getHeaders()) {
      headers++;
    }
    if (headers > limits.headerCount()) {
      return plain(431, "Too many header fields");
    }
    if (request.getLength() > limits.bodyBytes()) {
      return plain(413, "The request body must not exceed " + limits.bodyBytes() + " bytes.");
    }
    byte[] body;
    try (InputStream stream = Content.Source.asInputStream(request)) {
      body = stream.readNBytes(limits.bodyBytes() + 1);
    }
    if (body.length > limits.bodyBytes()) {
      return plain(413, "The request body must not exceed " + limits.bodyBytes() + " bytes.");
    }
    String query = request.getHttpURI().getQuery();
    String path = request.getHttpURI().getPath();
    WireRequest wire =
        new WireRequest(
            request.getMethod(),
            path == null ? "/" : path,
            query == null ? "" : query,
            new FieldHeaders(request.getHeaders()),
            Blob.of(body),
            Request.getRemoteAddr(request),
            request.isSecure());
    if (wire.path().startsWith(LocalEndpoints.PREFIX)) {
      WireResponse found = local.handle(wire);
      return found == null ? plain(404, "Nothing here") : found;
    }
    return pipeline.handle(wire, requestId);
  }

  private static WireResponse plain(int status, String message) {
    return WireResponse.of(
        status, "text/plain;charset=utf-8", (message + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
