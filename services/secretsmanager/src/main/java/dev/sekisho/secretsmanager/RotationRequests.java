package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.CancelRotateSecretRequest;
import dev.sekisho.contract.secretsmanager.CancelRotateSecretResponse;
import dev.sekisho.contract.secretsmanager.RotateSecretRequest;
import dev.sekisho.contract.secretsmanager.RotateSecretResponse;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Says how secrets rotate, and has them rotate now. The {@link Rotator} does it. */
final class RotationRequests implements SecretsManagerApi.Rotation {

  private final SecretWork work;
  private final NewVersions versions;
  private final RotationFunctions functions;

  RotationRequests(SecretWork work, NewVersions versions, RotationFunctions functions) {
    this.work = work;
    this.versions = versions;
    this.functions = functions;
  }

  @Override
  public Guarded<RotateSecretResponse> rotateSecret(Call<RotateSecretRequest> call) {
    RotateSecretRequest input = call.input();
    String function = Given.orNull(input.rotationLambdaARN());
    return work.onPrimary(
        call,
        "secretsmanager:RotateSecret",
        input.secretId(),
        function == null ? Map.of() : Map.of("secretsmanager:RotationLambdaARN", List.of(function)),
        (_, secret) -> {
          if (input.externalSecretRotationMetadata() != null
              || input.externalSecretRotationRoleArn() != null) {
            throw SecretsManagerErrors.invalidRequest(
                "Secrets that partners hold are not rotated by Sekisho.");
          }
          Instant now = work.context().now();
          RotationRules rules =
              input.rotationRules() == null ? null : RotationRules.of(input.rotationRules(), now);
          String version = versions.id(input.clientRequestToken());
          boolean testing = Boolean.FALSE.equals(input.rotateImmediately());
          return Outcome.change(transaction -> {
            SecretWork.again(transaction, secret);
            Rotation rotation = rotation(transaction, secret, function, rules, now);
            begin(transaction, secret, rotation, version, testing, now);
            return RotateSecretResponse.builder()
                .arn(secret.arn())
                .name(secret.name())
                .versionId(testing ? null : version)
                .build();
          });
        });
  }

  /** The secret's rotation with what the call says of it. */
  private Rotation rotation(
      Transaction transaction,
      StoredSecret secret,
      @Nullable String function,
      @Nullable RotationRules given,
      Instant now) {
    Optional<Rotation> there =
        RotationStore.find(StoreTransaction.handle(transaction), secret.arn());
    String arn = function == null ? there.map(Rotation::functionArn).orElse(null) : function;
    if (arn == null) {
      throw SecretsManagerErrors.invalidRequest(
          "No Lambda rotation function ARN is associated with this secret.");
    }
    if (!functions.has(arn)) {
      throw SecretsManagerErrors.functionDenied();
    }
    RotationRules rules =
        given == null ? there.map(Rotation::rules).orElse(RotationRules.NEVER) : given;
    return new Rotation(
        secret.arn(),
        arn,
        rules,
        true,
        there.map(Rotation::rotatedAt).orElse(null),
        rules.next(now),
        there.map(Rotation::pending).orElse(null),
        there.map(Rotation::failure).orElse(null));
  }

  private static void begin(
      Transaction transaction,
      StoredSecret secret,
      Rotation rotation,
      String version,
      boolean testing,
      Instant now) {
    Handle handle = StoreTransaction.handle(transaction);
    Labels labels = VersionStore.labels(handle, secret.arn());
    Rotation.Pending under = rotation.pending();
    String pending = labels.version(Labels.PENDING);
    if (under != null && under.version().equals(version)) {
      // The same call, sent again.
      RotationStore.put(transaction, rotation, now);
      return;
    }
    if (under != null || (pending != null && !pending.equals(labels.version(Labels.CURRENT)))) {
      throw SecretsManagerErrors.invalidRequest(
          "A previous rotation isn't complete. That rotation will be reattempted.");
    }
    if (labels.version(Labels.CURRENT) == null) {
      throw SecretsManagerErrors.invalidRequest("You can't rotate a secret that has no value.");
    }
    if (VersionStore.find(handle, secret.arn(), version).isPresent()) {
      throw SecretsManagerErrors.versionExists(version);
    }
    RotationStore.put(
        transaction,
        rotation.with(
            new Rotation.Pending(
                testing ? RotationStep.TEST : RotationStep.CREATE, version, testing, 0),
            null),
        now);
    if (!testing) {
      VersionStore.setLabels(
          transaction, secret.arn(), labels.put(version, List.of(Labels.PENDING)));
    }
  }

  @Override
  public Guarded<CancelRotateSecretResponse> cancelRotateSecret(
      Call<CancelRotateSecretRequest> call) {
    return work.onPrimary(
        call,
        "secretsmanager:CancelRotateSecret",
        call.input().secretId(),
        Map.of(),
        (_, secret) ->
            Outcome.change(transaction -> {
              SecretWork.again(transaction, secret);
              Handle handle = StoreTransaction.handle(transaction);
              Optional<Rotation> there = RotationStore.find(handle, secret.arn());
              there.ifPresent(
                  rotation -> RotationStore.put(transaction, rotation.cancelled(), null));
              String pending = VersionStore.labels(handle, secret.arn()).version(Labels.PENDING);
              return CancelRotateSecretResponse.builder()
                  .arn(secret.arn())
                  .name(secret.name())
                  .versionId(pending)
                  .build();
            }));
  }
}
