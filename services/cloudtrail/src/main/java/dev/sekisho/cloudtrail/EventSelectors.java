package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.GetEventSelectorsRequest;
import dev.sekisho.contract.cloudtrail.GetEventSelectorsResponse;
import dev.sekisho.contract.cloudtrail.PutEventSelectorsRequest;
import dev.sekisho.contract.cloudtrail.PutEventSelectorsResponse;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;

/** Chooses the events that a trail takes. */
final class EventSelectors implements CloudTrailApi.EventSelectors {

  private final CloudTrailContext context;
  private final FoundTrails trails;

  EventSelectors(CloudTrailContext context) {
    this.context = context;
    this.trails = new FoundTrails(context);
  }

  @Override
  public Guarded<GetEventSelectorsResponse> getEventSelectors(Call<GetEventSelectorsRequest> call) {
    TrailName name = TrailName.read(call.input().trailName(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:GetEventSelectors", name.arn()),
        _ -> {
          StoredTrail trail = context.database().read(handle -> trails.toRead(handle, call, name));
          GetEventSelectorsResponse.Builder shown =
              GetEventSelectorsResponse.builder().trailARN(trail.arn());
          return Outcome.answer(
              switch (trail.selectors()) {
                case Selectors.Basic basic -> shown.eventSelectors(basic.selectors()).build();
                case Selectors.Advanced advanced ->
                    shown.advancedEventSelectors(advanced.selectors()).build();
              });
        });
  }

  @Override
  public Guarded<PutEventSelectorsResponse> putEventSelectors(Call<PutEventSelectorsRequest> call) {
    TrailName name = TrailName.read(call.input().trailName(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:PutEventSelectors", name.arn()),
        _ -> {
          Selectors selectors = checked(call.input());
          return Outcome.change(transaction -> {
            StoredTrail trail = trails.toChange(StoreTransaction.handle(transaction), call, name);
            TrailStore.update(transaction, with(trail, selectors));
            PutEventSelectorsResponse.Builder put =
                PutEventSelectorsResponse.builder().trailARN(trail.arn());
            return switch (selectors) {
              case Selectors.Basic basic -> put.eventSelectors(basic.selectors()).build();
              case Selectors.Advanced advanced ->
                  put.advancedEventSelectors(advanced.selectors()).build();
            };
          });
        });
  }

  private static Selectors checked(PutEventSelectorsRequest input) {
    if ((input.eventSelectors() == null) == (input.advancedEventSelectors() == null)) {
      throw CloudTrailErrors.selectors(
          "You must specify either EventSelectors or AdvancedEventSelectors, but not both.");
    }
    return input.eventSelectors() == null
        ? AdvancedSelectorRules.checked(input.advancedEventSelectors())
        : BasicSelectorRules.checked(input.eventSelectors());
  }

  private static StoredTrail with(StoredTrail trail, Selectors selectors) {
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
        selectors,
        !selectors.equals(Selectors.DEFAULT),
        trail.logging(),
        trail.startedAt(),
        trail.stoppedAt());
  }
}
