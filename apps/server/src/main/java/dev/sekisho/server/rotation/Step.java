package dev.sekisho.server.rotation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.io.IOException;

/**
 * What a rotation function is asked for.
 *
 * @param name {@code createSecret}, {@code setSecret}, {@code testSecret} or {@code finishSecret}
 * @param secret the secret's ARN
 * @param version the id of the version that the rotation makes
 */
record Step(String name, String secret, String version) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Step read(String event) throws FailedException {
    try {
      JsonNode members = JSON.readTree(event);
      return new Step(
          members.path("Step").asText(),
          members.path("SecretId").asText(),
          members.path("ClientRequestToken").asText());
    } catch (IOException notJson) {
      throw new FailedException("the event is not JSON");
    }
  }
}
