package dev.sekisho.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sekisho.testing.SekishoInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * A rotation function as people write them, behind the Invoke operation of Lambda's API: it makes a
 * new password, takes it for the "database" that it keeps, and moves the label.
 */
final class RotationFunction implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What was asked for: the function's ARN, the step, and the signature's scope. */
  record Asked(String arn, String step, String version, String authorization) {}

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile SecretsManagerClient secrets;
  private volatile String failing = "";
  private volatile String databasePassword = "";

  RotationFunction() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException("the function cannot listen", failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/2015-03-31/functions/", this::invoke);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Whom it calls back. */
  void serve(SekishoInstance sekisho) {
    secrets = sekisho.client(SecretsManagerClient.builder());
  }

  /** Whom it calls back, in a process of its own. */
  void serve(URI address) {
    secrets =
        SecretsManagerClient.builder()
            .endpointOverride(address)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(SekishoInstance.ROOT))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /** The step that fails from now on; none for an empty text. */
  void fail(String step) {
    failing = step;
  }

  List<Asked> asked() {
    return asked;
  }

  List<String> steps(String arn) {
    return asked.stream().filter(each -> each.arn().equals(arn)).map(Asked::step).toList();
  }

  String databasePassword() {
    return databasePassword;
  }

  private void invoke(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String path = exchange.getRequestURI().getRawPath();
      String name = path.substring("/2015-03-31/functions/".length(), path.lastIndexOf('/'));
      String step = event.get("Step").asText();
      String version = event.get("ClientRequestToken").asText();
      asked.add(
          new Asked(
              URLDecoder.decode(name, StandardCharsets.UTF_8),
              step,
              version,
              String.valueOf(exchange.getRequestHeaders().getFirst("authorization"))));
      byte[] answer = "null".getBytes(StandardCharsets.UTF_8);
      if (step.equals(failing)) {
        answer = "{\"errorMessage\":\"the database is away\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("x-amz-function-error", "Unhandled");
      } else {
        perform(step, event.get("SecretId").asText(), version);
      }
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void perform(String step, String secret, String version) {
    switch (step) {
      case "createSecret" ->
          secrets.putSecretValue(r ->
              r.secretId(secret)
                  .clientRequestToken(version)
                  .secretString("password of " + version)
                  .versionStages("AWSPENDING"));
      case "setSecret" ->
          databasePassword =
              secrets
                  .getSecretValue(
                      r -> r.secretId(secret).versionId(version).versionStage("AWSPENDING"))
                  .secretString();
      case "finishSecret" -> {
        String current = secrets.getSecretValue(r -> r.secretId(secret)).versionId();
        if (!current.equals(version)) {
          // Asked for again after a crash, it may be done already.
          secrets.updateSecretVersionStage(r ->
              r.secretId(secret)
                  .versionStage("AWSCURRENT")
                  .moveToVersionId(version)
                  .removeFromVersionId(current));
        }
        if (secrets
            .describeSecret(r -> r.secretId(secret))
            .versionIdsToStages()
            .getOrDefault(version, List.of())
            .contains("AWSPENDING")) {
          secrets.updateSecretVersionStage(
              r -> r.secretId(secret).versionStage("AWSPENDING").removeFromVersionId(version));
        }
      }
      default -> {}
    }
  }

  @Override
  public void close() {
    server.stop(0);
    SecretsManagerClient open = secrets;
    if (open != null) {
      open.close();
    }
  }
}
