package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.CreateSecretRequest;
import dev.sekisho.contract.secretsmanager.CreateSecretResponse;
import dev.sekisho.contract.secretsmanager.DescribeSecretRequest;
import dev.sekisho.contract.secretsmanager.DescribeSecretResponse;
import dev.sekisho.contract.secretsmanager.ReplicationStatusType;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.UpdateSecretRequest;
import dev.sekisho.contract.secretsmanager.UpdateSecretResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Authorized;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.RequestTags;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes secrets, tells of them and changes what is said of them. */
final class Secrets implements SecretsManagerApi.Secrets {

  private static final List<String> CURRENT = List.of(Labels.CURRENT);

  private final SecretWork work;
  private final NewVersions versions;
  private final SecretEncryption encryption;
  private final Replicas replicas;
  private final Replication replication;

  Secrets(
      SecretWork work,
      NewVersions versions,
      SecretEncryption encryption,
      Replicas replicas,
      Replication replication) {
    this.work = work;
    this.versions = versions;
    this.encryption = encryption;
    this.replicas = replicas;
    this.replication = replication;
  }

  @Override
  public Guarded<CreateSecretResponse> createSecret(Call<CreateSecretRequest> call) {
    CreateSecretRequest input = call.input();
    SecretName.require(input.name());
    Map<String, String> tags = SecretTags.read(input.tags());
    Instant now = work.context().now();
    StoredSecret secret =
        new StoredSecret(
            SecretName.arn(
                call.account(), call.region(), input.name(), work.context().randomness()),
            call.account(),
            call.region(),
            input.name(),
            null,
            input.description(),
            Given.orNull(input.kmsKeyId()),
            input.type(),
            null,
            now,
            now,
            null,
            null,
            null,
            null);
    List<ReplicaStatus> wanted =
        input.addReplicaRegions() == null
            ? List.of()
            : replication.wanted(call.region(), input.addReplicaRegions());
    return Guarded.by(
        new Access.Checked(checks(input, secret, tags, wanted)),
        authorized -> create(authorized, input, secret, tags, wanted));
  }

  private static List<AccessCheck> checks(
      CreateSecretRequest input,
      StoredSecret secret,
      Map<String, String> tags,
      List<ReplicaStatus> wanted) {
    AccessCheck create =
        AccessCheck.of("secretsmanager:CreateSecret", secret.arn())
            .with("secretsmanager:Name", input.name())
            .with("secretsmanager:Description", input.description())
            .with("secretsmanager:KmsKeyArn", input.kmsKeyId());
    for (Map.Entry<String, List<String>> each : Replication.condition(wanted).entrySet()) {
      create = create.with(each.getKey(), each.getValue());
    }
    if (tags.isEmpty()) {
      return List.of(create);
    }
    AccessCheck tag = AccessCheck.of("secretsmanager:TagResource", secret.arn());
    for (Map.Entry<String, List<String>> each : RequestTags.conditions(tags).entrySet()) {
      create = create.with(each.getKey(), each.getValue());
      tag = tag.with(each.getKey(), each.getValue());
    }
    return List.of(create, tag);
  }

  private Outcome<CreateSecretResponse> create(
      Authorized authorized,
      CreateSecretRequest input,
      StoredSecret secret,
      Map<String, String> tags,
      List<ReplicaStatus> wanted) {
    SecretValue value = SecretValue.of(input.secretString(), input.secretBinary());
    String id = versions.id(input.clientRequestToken());
    Optional<StoredSecret> there =
        work.context()
            .database()
            .read(handle ->
                SecretStore.named(handle, secret.account(), secret.region(), secret.name()));
    if (there.isPresent() && !there.get().isGone(secret.createdAt())) {
      return again(authorized.context(), there.get(), id, value);
    }
    StoredVersion version =
        value == null
            ? null
            : encryption.seal(authorized.context(), secret, id, secret.createdAt(), value);
    List<Replicas.Copy> copies =
        replicas.first(authorized.context(), secret, wanted, version, value);
    boolean force = Boolean.TRUE.equals(input.forceOverwriteReplicaSecret());
    return Outcome.change(transaction -> {
      SecretStore.named(
              StoreTransaction.handle(transaction),
              secret.account(),
              secret.region(),
              secret.name())
          .ifPresent(other -> {
            if (!other.isGone(secret.createdAt())) {
              refuseAnother(other);
            }
            SecretStore.delete(transaction, other.arn());
          });
      SecretStore.insert(transaction, secret);
      SecretTags.TABLE.put(transaction, secret.arn(), tags);
      if (version != null) {
        NewVersions.add(transaction, secret, version, CURRENT, secret.createdAt());
      }
      Replication.add(transaction, secret, copies, force);
      return created(secret, version == null ? null : id)
          .replicationStatus(
              wanted.isEmpty()
                  ? null
                  : Replication.shown(StoreTransaction.handle(transaction), secret))
          .build();
    });
  }

  private static void refuseAnother(StoredSecret there) {
    throw there.isDeletionPending()
        ? SecretsManagerErrors.nameDeletionPending()
        : SecretsManagerErrors.secretExists(there.name());
  }

  /** A call that was sent twice is answered as the first time; any other is refused. */
  private Outcome<CreateSecretResponse> again(
      RequestContext context, StoredSecret there, String id, @Nullable SecretValue value) {
    Optional<StoredVersion> version =
        there.isDeletionPending() || value == null
            ? Optional.empty()
            : work.context().database().read(handle -> VersionStore.find(handle, there.arn(), id));
    if (version.isEmpty() || value == null) {
      refuseAnother(there);
    } else if (!encryption.open(context, there, version.get()).isSame(value)) {
      throw SecretsManagerErrors.secretExists(there.name());
    }
    return Outcome.answer(created(there, id).build());
  }

