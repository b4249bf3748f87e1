package dev.sekisho.bench;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Objects of 1 MiB put into buckets and fetched, beside files put to and fetched from nginx. */
final class ObjectTransfers {

  private static final int SIZE = 1 << 20;
  private static final int CONNECTIONS = 8;
  private static final String BUCKET = "measured";

  private final URI address;
  private final RequestSigner signer;
  private final Duration time;
  private final byte[] content = new byte[SIZE];

  ObjectTransfers(URI address, String id, Secret secret, Duration time) {
    this.address = address;
    this.signer = new RequestSigner(id, secret, null);
    this.time = time;
    new Random(3).nextBytes(content);
  }

  void run() throws IOException, InterruptedException {
    once(signed("PUT", "/" + BUCKET, Map.of(), new byte[0]));
    System.out.println("| what, 1 MiB, " + CONNECTIONS + " connections | MiB/s | of nginx |");
    System.out.println("|---|---|---|");
    @Nullable Nginx nginx = Nginx.start();
    try (nginx) {
      double put = nginx == null ? 0 : nginx(nginx, "PUT");
      double get = nginx == null ? 0 : nginx(nginx, "GET");
      Map<String, String> byKms = Map.of("x-amz-server-side-encryption", "aws:kms");
      for (Map<String, String> encryption : java.util.List.of(Map.<String, String>of(), byKms)) {
        String kind = encryption.isEmpty() ? "SSE-S3" : "SSE-KMS";
        String path = "/" + BUCKET + "/" + kind;
        measure("S3 put, " + kind, address, signed("PUT", path, encryption, content), put);
        measure("S3 get, " + kind, address, signed("GET", path, Map.of(), new byte[0]), get);
      }
    }
  }

  private double nginx(Nginx nginx, String method) throws IOException, InterruptedException {
    boolean put = method.equals("PUT");
    byte[] request =
        request(
            method,
            "/object",
            Map.of("host", nginx.address().getAuthority()),
            put ? content : new byte[0]);
    return measure("nginx, " + method.toLowerCase(Locale.ROOT), nginx.address(), request, 0);
  }

  private double measure(String name, URI server, byte[] request, double reference)
      throws IOException, InterruptedException {
    // The compiler is busy with a new kind of call for some ten seconds.
    Load.run(server, request, CONNECTIONS, time);
    double rate = Load.run(server, request, CONNECTIONS, time).perSecond() * SIZE / (1 << 20);
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %s |%n",
        name,
        rate,
        reference == 0 ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * rate / reference));
    return rate;
  }

  private void once(byte[] request) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request);
      byte[] answer = socket.getInputStream().readNBytes(12);
      if (!new String(answer, StandardCharsets.US_ASCII).equals("HTTP/1.1 200")) {
        throw new IOException("the bucket was not made");
      }
    }
  }

  private byte[] signed(String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    return request(
        method,
        path,
        signer.s3(
            method, path, "", address.getAuthority(), "us-east-1", Instant.now(), headers, body),
        body);
  }

  private static byte[] request(
      String method, String path, Map<String, String> headers, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!method.equals("GET")) {
      head.append("content-length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream(body.length + 1_024);
    request.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    request.write(body);
    return request.toByteArray();
  }
}
