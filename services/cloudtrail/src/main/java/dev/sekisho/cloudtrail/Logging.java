package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.GetTrailStatusRequest;
import dev.sekisho.contract.cloudtrail.GetTrailStatusResponse;
import dev.sekisho.contract.cloudtrail.StartLoggingRequest;
import dev.sekisho.contract.cloudtrail.StartLoggingResponse;
import dev.sekisho.contract.cloudtrail.StopLoggingRequest;
import dev.sekisho.contract.cloudtrail.StopLoggingResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Lets trails begin and stop to log, and says how that goes. */
final class Logging implements CloudTrailApi.Logging {

  private final CloudTrailContext context;
  private final FoundTrails trails;

  Logging(CloudTrailContext context) {
    this.context = context;
    this.trails = new FoundTrails(context);
  }

  @Override
  public Guarded<StartLoggingResponse> startLogging(Call<StartLoggingRequest> call) {
    TrailName name = TrailName.read(call.input().name(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:StartLogging", name.arn()),
        _ ->
            Outcome.change(transaction -> {
              StoredTrail trail = trails.toChange(StoreTransaction.handle(transaction), call, name);
              if (!trail.logging()) {
                Instant now = context.now();
                TrailStore.update(transaction, with(trail, true, now, trail.stoppedAt()));
                Pauses.close(transaction, trail.id());
                if (trail.validation()) {
                  Chain.begin(transaction, trail, trail.account().value(), trail.region(), now);
                }
              }
              return new StartLoggingResponse();
            }));
  }

  @Override
  public Guarded<StopLoggingResponse> stopLogging(Call<StopLoggingRequest> call) {
    TrailName name = TrailName.read(call.input().name(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:StopLogging", name.arn()),
        _ ->
            Outcome.change(transaction -> {
              StoredTrail trail = trails.toChange(StoreTransaction.handle(transaction), call, name);
              if (trail.logging()) {
                TrailStore.update(
                    transaction, with(trail, false, trail.startedAt(), context.now()));
                Pauses.open(transaction, trail.id());
              }
              return new StopLoggingResponse();
            }));
  }

  private static StoredTrail with(
      StoredTrail trail, boolean logging, @Nullable Instant started, @Nullable Instant stopped) {
    return new StoredTrail(
        trail.id(),
        trail.account(),
        trail.region(),
        trail.name(),
        trail.target(),
        trail.globalEvents(),
        trail.multiRegion(),
        trail.validation(),
        trail.organization(),
        trail.selectors(),
        trail.customSelectors(),
        logging,
        started,
        stopped);
  }

  @Override
  public Guarded<GetTrailStatusResponse> getTrailStatus(Call<GetTrailStatusRequest> call) {
    TrailName name = TrailName.read(call.input().name(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:GetTrailStatus", name.arn()),
        _ ->
            Outcome.answer(
                context
                    .database()
                    .read(handle -> {
                      StoredTrail trail = trails.toRead(handle, call, name);
                      return shown(trail, TrailStatus.of(handle, trail.id(), call.region()));
                    })));
  }

  private static GetTrailStatusResponse shown(StoredTrail trail, TrailStatus status) {
    return GetTrailStatusResponse.builder()
        .isLogging(trail.logging())
        .startLoggingTime(trail.startedAt())
        .stopLoggingTime(trail.stoppedAt())
        .timeLoggingStarted(text(trail.startedAt()))
        .timeLoggingStopped(text(trail.stoppedAt()))
        .latestDeliveryTime(status.deliveredAt())
        .latestDeliveryError(status.error())
        .latestDeliveryAttemptTime(text(status.attemptedAt()))
        .latestDeliveryAttemptSucceeded(status.error() == null ? text(status.deliveredAt()) : "")
        .latestDigestDeliveryTime(status.digestAt())
        .latestDigestDeliveryError(status.digestError())
        .latestNotificationTime(status.notifiedAt())
        .latestNotificationError(status.notificationError())
        .latestNotificationAttemptTime(text(status.notificationAttemptedAt()))
        .latestNotificationAttemptSucceeded(
            status.notificationError() == null ? text(status.notifiedAt()) : "")
        .build();
  }

  /** These members are texts, empty for what never was. */
  private static String text(@Nullable Instant time) {
    return time == null ? "" : time.toString();
  }
}
