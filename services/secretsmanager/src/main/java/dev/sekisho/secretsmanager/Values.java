package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.GetSecretValueRequest;
import dev.sekisho.contract.secretsmanager.GetSecretValueResponse;
import dev.sekisho.contract.secretsmanager.PutSecretValueRequest;
import dev.sekisho.contract.secretsmanager.PutSecretValueResponse;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.UpdateSecretVersionStageRequest;
import dev.sekisho.contract.secretsmanager.UpdateSecretVersionStageResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestContext;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads values, adds new ones and moves the labels on them. */
final class Values implements SecretsManagerApi.Values {

  private final SecretWork work;
  private final NewVersions versions;
  private final SecretEncryption encryption;
  private final Replicas replicas;

  Values(SecretWork work, NewVersions versions, SecretEncryption encryption, Replicas replicas) {
    this.work = work;
    this.versions = versions;
    this.encryption = encryption;
    this.replicas = replicas;
  }

  /** A version that was asked for, opened. */
  record Opened(
      StoredSecret secret, StoredVersion version, List<String> labels, SecretValue value) {}

  @Override
  public Guarded<GetSecretValueResponse> getSecretValue(Call<GetSecretValueRequest> call) {
    GetSecretValueRequest input = call.input();
    Map<String, List<String>> conditions = new HashMap<>();
    String label = input.versionStage();
    String id = input.versionId();
    if (id != null) {
      conditions.put("secretsmanager:VersionId", List.of(id));
    }
    conditions.put("secretsmanager:VersionStage", List.of(label == null ? Labels.CURRENT : label));
    return work.on(
        call,
        "secretsmanager:GetSecretValue",
        input.secretId(),
        conditions,
        (authorized, secret) -> {
          Opened opened = open(authorized.context(), secret, id, label);
          return noted(opened, shown(opened));
        });
  }

  /** Opens a version; the current one when none is named. */
  Opened open(
      RequestContext context, StoredSecret secret, @Nullable String id, @Nullable String label) {
    Found found = work.context().database().read(handle -> find(handle, secret, id, label));
    return new Opened(
        secret,
        found.version(),
        found.labels().of(found.version().id()),
        encryption.open(context, secret, found.version()));
  }

  private record Found(StoredVersion version, Labels labels) {}

