package dev.sekisho.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sekisho.core.Blob;
import dev.sekisho.core.Caller;
import dev.sekisho.core.PrincipalResolver.Resolution;
import dev.sekisho.core.Secret;
import dev.sekisho.server.AuditOptions;
import dev.sekisho.wire.Headers;
import dev.sekisho.wire.WireRequest;
import dev.sekisho.wire.signature.Claim;
import dev.sekisho.wire.signature.PayloadRule;
import dev.sekisho.wire.signature.SignatureFailure;
import dev.sekisho.wire.signature.SignatureVerifier;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An S3 endpoint outside, as little of it as an archive needs: it checks every signature, keeps
 * objects and counts how often each is put. It also takes what topics send.
 */
final class ArchiveServer implements AutoCloseable {

  static final String TOPIC = "arn:aws:sns:us-east-1:000000000001:deliveries";

  private static final String KEY_ID = "AKIAARCHIVEARCHIVE00";
  private static final Secret SECRET = Secret.of("archive-secret-for-tests-only-0123456789");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An object with the headers it came with, lower-case. */
  record Stored(byte[] body, Map<String, String> headers) {}

  private final HttpServer server;
  private final SignatureVerifier verifier;
  private final Set<String> buckets = new HashSet<>();
  private final Map<String, Stored> objects = new TreeMap<>();
  private final Map<String, Integer> puts = new HashMap<>();
  private final List<String> rewritten = new ArrayList<>();
  private final List<String> notifications = new ArrayList<>();
  private final List<String> forged = new ArrayList<>();
  private @Nullable String refusal;
  private @Nullable Runnable beforeStoring;
  private @Nullable Runnable afterStoring;
  private int refusedNotifications;
  private int refused;

  ArchiveServer(String... names) throws IOException {
    buckets.addAll(List.of(names));
    verifier =
        new SignatureVerifier(
            (id, _) ->
                id.equals(KEY_ID)
                    ? new Resolution.Known(Caller.ANONYMOUS, SECRET)
                    : new Resolution.Unknown(),
            InstantSource.system());
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  URI topicEndpoint() {
    return address().resolve("/topic");
  }

  /** Options that deliver here every second. */
  AuditOptions options(Path folder) {
    return AuditOptions.USUAL
        .withInterval(Duration.ofSeconds(1))
        .withArchive(address(), credentials(folder))
        .withTopic(TOPIC, topicEndpoint());
  }

  /** A file with the credentials. */
  Path credentials(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("archive-credentials"), KEY_ID + "\n" + SECRET.revealText() + "\n");
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getRawPath();
      if (path.equals("/topic")) {
        answer(exchange, notified(new String(body, StandardCharsets.UTF_8)), null);
        return;
      }
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> headers.add(Map.entry(name, value))));
      WireRequest request =
          new WireRequest(
              exchange.getRequestMethod(),
              path,
              exchange.getRequestURI().getRawQuery() == null
                  ? ""
                  : exchange.getRequestURI().getRawQuery(),
              Headers.of(headers),
              Blob.of(body),
              "127.0.0.1",
              false);
      try {
        verifier.verify(
            request,
            Claim.of(request),
            "s3",
            Set.of("us-east-1"),
            Duration.ofMinutes(15),
            PayloadRule.OBJECT);
      } catch (SignatureFailure failure) {
        synchronized (this) {
          forged.add(path + ": " + failure.getMessage());
        }
        answer(exchange, 403, "SignatureDoesNotMatch");
        return;
      }
      store(exchange, request);
    }
  }

  private void store(HttpExchange exchange, WireRequest request) throws IOException {
    String[] parts = request.path().substring(1).split("/", 2);
    String error = null;
    synchronized (this) {
      if (!buckets.contains(parts[0])) {
        error = "NoSuchBucket";
      } else if (refusal != null) {
        error = refusal;
      }
      if (error != null) {
        refused++;
        notifyAll();
      }
    }
    if (error != null) {
      answer(
          exchange,
          error.equals("NoSuchBucket") ? 404 : error.equals("SlowDown") ? 503 : 403,
          error);
      return;
    }
    if (request.method().equals("PUT")) {
      run(taken(true));
      put(
          parts[0] + '/' + URLDecoder.decode(parts[1].replace("+", "%2B"), StandardCharsets.UTF_8),
          request);
      run(taken(false));
    }
    answer(exchange, 200, null);
  }

  private static void run(@Nullable Runnable action) {
    if (action != null) {
      action.run();
    }
  }

  private synchronized @Nullable Runnable taken(boolean before) {
    Runnable action = before ? beforeStoring : afterStoring;
    if (before) {
      beforeStoring = null;
    } else {
      afterStoring = null;
    }
    return action;
  }

  /** Does something at the next object, before it is stored or before that is answered. */
  synchronized void atNextPut(boolean before, Runnable action) {
    if (before) {
      beforeStoring = action;
    } else {
      afterStoring = action;
    }
  }

  private synchronized void put(String name, WireRequest request) {
    Map<String, String> headers = new TreeMap<>();
    for (int i = 0; i < request.headers().size(); i++) {
      headers.put(request.headers().name(i), request.headers().value(i));
    }
    Stored before = objects.put(name, new Stored(request.blob().bytes(), headers));
    if (before != null && !java.util.Arrays.equals(before.body(), request.blob().bytes())) {
      rewritten.add(name);
    }
    puts.merge(name, 1, Integer::sum);
    notifyAll();
  }

  private static void answer(HttpExchange exchange, int status, @Nullable String code)
      throws IOException {
    byte[] body =
        code == null
            ? new byte[0]
            : ("<Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private synchronized int notified(String body) {
    if (refusedNotifications > 0) {
      refusedNotifications--;
      return 500;
    }
    notifications.add(body);
    notifyAll();
    return 200;
  }

  /** Refuses every call of S3 from now on; null lets them through again. */
  synchronized void refuse(@Nullable String code) {
    refusal = code;
  }

  synchronized void refuseNotifications(int count) {
    refusedNotifications = count;
  }

  synchronized void remove(String bucket) {
    buckets.remove(bucket);
  }

  synchronized void add(String bucket) {
    buckets.add(bucket);
  }

  synchronized int refused() {
    return refused;
  }

  /** Everything that is stored, by bucket and key. */
  synchronized Map<String, Stored> objects() {
    return new TreeMap<>(objects);
  }

  synchronized List<String> notifications() {
    return List.copyOf(notifications);
  }

  /** Requests whose signature was wrong. */
  synchronized List<String> forged() {
    return List.copyOf(forged);
  }

  /** Objects that were put again with other bytes. */
  synchronized List<String> rewritten() {
    return List.copyOf(rewritten);
  }

  /** Waits until the archive is as it should be. */
  synchronized void await(Predicate<ArchiveServer> condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("not in time; there are " + objects.keySet());
      }
      wait(left);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
