package dev.sekisho.server.rotation;

import dev.sekisho.contract.secretsmanager.DescribeSecretRequest;
import dev.sekisho.contract.secretsmanager.DescribeSecretResponse;
import dev.sekisho.contract.secretsmanager.GetRandomPasswordRequest;
import dev.sekisho.contract.secretsmanager.GetSecretValueRequest;
import dev.sekisho.contract.secretsmanager.PutSecretValueRequest;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.SecretsManagerModel;
import dev.sekisho.contract.secretsmanager.UpdateSecretVersionStageRequest;
import dev.sekisho.core.ServiceException;
import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret that a function rotates, as the function's role may read and change it. */
final class RotatingSecret {

  private static final String CURRENT = "AWSCURRENT";
  private static final String PENDING = "AWSPENDING";
  private static final String PREVIOUS = "AWSPREVIOUS";

  /** As AWS's own functions do: these have a meaning in shells, addresses and quotes. */
  private static final String EXCLUDED = ":/@\"'\\";

  private static final long PASSWORD_LENGTH = 32;

  private final FunctionSession session;
  private final SecretsManagerApi secrets;
  private final Step step;

  RotatingSecret(FunctionSession session, SecretsManagerApi secrets, Step step) {
    this.session = session;
    this.secrets = secrets;
    this.step = step;
  }

  FunctionSession session() {
    return session;
  }

  /** The labels on each version. */
  Map<String, List<String>> labels() throws FailedException {
    DescribeSecretResponse described =
        session.required(
            SecretsManagerModel.SERVICE,
            "DescribeSecret",
            secrets.secrets()::describeSecret,
            DescribeSecretRequest.builder().secretId(step.secret()).build());
    return Objects.requireNonNullElse(described.versionIdsToStages(), Map.of());
  }

  /** Whether the version that this rotation makes has the label. */
  static boolean has(Map<String, List<String>> labels, String version, String label) {
    return labels.getOrDefault(version, List.of()).contains(label);
  }

  /** Whether it is done already. */
  static boolean isCurrent(Map<String, List<String>> labels, Step step) {
    return has(labels, step.version(), CURRENT);
  }

  static boolean isPending(Map<String, List<String>> labels, Step step) {
    return has(labels, step.version(), PENDING);
  }

  SecretDocument current() throws FailedException {
    return value(step.secret());
  }

  /** The current value of a secret, this one or another. */
  SecretDocument value(String id) throws FailedException {
    return find(id, null, CURRENT)
        .orElseThrow(() -> new FailedException("the secret " + id + " has no current value"));
  }

  /** The value before the current one. */
  Optional<SecretDocument> previous() throws FailedException {
    return find(step.secret(), null, PREVIOUS);
  }

  /** The value that this rotation makes, once it is made. */
  Optional<SecretDocument> pending() throws FailedException {
    return find(step.secret(), step.version(), PENDING);
  }

  private Optional<SecretDocument> find(String id, @Nullable String version, String label)
      throws FailedException {
    try {
      return Optional.of(
          SecretDocument.read(
              session
                  .call(
                      SecretsManagerModel.SERVICE,
                      "GetSecretValue",
                      secrets.values()::getSecretValue,
                      GetSecretValueRequest.builder()
                          .secretId(id)
                          .versionId(version)
                          .versionStage(label)
                          .build())
                  .secretString()));
    } catch (ServiceException refused) {
      if (refused.code().equals("ResourceNotFoundException")) {
        return Optional.empty();
      }
      throw FunctionSession.failed("GetSecretValue", refused);
    }
  }

  /** A new password. */
  String password() throws FailedException {
    return Objects.requireNonNull(
        session
            .required(
                SecretsManagerModel.SERVICE,
                "GetRandomPassword",
                secrets.passwords()::getRandomPassword,
                GetRandomPasswordRequest.builder()
                    .passwordLength(PASSWORD_LENGTH)
                    .excludeCharacters(EXCLUDED)
                    .build())
            .randomPassword());
  }

  void putPending(SecretDocument value) throws FailedException {
    session.required(
        SecretsManagerModel.SERVICE,
        "PutSecretValue",
        secrets.values()::putSecretValue,
        PutSecretValueRequest.builder()
            .secretId(step.secret())
            .clientRequestToken(step.version())
            .secretString(value.written().revealText())
            .versionStages(List.of(PENDING))
            .build());
  }

  /** Makes the new value the current one, and leaves nothing pending. */
  void finish(Map<String, List<String>> labels) throws FailedException {
    String current =
        labels.entrySet().stream()
            .filter(version -> version.getValue().contains(CURRENT))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    move(CURRENT, current, step.version());
    move(PENDING, step.version(), null);
  }

  private void move(String label, @Nullable String from, @Nullable String to)
      throws FailedException {
    session.required(
        SecretsManagerModel.SERVICE,
        "UpdateSecretVersionStage",
        secrets.values()::updateSecretVersionStage,
        UpdateSecretVersionStageRequest.builder()
            .secretId(step.secret())
            .versionStage(label)
            .removeFromVersionId(from)
            .moveToVersionId(to)
            .build());
  }
}
