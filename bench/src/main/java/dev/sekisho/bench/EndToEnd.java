package dev.sekisho.bench;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Whole calls against a server in its own process, everything on as by default: signature, policy,
 * durable audit. Beside it, in the same run, the bare {@link EchoServer}.
 *
 * <p>Arguments: the program's jar, the seconds of each measurement. The JVM flags of both servers
 * are those of this process's {@code sekisho.flags} property.
 */
public final class EndToEnd {

  private static final int CONNECTIONS = 32;
  private static final String KEY_ID = "AKIABENCHBENCHBENCH0";
  private static final Secret SECRET = Secret.of("bench-secret-of-a-folder-that-goes-0123");

  private final Path jar;
  private final Duration time;
  private final List<String> flags;

  private EndToEnd(Path jar, Duration time, List<String> flags) {
    this.jar = jar;
    this.time = time;
    this.flags = flags;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Duration time = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 15);
    List<String> flags = List.of(System.getProperty("sekisho.flags", "").trim().split(" +"));
    new EndToEnd(Path.of(arguments[0]), time, flags).run();
  }

  private void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("sekisho-bench");
    System.out.println("| what | CPU µs/request | requests/s | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|---|");
    try (MeasuredProcess echo = MeasuredProcess.start(echoCommand());
        MeasuredProcess sekisho = MeasuredProcess.start(sekishoCommand(folder))) {
      long idle = sekisho.residentMebibytes();
      byte[] identity =
          signed(
              sekisho.address(),
              "sts",
              Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
              "Action=GetCallerIdentity&Version=2011-06-15");
      byte[] encrypt =
          kms(
              sekisho.address(),
              "Encrypt",
              "{\"KeyId\":\"" + newKey(sekisho.address()) + "\",\"Plaintext\":\"c2VjcmV0\"}");
      warmUp(echo, identity);
      warmUp(sekisho, identity);
      warmUp(sekisho, encrypt);
      measure("bare echo, GetCallerIdentity's request", echo, identity);
      measure("STS GetCallerIdentity", sekisho, identity);
      measure("bare echo, Encrypt's request", echo, encrypt);
      measure("KMS Encrypt", sekisho, encrypt);
      System.out.printf(
          Locale.ROOT,
          "%nStart to ready: %d ms. Resident when idle: %d MiB, after the load: %d MiB.%n",
          sekisho.startTime().toMillis(),
          idle,
          sekisho.residentMebibytes());
    }
  }

  private List<String> echoCommand() {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(flags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), EchoServer.class.getName()));
    return command;
  }

  private List<String> sekishoCommand(Path folder) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(flags);
    Path cache = jar.resolveSibling("sekisho.aot");
    if (Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(
        List.of("-jar", jar.toString(), "--data", folder.toString(), "--port", "0", "--dev"));
    command.addAll(List.of("--root-key", KEY_ID + ":" + SECRET.revealText()));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String newKey(URI address) throws IOException {
    String made = call(address, kms(address, "CreateKey", "{}"));
    int id = made.indexOf("\"KeyId\":\"") + 9;
    return made.substring(id, made.indexOf('"', id));
  }

  private static byte[] kms(URI address, String operation, String body) {
    return signed(
        address,
        "kms",
        Map.of(
            "content-type",
            "application/x-amz-json-1.1",
            "x-amz-target",
            "TrentService." + operation),
        body);
  }

  private static byte[] signed(
      URI address, String service, Map<String, String> headers, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder request = new StringBuilder("POST / HTTP/1.1\r\n");
    new RequestSigner(KEY_ID, SECRET, null)
        .post(
            address.getHost() + ":" + address.getPort(),
            "us-east-1",
            service,
            Instant.now(),
            headers,
            body)
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("content-length: ").append(body.length).append("\r\n\r\n").append(text);
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String call(URI address, byte[] request) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request);
      byte[] buffer = new byte[65_536];
      int length = 0;
      String answer = "";
      while (!answer.endsWith("}")) {
        int read = socket.getInputStream().read(buffer, length, buffer.length - length);
        if (read < 0) {
          break;
        }
        length += read;
        answer = new String(buffer, 0, length, StandardCharsets.UTF_8);
      }
      return answer;
    }
  }

  private void warmUp(MeasuredProcess server, byte[] request)
      throws IOException, InterruptedException {
    Load.run(server.address(), request, CONNECTIONS, time);
  }

  private void measure(String name, MeasuredProcess server, byte[] request)
      throws IOException, InterruptedException {
    long before = server.cpuMicros();
    Load.Result result = Load.run(server.address(), request, CONNECTIONS, time);
    double cpu = (server.cpuMicros() - before) / (double) result.requests();
    System.out.println(
        Objects.requireNonNull(
            String.format(
                Locale.ROOT,
                "| %s | %.1f | %,.0f | %.2f | %.2f |",
                name,
                cpu,
                result.perSecond(),
                result.percentileMillis(50),
                result.percentileMillis(99))));
  }
}
