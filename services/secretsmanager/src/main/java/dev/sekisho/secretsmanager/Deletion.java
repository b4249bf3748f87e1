package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.DeleteSecretRequest;
import dev.sekisho.contract.secretsmanager.DeleteSecretResponse;
import dev.sekisho.contract.secretsmanager.RestoreSecretRequest;
import dev.sekisho.contract.secretsmanager.RestoreSecretResponse;
import dev.sekisho.contract.secretsmanager.SecretsManagerApi;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes secrets, at once or after a time in which they can be restored. */
final class Deletion implements SecretsManagerApi.Deletion {

  private static final long SHORTEST_DAYS = 7;
  private static final long LONGEST_DAYS = 30;
  private static final int BATCH = 100;

  private final SecretWork work;

  Deletion(SecretWork work) {
    this.work = work;
  }

  @Override
  public Guarded<DeleteSecretResponse> deleteSecret(Call<DeleteSecretRequest> call) {
    DeleteSecretRequest input = call.input();
    boolean force = Boolean.TRUE.equals(input.forceDeleteWithoutRecovery());
    Long days = input.recoveryWindowInDays();
    Map<String, List<String>> conditions = new HashMap<>();
    conditions.put("secretsmanager:ForceDeleteWithoutRecovery", List.of(String.valueOf(force)));
    if (days != null) {
      conditions.put("secretsmanager:RecoveryWindowInDays", List.of(days.toString()));
    }
    SecretWork.Named named = work.named(call, input.secretId());
    return Guarded.by(
        work.check("secretsmanager:DeleteSecret", named, conditions),
        _ -> {
          requireWindow(days, force);
          Instant now = work.context().now();
          if (!force) {
            StoredSecret secret = named.found().orElseThrow(SecretsManagerErrors::noSecret);
            return schedule(secret, now, days == null ? LONGEST_DAYS : days);
          }
          if (named.found().isEmpty()) {
            // So that a call can be sent again whose answer was lost.
            return Outcome.answer(deleted(named.arn(), named.id(), now));
          }
          StoredSecret secret = named.found().get();
          SecretWork.requirePrimary(secret);
          return Outcome.change(transaction -> {
            requireAlone(transaction, secret);
            SecretStore.delete(transaction, secret.arn());
            return deleted(secret.arn(), secret.name(), now);
          });
        });
  }

  private static void requireWindow(@Nullable Long days, boolean force) {
    if (force && days != null) {
      throw SecretsManagerErrors.invalidParameter(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days != null && (days < SHORTEST_DAYS || days > LONGEST_DAYS)) {
      throw SecretsManagerErrors.invalidParameter(
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
  }

  private static Outcome<DeleteSecretResponse> schedule(
      StoredSecret secret, Instant now, long days) {
    Instant gone = now.plus(Duration.ofDays(days));
    SecretWork.requirePrimary(secret);
    return Outcome.change(transaction -> {
      SecretWork.again(transaction, secret);
      requireAlone(transaction, secret);
      SecretStore.setDeletion(transaction, secret.arn(), now, gone);
      return deleted(secret.arn(), secret.name(), gone);
    });
  }

  private static void requireAlone(Transaction transaction, StoredSecret secret) {
    List<String> regions =
        ReplicaStore.of(StoreTransaction.handle(transaction), secret).stream()
            .map(ReplicaStatus::region)
            .toList();
    if (!regions.isEmpty()) {
      throw SecretsManagerErrors.invalidRequest(
          "You can't delete secret "
              + secret.name()
              + " that still has replica regions "
              + regions);
    }
  }

  private static DeleteSecretResponse deleted(String arn, String name, Instant date) {
    return DeleteSecretResponse.builder().arn(arn).name(name).deletionDate(date).build();
  }

  @Override
  public Guarded<RestoreSecretResponse> restoreSecret(Call<RestoreSecretRequest> call) {
    return work.onAny(
        call,
        "secretsmanager:RestoreSecret",
        call.input().secretId(),
        Map.of(),
        (_, secret) ->
            Outcome.change(transaction -> {
              SecretStore.setDeletion(transaction, secret.arn(), null, null);
              return RestoreSecretResponse.builder().arn(secret.arn()).name(secret.name()).build();
            }));
  }

  /** Removes what nobody has restored in time. */
  void sweep(Instant now) {
    Database database = work.context().database();
    List<String> gone;
    do {
      gone = database.read(handle -> SecretStore.gone(handle, now, BATCH));
      for (String arn : gone) {
        database.write(transaction -> {
          SecretStore.delete(transaction, arn);
          return arn;
        });
      }
    } while (gone.size() == BATCH);
  }
}
