package dev.sekisho.kms;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.kms.DisableKeyRotationRequest;
import dev.sekisho.contract.kms.DisableKeyRotationResponse;
import dev.sekisho.contract.kms.EnableKeyRotationRequest;
import dev.sekisho.contract.kms.EnableKeyRotationResponse;
import dev.sekisho.contract.kms.GetKeyRotationStatusRequest;
import dev.sekisho.contract.kms.GetKeyRotationStatusResponse;
import dev.sekisho.contract.kms.RotateKeyOnDemandRequest;
import dev.sekisho.contract.kms.RotateKeyOnDemandResponse;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.ImportedMaterial.Entry;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** New material for a key, by schedule or at once; the key's id and its older ciphertexts stay. */
final class KeyRotation {

  private static final int MOST_ON_DEMAND = 25;
  private static final Duration APART = Duration.ofMinutes(20);

  private final OwnKeyChange changes;
  private final Keys keys;
  private final KeyAccess access;
  private final KeyStore store;
  private final MaterialStore materials;
  private final DueRotations rotations;
  private final RegionalMaterial regional;
  private final KeyEvents events;

  KeyRotation(
      OwnKeyChange changes,
      Keys keys,
      KeyAccess access,
      KeyStore store,
      MaterialStore materials,
      DueRotations rotations,
      RegionalMaterial regional,
      KeyEvents events) {
    this.changes = changes;
    this.keys = keys;
    this.access = access;
    this.store = store;
    this.materials = materials;
    this.rotations = rotations;
    this.regional = regional;
    this.events = events;
  }

  Guarded<EnableKeyRotationResponse> enable(Call<EnableKeyRotationRequest> call) {
    int period =
        requireNonNullElse(call.input().rotationPeriodInDays(), RotationSchedule.USUAL_PERIOD);
    return changes.of(
        call,
        call.input().keyId(),
        _ -> Map.of("kms:RotationPeriodInDays", List.of(String.valueOf(period))),
        (transaction, found) -> {
          requireScheduled(found);
          store.setRotation(
              transaction, found.name(), RotationSchedule.from(call.context().time(), period));
          return EnableKeyRotationResponse.builder().build();
        });
  }

  Guarded<DisableKeyRotationResponse> disable(Call<DisableKeyRotationRequest> call) {
    return changes.of(
        call,
        call.input().keyId(),
        (transaction, found) -> {
          requireScheduled(found);
          store.setRotation(transaction, found.name(), null);
          return DisableKeyRotationResponse.builder().build();
        });
  }

  Guarded<GetKeyRotationStatusResponse> status(Call<GetKeyRotationStatusRequest> call) {
    String action = "kms:GetKeyRotationStatus";
    Key key = keys.share(call, call.input().keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          GetKeyRotationStatusResponse.Builder status =
              GetKeyRotationStatusResponse.builder()
                  .keyId(key.name().id())
                  .keyRotationEnabled(false);
          RotationSchedule schedule = key.rotation();
          // A key that is to go rotates no more, though its schedule is kept for a change of mind.
          if (schedule != null && !key.state().isPendingDeletion()) {
            status
                .keyRotationEnabled(true)
                .rotationPeriodInDays(schedule.periodInDays())
                .nextRotationDate(schedule.nextAt());
          }
          return Outcome.answer(status.build());
        });
  }

  Guarded<RotateKeyOnDemandResponse> rotate(Call<RotateKeyOnDemandRequest> call) {
    return changes.of(
        call,
        call.input().keyId(),
        (transaction, found) -> {
          rotate(transaction, found, call.context().time());
          return RotateKeyOnDemandResponse.builder().keyId(found.name().arn()).build();
        });
  }

  private void rotate(Transaction transaction, Key key, Instant now) {
    key.requireUsable();
    requireSymmetric(key);
    key.requireLeading();
    List<Entry> history = materials.entries(StoreTransaction.handle(transaction), key.name());
    requireRoomAndTime(history, key, now);
    if (key.imported() == null) {
      var _ = rotations.rotate(transaction, key, now, RotationType.ON_DEMAND);
    } else {
      String id = pending(transaction, key, history).id();
      regional.rotateTo(transaction, key, id, now);
      events.rotated(transaction, key, id, RotationType.ON_DEMAND, now);
    }
  }

  private Entry pending(Transaction transaction, Key key, List<Entry> history) {
    Handle handle = StoreTransaction.handle(transaction);
    return history.stream()
        .filter(each -> each.state() == MaterialState.PENDING_ROTATION)
        .filter(each -> regional.isEverywhere(handle, key, each.id()))
        .findFirst()
        .orElseThrow(() ->
            KmsErrors.invalidState(
                "No available key material pending rotation for the key: "
                    + key.name().arn()
                    + "."));
  }

  private static void requireSymmetric(Key key) {
    if (!key.spec().isSymmetricEncryption()) {
      throw KmsErrors.unsupported("");
    }
  }

  private static void requireScheduled(Key key) {
    key.requireUsable();
    requireSymmetric(key);
    key.requireLeading();
    if (!key.origin().equals(Key.AWS_KMS)) {
      throw KmsErrors.unsupported(
          key.name().arn()
              + " origin is "
              + key.origin()
              + " which is not valid for this operation.");
    }
  }

  private static void requireRoomAndTime(List<Entry> history, Key key, Instant now) {
    long onDemand =
        history.stream().filter(each -> each.rotationType() == RotationType.ON_DEMAND).count();
    if (onDemand >= MOST_ON_DEMAND) {
      throw KmsErrors.limitExceeded(
          "The on-demand rotations limit has been reached for the given keyId. No more on-demand"
              + " rotations can be performed for this key: "
              + key.name().arn());
    }
    boolean justRotated =
        history.stream()
            .filter(each -> each.rotationType() == RotationType.AUTOMATIC)
            .anyMatch(
                each -> each.rotatedAt() != null && each.rotatedAt().plus(APART).isAfter(now));
    if (justRotated) {
      throw new ServiceException(
          "ConflictException",
          400,
          "The key " + key.name().arn() + " was rotated automatically a moment ago.");
    }
  }
}