  private static CreateSecretResponse.Builder created(
      StoredSecret secret, @Nullable String version) {
    return CreateSecretResponse.builder().arn(secret.arn()).name(secret.name()).versionId(version);
  }

  @Override
  public Guarded<DescribeSecretResponse> describeSecret(Call<DescribeSecretRequest> call) {
    return work.onAny(
        call,
        "secretsmanager:DescribeSecret",
        call.input().secretId(),
        Map.of(),
        (_, secret) -> Outcome.answer(described(secret)));
  }

  private DescribeSecretResponse described(StoredSecret secret) {
    return work.context()
        .database()
        .read(handle -> {
          Optional<Rotation> rotation = RotationStore.find(handle, secret.arn());
          List<ReplicationStatusType> replicated = Replication.shown(handle, secret);
          String primary = replicated.isEmpty() ? secret.primaryRegion() : secret.region();
          return DescribeSecretResponse.builder()
              .arn(secret.arn())
              .name(secret.name())
              .type(secret.kind())
              .description(secret.description())
              .kmsKeyId(secret.kmsKey())
              .lastChangedDate(secret.changedAt())
              .lastAccessedDate(secret.accessedAt())
              .deletedDate(secret.deletedAt())
              .tags(SecretTags.shown(SecretTags.TABLE.of(handle, secret.arn())))
              .versionIdsToStages(VersionStore.labels(handle, secret.arn()).byVersion())
              .createdDate(secret.createdAt())
              .rotationEnabled(rotation.map(Rotation::enabled).orElse(null))
              .rotationLambdaARN(rotation.map(Rotation::functionArn).orElse(null))
              .rotationRules(rotation.map(each -> each.rules().shown()).orElse(null))
              .lastRotatedDate(rotation.map(Rotation::rotatedAt).orElse(null))
              .nextRotationDate(rotation.map(Rotation::nextAt).orElse(null))
              .primaryRegion(primary)
              .replicationStatus(replicated.isEmpty() ? null : replicated)
              .build();
        });
  }

  @Override
  public Guarded<UpdateSecretResponse> updateSecret(Call<UpdateSecretRequest> call) {
    UpdateSecretRequest input = call.input();
    Map<String, List<String>> conditions = new HashMap<>();
    if (input.description() != null) {
      conditions.put("secretsmanager:Description", List.of(input.description()));
    }
    if (input.kmsKeyId() != null) {
      conditions.put("secretsmanager:KmsKeyArn", List.of(input.kmsKeyId()));
    }
    return work.onPrimary(
        call,
        "secretsmanager:UpdateSecret",
        input.secretId(),
        conditions,
        (authorized, secret) -> update(authorized.context(), input, secret));
  }

  private Outcome<UpdateSecretResponse> update(
      RequestContext context, UpdateSecretRequest input, StoredSecret before) {
    Instant now = work.context().now();
    StoredSecret after =
        before.with(
            input.description() == null ? before.description() : input.description(),
            input.kmsKeyId() == null ? before.kmsKey() : Given.orNull(input.kmsKeyId()),
            input.type() == null ? before.kind() : input.type());
    SecretValue value = SecretValue.of(input.secretString(), input.secretBinary());
    String id = versions.id(input.clientRequestToken());
    if (value != null) {
      Optional<StoredVersion> there =
          work.context().database().read(handle -> VersionStore.find(handle, before.arn(), id));
      if (there.isPresent()) {
        versions.requireSame(context, before, there.get(), value);
        return Outcome.answer(updated(before, id));
      }
    }
    List<StoredVersion> resealed =
        Objects.equals(before.kmsKey(), after.kmsKey())
            ? List.of()
            : resealed(context, before, after);
    StoredVersion version = value == null ? null : encryption.seal(context, after, id, now, value);
    List<Replicas.Copy> copies =
        version == null || value == null
            ? List.of()
            : replicas.copies(context, after, version, value);
    return Outcome.change(transaction -> {
      StoredSecret current = SecretWork.again(transaction, before);
      if (!Objects.equals(current.kmsKey(), before.kmsKey())) {
        throw SecretsManagerErrors.invalidRequest(
            "The secret was changed by another call at the same time. Try again.");
      }
      SecretStore.describe(transaction, after);
      resealed.forEach(each -> VersionStore.reseal(transaction, after.arn(), each));
      if (version == null) {
        SecretStore.changed(transaction, after.arn(), now);
      } else {
        NewVersions.add(transaction, after, version, CURRENT, now);
      }
      Replicas.keep(transaction, after, copies);
      return updated(after, version == null ? null : id);
    });
  }

  /** What has a label follows the secret to its new key. */
  private List<StoredVersion> resealed(
      RequestContext context, StoredSecret before, StoredSecret after) {
    List<StoredVersion> labeled =
        work.context().database().read(handle -> VersionStore.labeled(handle, before.arn()));
    List<StoredVersion> resealed = new ArrayList<>();
    for (StoredVersion version : labeled) {
      resealed.add(
          encryption.seal(
              context,
              after,
              version.id(),
              version.createdAt(),
              encryption.open(context, before, version)));
    }
    return resealed;
  }

  private static UpdateSecretResponse updated(StoredSecret secret, @Nullable String version) {
    return UpdateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version)
        .build();
  }
}
