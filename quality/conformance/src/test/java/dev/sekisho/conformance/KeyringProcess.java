package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import dev.sekisho.testing.SekishoProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** The program as an operator of its keyring uses it: a server, and commands beside it. */
final class KeyringProcess {

  static final String ROOT_KEY =
      SekishoInstance.ROOT.accessKeyId() + ":" + SekishoInstance.ROOT.secretAccessKey();

  private final Path data;
  private final Map<String, String> environment;

  KeyringProcess(Path data, Map<String, String> environment) {
    this.data = data;
    this.environment = environment;
  }

  SekishoProcess up(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--dev", "--root-key", ROOT_KEY));
    arguments.addAll(List.of(more));
    return SekishoProcess.start(environment, data, arguments.toArray(String[]::new));
  }

  /** A start that is expected to be refused. */
  SekishoProcess.Ended refused(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--data", data.toString(), "--port", "0"));
    arguments.addAll(List.of(more));
    return SekishoProcess.run(environment, arguments);
  }

  SekishoProcess.Ended keyring(String verb, String... more) {
    List<String> arguments = new ArrayList<>(List.of("keyring", verb, "--data", data.toString()));
    arguments.addAll(List.of(more));
    return SekishoProcess.run(environment, arguments);
  }

  /** A command that must do. */
  String done(String verb, String... more) {
    SekishoProcess.Ended ended = keyring(verb, more);
    assertThat(ended.exit()).as(ended.errors()).isZero();
    return ended.out();
  }

  /** Lets a server do its chores now, which it otherwise does each half a minute. */
  static void chores(URI address) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(address.resolve("/_sekisho/dev/clock"))
                  .POST(HttpRequest.BodyPublishers.ofString("{\"advance\":\"PT1S\"}"))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      SekishoProcess process, B builder, AwsCredentials credentials) {
    return builder
        .endpointOverride(process.address())
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** A file with a secret, as an operator would leave it. */
  static Path secret(Path file, String text) throws IOException {
    Files.writeString(file, text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }
}
