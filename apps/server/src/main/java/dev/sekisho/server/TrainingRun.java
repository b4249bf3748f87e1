package dev.sekisho.server;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.iam.RootUser;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A short life in a folder of its own that shows the JVM what a start and the first calls need, so
 * that it can keep that in its ahead-of-time cache. The cache is written by the JVM at the end.
 */
final class TrainingRun {

  private static final int ROUNDS = 40;

  private final RequestSigner signer;
  private final URI address;

  private TrainingRun(RequestSigner signer, URI address) {
    this.signer = signer;
    this.address = address;
  }

  static void run(InstantSource time) {
    try {
      Path folder = Files.createTempDirectory("sekisho-training");
      try {
        train(folder, time);
      } finally {
        delete(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("the training run failed", failed);
    }
  }

  private static void train(Path folder, InstantSource time) throws IOException {
    Options usual = Options.usual();
    Secret secret = Secret.of(Randomness.system().text("abcdefghijklmnopqrstuvwxyz0123456789", 40));
    Options options =
        new Options(
            folder.resolve("data"),
            InetAddress.getLoopbackAddress().getHostAddress(),
            0,
            usual.region(),
            usual.account(),
            true,
            new RootUser.Credentials("AKIATRAINING00000000", secret));
    try (Sekisho sekisho = Sekisho.start(options, time)) {
      TrainingRun run =
          new TrainingRun(
              new RequestSigner("AKIATRAINING00000000", secret, null), sekisho.address());
      for (int i = 0; i < ROUNDS; i++) {
        run.calls(time, i);
      }
    }
  }

  private void calls(InstantSource time, int round) throws IOException {
    form(time, "sts", "Action=GetCallerIdentity&Version=2011-06-15");
    form(time, "iam", "Action=CreateUser&Version=2010-05-08&UserName=trained-" + round);
    form(time, "iam", "Action=ListUsers&Version=2010-05-08");
    form(time, "ec2", "Action=DescribeRegions&Version=2016-11-15");
    String made = json(time, "kms", "TrentService.CreateKey", "{}");
    int id = made.indexOf("\"KeyId\":\"") + 9;
    String key = made.substring(id, made.indexOf('"', id));
    json(
        time,
        "kms",
        "TrentService.Encrypt",
        "{\"KeyId\":\"" + key + "\",\"Plaintext\":\"c2VjcmV0\"}");
    json(
        time,
        "cloudtrail",
        "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents",
        "{\"MaxResults\":5}");
  }

  private String form(InstantSource time, String service, String body) throws IOException {
    return send(
        time,
        service,
        Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
        body);
  }

  private String json(InstantSource time, String service, String target, String body)
      throws IOException {
    return send(
        time,
        service,
        Map.of("content-type", "application/x-amz-json-1.1", "x-amz-target", target),
        body);
  }

  private String send(InstantSource time, String service, Map<String, String> headers, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    String host = address.getHost() + ":" + address.getPort();
    StringBuilder request = new StringBuilder("POST / HTTP/1.1\r\n");
    signer
        .post(host, "us-east-1", service, time.instant(), headers, body)
        .forEach((name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    request.append("content-length: ").append(body.length).append("\r\nconnection: close\r\n\r\n");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException("a training call failed: " + answer.lines().findFirst().orElse(""));
      }
      return answer;
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
