package dev.sekisho.server.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sekisho.core.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Reads secrets by the server's API. */
final class SecretReader implements AutoCloseable {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type",
          "application/x-amz-json-1.1",
          "x-amz-target",
          "secretsmanager.GetSecretValue");

  private final ServerAccess access;
  private final InstantSource machineTime;
  private final HttpClient http = HttpClient.newHttpClient();

  SecretReader(ServerAccess access, InstantSource machineTime) {
    this.access = access;
    this.machineTime = machineTime;
  }

  /**
   * A secret's own name and its current text.
   *
   * @param value not to be shown
   */
  record Named(String name, Secret value) {}

  /**
   * Reads the current value.
   *
   * @throws IOException with a message for the person, when it was refused or has no text
   */
  Named read(String secretId) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(request(secretId), HttpResponse.BodyHandlers.ofByteArray());
    Map<String, String> members = members(answer.body());
    if (answer.statusCode() != 200) {
      String message = members.getOrDefault("message", members.getOrDefault("Message", ""));
      throw new IOException(secretId + ": " + message);
    }
    String text = members.get("SecretString");
    if (text == null) {
      throw new IOException(secretId + ": the secret's value is bytes, no text");
    }
    return new Named(members.getOrDefault("Name", secretId), Secret.of(text));
  }

  @Override
  public void close() {
    http.close();
  }

  private HttpRequest request(String secretId) throws IOException {
    StringWriter body = new StringWriter();
    try (var json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("SecretId", secretId);
      json.writeEndObject();
    }
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(access.endpoint().resolve("/"))
            .timeout(ANSWER)
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    Map<String, String> signed =
        new HashMap<>(
            access
                .signer()
                .post(
                    access.endpoint().getAuthority(),
                    access.region(),
                    "secretsmanager",
                    machineTime.instant(),
                    HEADERS,
                    bytes));
    // The client says this by itself.
    signed.remove("host");
    signed.forEach(request::header);
    return request.build();
  }

  /** The texts of a flat answer. */
  private static Map<String, String> members(byte[] answer) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser json = JSON.createParser(answer)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
          members.put(name, json.getText());
        } else {
          json.skipChildren();
        }
      }
    }
    return members;
  }
}
