package dev.sekisho.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Sends one request over and over on kept-alive connections, each as soon as the answer to the one
 * before it is there. Any answer but a good one ends the run: a failed call is no fast call.
 */
final class Load {

  /** What a run saw; latencies in nanoseconds, sorted. */
  record Result(long requests, Duration time, long[] latencies) {

    double perSecond() {
      return requests * 1e9 / time.toNanos();
    }

    double percentileMillis(double percent) {
      int index = (int) Math.min(latencies.length - 1, Math.ceil(latencies.length * percent / 100));
      return latencies[index] / 1e6;
    }
  }

  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 30_000;

  private Load() {}

  static Result run(URI address, byte[] request, int connections, Duration time)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      var runs =
          IntStream.range(0, connections)
              .<Future<long[]>>mapToObj(_ -> threads.submit(() -> one(address, request, end)))
              .toList();
      long[] all = new long[0];
      for (Future<long[]> run : runs) {
        long[] more = run.get();
        int before = all.length;
        all = Arrays.copyOf(all, before + more.length);
        System.arraycopy(more, 0, all, before, more.length);
      }
      Duration taken = Duration.ofNanos(System.nanoTime() - begun);
      Arrays.sort(all);
      return new Result(all.length, taken, all);
    } catch (ExecutionException failed) {
      throw new IOException("a connection failed", failed.getCause());
    }
  }

  private static long[] one(URI address, byte[] request, long end) throws IOException {
    long[] latencies = new long[1 << 16];
    int count = 0;
    byte[] buffer = new byte[16_384];
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
      long now = System.nanoTime();
      while (now < end) {
        socket.getOutputStream().write(request);
        answer(in, buffer);
        long after = System.nanoTime();
        if (count == latencies.length) {
          latencies = Arrays.copyOf(latencies, count * 2);
        }
        latencies[count++] = after - now;
        now = after;
      }
    }
    return Arrays.copyOf(latencies, count);
  }

  private static void answer(InputStream in, byte[] buffer) throws IOException {
    int length = 0;
    while (length < 4
        || buffer[length - 1] != '\n'
        || buffer[length - 2] != '\r'
        || buffer[length - 3] != '\n') {
      int next = in.read();
      if (next < 0 || length == buffer.length) {
        throw new IOException("the server closed the connection");
      }
      buffer[length++] = (byte) next;
    }
    String head = new String(buffer, 0, length, StandardCharsets.US_ASCII);
    if (!head.startsWith("HTTP/1.1 20")) {
      throw new IOException("not an answer to measure: " + head.lines().findFirst().orElse(""));
    }
    int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
    int body = at < 16 ? 0 : Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
    for (int left = body; left > 0; ) {
      int read = in.read(buffer, 0, Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("the server closed the connection");
      }
      left -= read;
    }
  }
}
