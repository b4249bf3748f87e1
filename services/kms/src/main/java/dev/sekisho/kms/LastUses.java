package dev.sekisho.kms;

import dev.sekisho.contract.kms.GetKeyLastUsageRequest;
import dev.sekisho.contract.kms.GetKeyLastUsageResponse;
import dev.sekisho.contract.kms.KeyLastUsageData;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.time.Duration;
import java.time.Instant;

/** Tells when a key was last used, as far as its use was noted since it was made. */
final class LastUses {

  /** The condition key that tells for how long nobody has used the key. */
  static final String TRAILING_DAYS = "kms:TrailingDaysWithoutKeyUsage";

  private final Keys keys;
  private final KeyAccess access;
  private final LastUseStore store;

  LastUses(Keys keys, KeyAccess access, LastUseStore store) {
    this.keys = keys;
    this.access = access;
    this.store = store;
  }

  Guarded<GetKeyLastUsageResponse> get(Call<GetKeyLastUsageRequest> call) {
    String action = "kms:GetKeyLastUsage";
    Key key = keys.manage(call, call.input().keyId(), action);
    return Guarded.by(
        access.of(call, action, key),
        _ -> {
          KeyLastUsageData.Builder usage = KeyLastUsageData.builder();
          store
              .find(key.name())
              .ifPresent(last ->
                  usage
                      .operation(last.operation())
                      .timestamp(last.at())
                      .cloudTrailEventId(last.eventId())
                      .kmsRequestId(last.requestId()));
          return Outcome.answer(
              GetKeyLastUsageResponse.builder()
                  .keyId(key.name().id())
                  .keyLastUsage(usage.build())
                  .trackingStartDate(key.createdAt())
                  .keyCreationDate(key.createdAt())
                  .build());
        });
  }

  /** For how many whole days nobody has used the key. */
  String trailingDays(Key key, Instant now) {
    Instant last = store.find(key.name()).map(LastUseStore.Use::at).orElse(key.createdAt());
    return String.valueOf(Math.max(0, Duration.between(last, now).toDays()));
  }
}
