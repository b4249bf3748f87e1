package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.RemoveRegionsFromReplicationRequest;
import dev.sekisho.contract.secretsmanager.RemoveRegionsFromReplicationResponse;
import dev.sekisho.contract.secretsmanager.ReplicaRegionType;
import dev.sekisho.contract.secretsmanager.ReplicateSecretToRegionsRequest;
import dev.sekisho.contract.secretsmanager.ReplicateSecretToRegionsResponse;
import dev.sekisho.contract.secretsmanager.ReplicationStatusType;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.contract.secretsmanager.StopReplicationToReplicaRequest;
import dev.sekisho.contract.secretsmanager.StopReplicationToReplicaResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Keeps secrets in other Regions as well. */
final class Replication implements SecretsManagerApi.Replication {

  private final SecretWork work;
  private final Replicas replicas;

  Replication(SecretWork work, Replicas replicas) {
    this.work = work;
    this.replicas = replicas;
  }

  @Override
  public Guarded<ReplicateSecretToRegionsResponse> replicateSecretToRegions(
      Call<ReplicateSecretToRegionsRequest> call) {
    ReplicateSecretToRegionsRequest input = call.input();
    List<ReplicaStatus> wanted = wanted(call.region(), input.addReplicaRegions());
    return work.onPrimary(
        call,
        "secretsmanager:ReplicateSecretToRegions",
        input.secretId(),
        condition(wanted),
        (authorized, secret) -> {
          List<Replicas.Copy> copies = copies(authorized.context(), secret, wanted);
          boolean force = Boolean.TRUE.equals(input.forceOverwriteReplicaSecret());
          return Outcome.change(transaction -> {
            SecretWork.again(transaction, secret);
            add(transaction, secret, copies, force);
            return ReplicateSecretToRegionsResponse.builder()
                .arn(secret.arn())
                .replicationStatus(shown(StoreTransaction.handle(transaction), secret))
                .build();
          });
        });
  }

  /** The condition key that tells which Regions are asked for. */
  static Map<String, List<String>> condition(List<ReplicaStatus> wanted) {
    return wanted.isEmpty()
        ? Map.of()
        : Map.of(
            "secretsmanager:AddReplicaRegions",
            wanted.stream().map(ReplicaStatus::region).toList());
  }

  List<Replicas.Copy> copies(
      RequestContext context, StoredSecret secret, List<ReplicaStatus> wanted) {
    List<Replicas.Copy> copies = new ArrayList<>();
    for (ReplicaStatus status : wanted) {
      copies.add(replicas.whole(context, secret, status));
    }
    return copies;
  }

  /**
   * The Regions of a call, each once and not that of the secret.
   *
   * @throws dev.sekisho.core.ServiceException InvalidParameterException
   */
  List<ReplicaStatus> wanted(String primary, List<ReplicaRegionType> regions) {
    Set<String> seen = new HashSet<>();
    List<ReplicaStatus> wanted = new ArrayList<>();
    for (ReplicaRegionType each : regions) {
      String region = each.region();
      if (region == null || !work.context().regions().contains(region) || !seen.add(region)) {
        throw SecretsManagerErrors.invalidParameter("Invalid replica region: " + region + ".");
      }
      if (region.equals(primary)) {
        throw SecretsManagerErrors.invalidParameter(
            "Invalid replica region. The replica region can't be the primary region.");
      }
      wanted.add(new ReplicaStatus(region, Given.orNull(each.kmsKeyId()), null));
    }
    return wanted;
  }

  /** Keeps the replicas; where the name is taken, only by force. */
  static void add(
      Transaction transaction, StoredSecret secret, List<Replicas.Copy> copies, boolean force) {
    Handle handle = StoreTransaction.handle(transaction);
    List<Replicas.Copy> kept = new ArrayList<>();
    for (Replicas.Copy copy : copies) {
      StoredSecret replica = copy.replica();
      Optional<StoredSecret> there =
          SecretStore.named(handle, replica.account(), replica.region(), replica.name());
      boolean own = there.filter(each -> each.arn().equals(replica.arn())).isPresent();
      if (there.isPresent() && !own && !force) {
        ReplicaStatus status = copy.status();
        kept.add(
            new Replicas.Copy(
                new ReplicaStatus(
                    status.region(),
                    status.kmsKey(),
                    "Replication failed: Secret name "
                        + replica.name()
                        + " already exists in region "
                        + replica.region()
                        + "."),
                replica,
                List.of()));
        continue;
      }
      there.filter(_ -> !own).ifPresent(each -> SecretStore.delete(transaction, each.arn()));
      kept.add(copy);
    }
    Replicas.keep(transaction, secret, kept);
  }

  static List<ReplicationStatusType> shown(Handle handle, StoredSecret secret) {
    return ReplicaStore.of(handle, secret).stream().map(ReplicaStatus::shown).toList();
  }

  @Override
  public Guarded<RemoveRegionsFromReplicationResponse> removeRegionsFromReplication(
      Call<RemoveRegionsFromReplicationRequest> call) {
    RemoveRegionsFromReplicationRequest input = call.input();
    return work.onPrimary(
        call,
        "secretsmanager:RemoveRegionsFromReplication",
        input.secretId(),
        Map.of(),
        (_, secret) ->
            Outcome.change(transaction -> {
              SecretWork.again(transaction, secret);
              Handle handle = StoreTransaction.handle(transaction);
              for (String region : input.removeReplicaRegions()) {
                ReplicaStore.remove(transaction, secret.arn(), region);
                SecretStore.find(handle, Replicas.arn(secret, region))
                    .filter(replica -> secret.region().equals(replica.primaryRegion()))
                    .ifPresent(replica -> SecretStore.delete(transaction, replica.arn()));
              }
              return RemoveRegionsFromReplicationResponse.builder()
                  .arn(secret.arn())
                  .replicationStatus(shown(handle, secret))
                  .build();
            }));
  }

  @Override
  public Guarded<StopReplicationToReplicaResponse> stopReplicationToReplica(
      Call<StopReplicationToReplicaRequest> call) {
    return work.on(
        call,
        "secretsmanager:StopReplicationToReplica",
        call.input().secretId(),
        Map.of(),
        (_, secret) -> {
          String primary = secret.primaryRegion();
          if (primary == null) {
            throw SecretsManagerErrors.invalidRequest(
                "You can't stop replication to a secret that is not a replica.");
          }
          return Outcome.change(transaction -> {
            SecretWork.again(transaction, secret);
            ReplicaStore.remove(transaction, Replicas.arn(secret, primary), secret.region());
            SecretStore.promote(transaction, secret.arn());
            return StopReplicationToReplicaResponse.builder().arn(secret.arn()).build();
          });
        });
  }
}
