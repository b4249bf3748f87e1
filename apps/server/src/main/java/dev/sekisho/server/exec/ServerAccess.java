package dev.sekisho.server.exec;

import dev.sekisho.core.Secret;
import dev.sekisho.wire.signature.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and who calls it: as AWS's environment variables say, else as the files of
 * its data folder do.
 */
record ServerAccess(URI endpoint, String region, RequestSigner signer) {

  /**
   * Finds them.
   *
   * @throws IllegalArgumentException with a message for the person, when something is missing
   */
  static ServerAccess find(Map<String, String> environment, Path data) {
    Map<String, String> files = new HashMap<>(read(data.resolve("config")));
    files.putAll(read(data.resolve("credentials")));
    String endpoint =
        environment.getOrDefault(
            "AWS_ENDPOINT_URL_SECRETS_MANAGER",
            environment.getOrDefault("AWS_ENDPOINT_URL", files.getOrDefault("endpoint_url", "")));
    String region =
        environment.getOrDefault(
            "AWS_REGION",
            environment.getOrDefault("AWS_DEFAULT_REGION", files.getOrDefault("region", "")));
    if (endpoint.isEmpty() || region.isEmpty()) {
      throw new IllegalArgumentException(
          "it is not known where Sekisho is: name its data folder with --data, or set"
              + " AWS_ENDPOINT_URL and AWS_REGION");
    }
    String id = environment.get("AWS_ACCESS_KEY_ID");
    return new ServerAccess(
        URI.create(endpoint),
        region,
        id == null
            ? signer(files.get("aws_access_key_id"), files.get("aws_secret_access_key"), null)
            : signer(
                id,
                environment.get("AWS_SECRET_ACCESS_KEY"),
                environment.get("AWS_SESSION_TOKEN")));
  }

  private static RequestSigner signer(
      @Nullable String id, @Nullable String secret, @Nullable String token) {
    if (id == null || secret == null) {
      throw new IllegalArgumentException(
          "there are no credentials: name the data folder with --data, or set AWS_ACCESS_KEY_ID"
              + " and AWS_SECRET_ACCESS_KEY");
    }
    return new RequestSigner(id, Secret.of(secret), token);
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> read = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          read.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
      }
    } catch (IOException none) {
      // Said when something turns out to be missing.
      return read;
    }
    return read;
  }
}
