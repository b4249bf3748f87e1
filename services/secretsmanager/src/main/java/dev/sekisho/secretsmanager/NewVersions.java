package dev.sekisho.secretsmanager;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.RequestContext;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Adds versions to secrets, once for each token, and lets go what is old and has no label. */
final class NewVersions {

  /** Versions that are kept though no label is on them. */
  private static final int KEPT = 100;

  private static final Duration ALWAYS_KEPT = Duration.ofHours(24);

  private final SecretEncryption encryption;
  private final Randomness randomness;

  NewVersions(SecretEncryption encryption, Randomness randomness) {
    this.encryption = encryption;
    this.randomness = randomness;
  }

  /** The version's id: the call's token, or one of ours when it has none. */
  String id(@Nullable String token) {
    return token == null ? randomness.uuid().toString() : token;
  }

  /**
   * Makes sure that what is there under the token is what the call gives.
   *
   * @throws dev.sekisho.core.ServiceException ResourceExistsException when it is something else
   */
  void requireSame(
      RequestContext context, StoredSecret secret, StoredVersion there, SecretValue value) {
    if (!encryption.open(context, secret, there).isSame(value)) {
      throw SecretsManagerErrors.versionExists(there.id());
    }
  }

  /** Keeps the version with its labels; gives all labels as they are then. */
  static Labels add(
      Transaction transaction,
      StoredSecret secret,
      StoredVersion version,
      Collection<String> labels,
      Instant now) {
    Handle handle = StoreTransaction.handle(transaction);
    if (VersionStore.find(handle, secret.arn(), version.id()).isPresent()) {
      throw SecretsManagerErrors.versionExists(version.id());
    }
    Labels moved = VersionStore.labels(handle, secret.arn()).put(version.id(), labels);
    VersionStore.insert(transaction, secret.arn(), version);
    VersionStore.setLabels(transaction, secret.arn(), moved);
    SecretStore.changed(transaction, secret.arn(), now);
    if (labels.contains(Labels.CURRENT)) {
      postponeRotation(transaction, secret, now);
    }
    prune(transaction, secret, moved, now);
    return moved;
  }

  /** A value that is changed by hand counts as rotated: the schedule goes on from there. */
  private static void postponeRotation(Transaction transaction, StoredSecret secret, Instant now) {
    RotationStore.find(StoreTransaction.handle(transaction), secret.arn())
        .filter(rotation -> rotation.enabled() && rotation.pending() == null)
        .map(rotation -> rotation.scheduled(now))
        .ifPresent(rotation -> RotationStore.put(transaction, rotation, rotation.nextAt()));
  }

  private static void prune(
      Transaction transaction, StoredSecret secret, Labels labels, Instant now) {
    List<VersionSummary> unlabeled =
        VersionStore.summaries(StoreTransaction.handle(transaction), secret.arn()).stream()
            .filter(version -> labels.of(version.id()).isEmpty())
            .toList();
    Instant old = now.minus(ALWAYS_KEPT);
    for (int i = KEPT; i < unlabeled.size(); i++) {
      if (unlabeled.get(i).createdAt().isBefore(old)) {
        VersionStore.delete(transaction, secret.arn(), unlabeled.get(i).id());
      }
    }
  }
}
