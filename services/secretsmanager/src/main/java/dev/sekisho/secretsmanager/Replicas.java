package dev.sekisho.secretsmanager;

import dev.sekisho.core.RequestContext;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps replicas of secrets as their primaries are. A replica is sealed under a key of its own
 * Region, which KMS is asked for before the transaction that changes the primary; in it, both
 * change at once.
 */
final class Replicas {

  private final SecretWork work;
  private final SecretEncryption encryption;

  Replicas(SecretWork work, SecretEncryption encryption) {
    this.work = work;
    this.encryption = encryption;
  }

  /** What a Region's replica gets, or why it gets nothing. */
  record Copy(ReplicaStatus status, StoredSecret replica, List<StoredVersion> versions) {}

  /** The secret as it is called in the other Region. */
  static StoredSecret in(StoredSecret primary, ReplicaStatus status) {
    return new StoredSecret(
        arn(primary, status.region()),
        primary.account(),
        status.region(),
        primary.name(),
        primary.region(),
        primary.description(),
        status.kmsKey(),
        primary.kind(),
        primary.policy(),
        primary.createdAt(),
        primary.changedAt(),
        null,
        null,
        null,
        null);
  }

  static String arn(StoredSecret secret, String region) {
    return SecretName.unsuffixed(secret.account(), region, secret.name())
        + secret.arn().substring(secret.arn().lastIndexOf('-'));
  }

  /** Seals a new value of the primary for each of its replicas. */
  List<Copy> copies(
      RequestContext context, StoredSecret primary, StoredVersion version, SecretValue value) {
    List<Copy> copies = new ArrayList<>();
    for (ReplicaStatus status : of(primary)) {
      copies.add(
          copy(status, primary, replica -> List.of(sealed(context, replica, version, value))));
    }
    return copies;
  }

  /** Seals the first value of a secret for the Regions that it is to be in from its beginning. */
  List<Copy> first(
      RequestContext context,
      StoredSecret primary,
      List<ReplicaStatus> wanted,
      @Nullable StoredVersion version,
      @Nullable SecretValue value) {
    return wanted.stream()
        .map(status ->
            copy(
                status,
                primary,
                replica ->
                    version == null || value == null
                        ? List.of()
                        : List.of(sealed(context, replica, version, value))))
        .toList();
  }

  /** Seals all labeled values of the primary for one Region. */
  Copy whole(RequestContext context, StoredSecret primary, ReplicaStatus wanted) {
    return copy(
        wanted,
        primary,
        replica -> {
          List<StoredVersion> versions = new ArrayList<>();
          for (StoredVersion version :
              work.context()
                  .database()
                  .read(handle -> VersionStore.labeled(handle, primary.arn()))) {
            SecretValue value = encryption.open(context, primary, version);
            versions.add(sealed(context, replica, version, value));
          }
          return versions;
        });
  }

  private static Copy copy(
      ReplicaStatus status,
      StoredSecret primary,
      Function<StoredSecret, List<StoredVersion>> sealing) {
    StoredSecret replica = in(primary, status);
    try {
      return new Copy(
          new ReplicaStatus(status.region(), status.kmsKey(), null),
          replica,
          sealing.apply(replica));
    } catch (ServiceException refused) {
      return new Copy(
          new ReplicaStatus(status.region(), status.kmsKey(), refused.message()),
          replica,
          List.of());
    }
  }

  private StoredVersion sealed(
      RequestContext context, StoredSecret replica, StoredVersion version, SecretValue value) {
    return encryption.seal(
        context.in(replica.region()), replica, version.id(), version.createdAt(), value);
  }

  /** The Regions of the secret's replicas. */
  List<ReplicaStatus> of(StoredSecret primary) {
    return work.context().database().read(handle -> ReplicaStore.of(handle, primary));
  }

  /** Keeps what was sealed for the replicas, and brings all else of them up to date. */
  static void keep(Transaction transaction, StoredSecret primary, List<Copy> copies) {
    Handle handle = StoreTransaction.handle(transaction);
    for (Copy copy : copies) {
      ReplicaStore.put(transaction, primary, copy.status());
      if (copy.status().failure() != null) {
        continue;
      }
      if (SecretStore.find(handle, copy.replica().arn()).isEmpty()) {
        SecretStore.insert(transaction, copy.replica());
      }
      for (StoredVersion version : copy.versions()) {
        VersionStore.delete(transaction, copy.replica().arn(), version.id());
        VersionStore.insert(transaction, copy.replica().arn(), version);
      }
    }
    update(transaction, primary);
  }

  /** Brings what is not secret of the replicas up to date with their primary. */
  static void update(Transaction transaction, StoredSecret secret) {
    Handle handle = StoreTransaction.handle(transaction);
    StoredSecret primary =
        SecretStore.find(handle, secret.arn()).orElseThrow(SecretsManagerErrors::noSecret);
    Labels labels = VersionStore.labels(handle, primary.arn());
    for (ReplicaStatus status : ReplicaStore.of(handle, primary)) {
      Optional<StoredSecret> there =
          SecretStore.find(handle, arn(primary, status.region()))
              .filter(replica -> primary.region().equals(replica.primaryRegion()));
      if (there.isEmpty()) {
        continue;
      }
      StoredSecret replica = in(primary, status);
      SecretStore.describe(transaction, replica);
      SecretStore.setPolicy(transaction, replica.arn(), primary.policy());
      SecretStore.changed(transaction, replica.arn(), primary.changedAt());
      SecretTags.replace(transaction, replica.arn(), SecretTags.TABLE.of(handle, primary.arn()));
      VersionStore.setLabels(transaction, replica.arn(), labels.onlyOf(ids(handle, replica)));
    }
  }

  private static Set<String> ids(Handle handle, StoredSecret secret) {
    Set<String> ids = new HashSet<>();
    VersionStore.summaries(handle, secret.arn()).forEach(version -> ids.add(version.id()));
    return ids;
  }
}
