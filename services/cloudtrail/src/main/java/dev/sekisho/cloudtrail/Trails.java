package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.DescribeTrailsRequest;
import dev.sekisho.contract.cloudtrail.DescribeTrailsResponse;
import dev.sekisho.contract.cloudtrail.GetTrailRequest;
import dev.sekisho.contract.cloudtrail.GetTrailResponse;
import dev.sekisho.contract.cloudtrail.ListTrailsRequest;
import dev.sekisho.contract.cloudtrail.ListTrailsResponse;
import dev.sekisho.contract.cloudtrail.TrailInfo;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Shows trails. */
final class Trails implements CloudTrailApi.Trails {

  private final CloudTrailContext context;
  private final FoundTrails trails;

  Trails(CloudTrailContext context) {
    this.context = context;
    this.trails = new FoundTrails(context);
  }

  @Override
  public Guarded<DescribeTrailsResponse> describeTrails(Call<DescribeTrailsRequest> call) {
    return Guarded.by(
        AccessCheck.of("cloudtrail:DescribeTrails", "*"),
        _ ->
            Outcome.answer(
                DescribeTrailsResponse.builder()
                    .trailList(
                        context.database().read(handle -> described(handle, call)).stream()
                            .map(ShownTrail::of)
                            .toList())
                    .build()));
  }

  private List<StoredTrail> described(Handle handle, Call<DescribeTrailsRequest> call) {
    List<String> names = call.input().trailNameList();
    if (names != null && !names.isEmpty()) {
      return names.stream()
          .map(text -> TrailName.read(text, call.account(), call.region()))
          .flatMap(name -> trails.find(handle, call.account(), name).stream())
          .distinct()
          .toList();
    }
    boolean shadows = !Boolean.FALSE.equals(call.input().includeShadowTrails());
    return trails.in(handle, call.account(), call.region()).stream()
        .filter(trail ->
            shadows
                || (trail.region().equals(call.region()) && trail.account().equals(call.account())))
        .toList();
  }

  @Override
  public Guarded<GetTrailResponse> getTrail(Call<GetTrailRequest> call) {
    TrailName name = TrailName.read(call.input().name(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:GetTrail", name.arn()),
        _ ->
            Outcome.answer(
                GetTrailResponse.builder()
                    .trail(
                        ShownTrail.of(
                            context.database().read(handle -> trails.toRead(handle, call, name))))
                    .build()));
  }

  @Override
  public Guarded<ListTrailsResponse> listTrails(Call<ListTrailsRequest> call) {
    return Guarded.by(
        AccessCheck.of("cloudtrail:ListTrails", "*"),
        _ -> {
          if (call.input().nextToken() != null) {
            throw CloudTrailErrors.invalidToken();
          }
          return Outcome.answer(
              ListTrailsResponse.builder()
                  .trails(
                      context
                          .database()
                          .read(handle -> trails.seen(handle, call.account()))
                          .stream()
                          .map(trail ->
                              TrailInfo.builder()
                                  .trailARN(trail.arn())
                                  .name(trail.name())
                                  .homeRegion(trail.region())
                                  .build())
                          .toList())
                  .build());
        });
  }
}