  private static Found find(
      Handle handle, StoredSecret secret, @Nullable String id, @Nullable String label) {
    Labels labels = VersionStore.labels(handle, secret.arn());
    if (id == null) {
      String wanted = label == null ? Labels.CURRENT : label;
      String holder = labels.version(wanted);
      return Optional.ofNullable(holder)
          .flatMap(version -> VersionStore.find(handle, secret.arn(), version))
          .map(version -> new Found(version, labels))
          .orElseThrow(() -> SecretsManagerErrors.noValue("staging label: " + wanted));
    }
    StoredVersion version =
        VersionStore.find(handle, secret.arn(), id)
            .orElseThrow(() -> SecretsManagerErrors.noValue("VersionId: " + id));
    if (label != null && !id.equals(labels.version(label))) {
      throw SecretsManagerErrors.invalidRequest(
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return new Found(version, labels);
  }

  /** The answer, with a note of the day on which the value was read, once a day. */
  private <O> Outcome<O> noted(Opened opened, O answer) {
    Instant day = work.context().now().truncatedTo(ChronoUnit.DAYS);
    if (day.equals(opened.secret().accessedAt()) && day.equals(opened.version().accessedAt())) {
      return Outcome.answer(answer);
    }
    return Outcome.change(transaction -> {
      SecretStore.accessed(transaction, opened.secret().arn(), opened.version().id(), day);
      return answer;
    });
  }

  private static GetSecretValueResponse shown(Opened opened) {
    return GetSecretValueResponse.builder()
        .arn(opened.secret().arn())
        .name(opened.secret().name())
        .versionId(opened.version().id())
        .secretBinary(opened.value().blob())
        .secretString(opened.value().text())
        .versionStages(opened.labels())
        .createdDate(opened.version().createdAt())
        .build();
  }

  @Override
  public Guarded<PutSecretValueResponse> putSecretValue(Call<PutSecretValueRequest> call) {
    PutSecretValueRequest input = call.input();
    return work.onPrimary(
        call,
        "secretsmanager:PutSecretValue",
        input.secretId(),
        Map.of(),
        (authorized, secret) -> put(authorized.context(), input, secret));
  }

  private Outcome<PutSecretValueResponse> put(
      RequestContext context, PutSecretValueRequest input, StoredSecret secret) {
    SecretValue value = SecretValue.of(input.secretString(), input.secretBinary());
    if (value == null) {
      throw SecretsManagerErrors.invalidRequest(
          "You must provide either SecretString or SecretBinary.");
    }
    String id = versions.id(input.clientRequestToken());
    Optional<StoredVersion> there =
        work.context().database().read(handle -> VersionStore.find(handle, secret.arn(), id));
    if (there.isPresent()) {
      versions.requireSame(context, secret, there.get(), value);
      Labels labels =
          work.context().database().read(handle -> VersionStore.labels(handle, secret.arn()));
      return Outcome.answer(kept(secret, id, labels));
    }
    Instant now = work.context().now();
    List<String> stages =
        input.versionStages() == null ? List.of(Labels.CURRENT) : input.versionStages();
    StoredVersion version = encryption.seal(context, secret, id, now, value);
    List<Replicas.Copy> copies = replicas.copies(context, secret, version, value);
    return Outcome.change(transaction -> {
      SecretWork.again(transaction, secret);
      Labels labels = NewVersions.add(transaction, secret, version, stages, now);
      Replicas.keep(transaction, secret, copies);
      return kept(secret, id, labels);
    });
  }

  private static PutSecretValueResponse kept(StoredSecret secret, String id, Labels labels) {
    return PutSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(id)
        .versionStages(labels.of(id))
        .build();
  }

  @Override
  public Guarded<UpdateSecretVersionStageResponse> updateSecretVersionStage(
      Call<UpdateSecretVersionStageRequest> call) {
    UpdateSecretVersionStageRequest input = call.input();
    return work.onPrimary(
        call,
        "secretsmanager:UpdateSecretVersionStage",
        input.secretId(),
        Map.of("secretsmanager:VersionStage", List.of(input.versionStage())),
        (_, secret) ->
            Outcome.change(transaction -> {
              SecretWork.again(transaction, secret);
              Handle handle = StoreTransaction.handle(transaction);
              Labels labels = VersionStore.labels(handle, secret.arn());
              Labels moved = moved(handle, secret, labels, input);
              VersionStore.setLabels(transaction, secret.arn(), moved);
              SecretStore.changed(transaction, secret.arn(), work.context().now());
              Replicas.update(transaction, secret);
              return UpdateSecretVersionStageResponse.builder()
                  .arn(secret.arn())
                  .name(secret.name())
                  .build();
            }));
  }

  private static Labels moved(
      Handle handle, StoredSecret secret, Labels labels, UpdateSecretVersionStageRequest input) {
    String label = input.versionStage();
    String from = input.removeFromVersionId();
    String to = input.moveToVersionId();
    String holder = labels.version(label);
    if (from == null && to == null) {
      throw SecretsManagerErrors.invalidParameter(
          "You must specify MoveToVersionId, RemoveFromVersionId, or both.");
    }
    for (String id : new String[] {from, to}) {
      if (id != null && VersionStore.find(handle, secret.arn(), id).isEmpty()) {
        throw SecretsManagerErrors.noValue("VersionId: " + id);
      }
    }
    if (holder != null && !holder.equals(from) && !holder.equals(to)) {
      throw SecretsManagerErrors.invalidParameter(
          (from == null
                  ? "The parameter RemoveFromVersionId can't be empty. "
                  : "The parameter RemoveFromVersionId is not valid. ")
              + "Staging label "
              + label
              + " is currently attached to version "
              + holder
              + ", so you must explicitly reference that version in RemoveFromVersionId.");
    }
    if (from != null && !from.equals(holder)) {
      throw SecretsManagerErrors.invalidParameter(
          "Staging label " + label + " is not attached to version " + from + ".");
    }
    if (to != null) {
      return labels.put(to, List.of(label));
    }
    if (label.equals(Labels.CURRENT)) {
      throw SecretsManagerErrors.invalidParameter(
          "You can only move staging label AWSCURRENT to a different secret version. It can't be"
              + " completely removed.");
    }
    return labels.without(label);
  }
}
