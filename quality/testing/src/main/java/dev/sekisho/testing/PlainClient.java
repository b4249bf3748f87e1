package dev.sekisho.testing;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Signed calls on one kept-alive connection, with nothing in between: no retry, no pool. For tests
 * that must know exactly which calls were answered.
 */
public final class PlainClient implements AutoCloseable {

  /** What came back, whole. */
  public record Answer(int status, String body) {}

  private final URI address;
  private final RequestSigner signer;
  private final Socket socket;
  private final InputStream in;

  public PlainClient(URI address, AwsCredentials credentials) throws IOException {
    this.address = address;
    this.signer =
        new RequestSigner(
            credentials.accessKeyId(), Secret.of(credentials.secretAccessKey()), null);
    this.socket = new Socket(address.getHost(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** A call of a query service. */
  public Answer form(String service, String body) throws IOException {
    return send(
        service, Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"), body);
  }

  /** A call of a JSON service. */
  public Answer json(String service, String target, String body) throws IOException {
    return send(
        service,
        Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target", target),
        body);
  }

  private Answer send(String service, Map<String, String> headers, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
    signer
        .post(
            address.getHost() + ":" + address.getPort(),
            "us-east-1",
            service,
            Instant.now(),
            headers,
            body)
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    socket.getOutputStream().write(request.toByteArray());
    String answer = head();
    int at = answer.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
    int length = Integer.parseInt(answer.substring(at, answer.indexOf('\r', at)));
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("the connection ended within an answer");
    }
    return new Answer(
        Integer.parseInt(answer.substring(9, 12)), new String(bytes, StandardCharsets.UTF_8));
  }

  private String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended before an answer");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
