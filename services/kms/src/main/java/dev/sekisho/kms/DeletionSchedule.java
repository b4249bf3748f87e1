package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.CancelKeyDeletionRequest;
import dev.sekisho.contract.kms.CancelKeyDeletionResponse;
import dev.sekisho.contract.kms.ScheduleKeyDeletionRequest;
import dev.sekisho.contract.kms.ScheduleKeyDeletionResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Says when a key shall be deleted, or that it shall not. */
final class DeletionSchedule {

  private static final int SHORTEST = 7;
  private static final int LONGEST = 30;

  private final OwnKeyChange changes;
  private final KeyStore store;
  private final LastUses lastUses;

  DeletionSchedule(OwnKeyChange changes, KeyStore store, LastUses lastUses) {
    this.changes = changes;
    this.store = store;
    this.lastUses = lastUses;
  }

  Guarded<ScheduleKeyDeletionResponse> schedule(Call<ScheduleKeyDeletionRequest> call) {
    int days = requireNonNullElse(call.input().pendingWindowInDays(), LONGEST);
    if (days < SHORTEST || days > LONGEST) {
      throw KmsErrors.validation(
          "PendingWindowInDays must be between " + SHORTEST + " and " + LONGEST);
    }
    return changes.of(
        call,
        call.input().keyId(),
        key ->
            Map.of(
                "kms:ScheduleKeyDeletionPendingWindowInDays",
                List.of(String.valueOf(days)),
                LastUses.TRAILING_DAYS,
                List.of(lastUses.trailingDays(key, call.context().time()))),
        (transaction, found) -> {
          found.requireNotPendingDeletion();
          if (found.isLeading() && !found.replicaRegions().isEmpty()) {
            store.setPendingReplicaDeletion(transaction, found.name(), days);
            return ScheduleKeyDeletionResponse.builder()
                .keyId(found.name().arn())
                .keyState(KeyState.PENDING_REPLICA_DELETION.awsName())
                .pendingWindowInDays(days)
                .build();
          }
          Instant deletion = call.context().time().plus(Duration.ofDays(days));
          store.setState(transaction, found.name(), KeyState.PENDING_DELETION, deletion);
          return ScheduleKeyDeletionResponse.builder()
              .keyId(found.name().arn())
              .deletionDate(deletion)
              .keyState(KeyState.PENDING_DELETION.awsName())
              .pendingWindowInDays(days)
              .build();
        });
  }

  /** What was saved is not in use yet, and without its material it cannot be. */
  private static KeyState afterCancelling(Key key) {
    ImportedMaterial imported = key.imported();
    return imported != null && !imported.complete() ? KeyState.PENDING_IMPORT : KeyState.DISABLED;
  }

  Guarded<CancelKeyDeletionResponse> cancel(Call<CancelKeyDeletionRequest> call) {
    return changes.of(
        call,
        call.input().keyId(),
        (transaction, found) -> {
          if (!found.state().isPendingDeletion()) {
            throw KmsErrors.invalidState(found.name().arn() + " is not pending deletion.");
          }
          store.setState(transaction, found.name(), afterCancelling(found), null);
          return CancelKeyDeletionResponse.builder().keyId(found.name().arn()).build();
        });
  }
}
