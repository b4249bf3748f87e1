package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.AddTagsRequest;
import dev.sekisho.contract.cloudtrail.AddTagsResponse;
import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.ListTagsRequest;
import dev.sekisho.contract.cloudtrail.ListTagsResponse;
import dev.sekisho.contract.cloudtrail.RemoveTagsRequest;
import dev.sekisho.contract.cloudtrail.RemoveTagsResponse;
import dev.sekisho.contract.cloudtrail.ResourceTag;
import dev.sekisho.contract.cloudtrail.Tag;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Tags trails. */
final class Tagging implements CloudTrailApi.Tagging {

  private static final int MOST_RESOURCES = 20;

  private final CloudTrailContext context;
  private final FoundTrails trails;

  Tagging(CloudTrailContext context) {
    this.context = context;
    this.trails = new FoundTrails(context);
  }

  @Override
  public Guarded<AddTagsResponse> addTags(Call<AddTagsRequest> call) {
    TrailName name = trail(call, call.input().resourceId());
    Map<String, String> tags = TrailTags.read(call.input().tagsList());
    return Guarded.by(
        TrailTags.condition(AccessCheck.of("cloudtrail:AddTags", name.arn()), tags),
        _ ->
            Outcome.change(transaction -> {
              StoredTrail trail = toChange(StoreTransaction.handle(transaction), call, name);
              Map<String, String> all =
                  new HashMap<>(TrailTags.of(StoreTransaction.handle(transaction), trail.id()));
              all.putAll(tags);
              TrailTags.requireFew(all.size(), name.arn());
              TrailTags.put(transaction, trail, tags);
              return new AddTagsResponse();
            }));
  }

  @Override
  public Guarded<RemoveTagsResponse> removeTags(Call<RemoveTagsRequest> call) {
    TrailName name = trail(call, call.input().resourceId());
    List<String> keys = call.input().tagsList().stream().map(Tag::key).distinct().toList();
    return Guarded.by(
        AccessCheck.of("cloudtrail:RemoveTags", name.arn()).with("aws:TagKeys", keys),
        _ ->
            Outcome.change(transaction -> {
              StoredTrail trail = toChange(StoreTransaction.handle(transaction), call, name);
              keys.forEach(key -> TrailTags.remove(transaction, trail, key));
              return new RemoveTagsResponse();
            }));
  }

  @Override
  public Guarded<ListTagsResponse> listTags(Call<ListTagsRequest> call) {
    List<String> ids = call.input().resourceIdList();
    if (ids.isEmpty() || ids.size() > MOST_RESOURCES) {
      throw CloudTrailErrors.parameter("ResourceIdList takes between 1 and 20 ARNs.");
    }
    if (call.input().nextToken() != null) {
      throw CloudTrailErrors.invalidToken();
    }
    List<TrailName> names = ids.stream().map(id -> trail(call, id)).toList();
    List<AccessCheck> checks =
        names.stream().map(name -> AccessCheck.of("cloudtrail:ListTags", name.arn())).toList();
    return Guarded.by(
        new Access.Checked(checks),
        _ ->
            Outcome.answer(
                ListTagsResponse.builder()
                    .resourceTagList(context.database().read(handle -> listed(handle, call, names)))
                    .build()));
  }

  private List<ResourceTag> listed(Handle handle, Call<?> call, List<TrailName> names) {
    List<ResourceTag> listed = new ArrayList<>();
    for (TrailName name : names) {
      StoredTrail trail =
          trails
              .find(handle, call.account(), name)
              .orElseThrow(() -> CloudTrailErrors.resourceNotFound(name.arn()));
      List<Tag> tags = new ArrayList<>();
      TrailTags.of(handle, trail.id())
          .forEach((key, value) -> tags.add(Tag.builder().key(key).value(value).build()));
      listed.add(ResourceTag.builder().resourceId(name.arn()).tagsList(tags).build());
    }
    return listed;
  }

  private static TrailName trail(Call<?> call, String arn) {
    if (!arn.startsWith("arn:")) {
      throw CloudTrailErrors.invalidArn(arn);
    }
    if (arn.startsWith("arn:aws:cloudtrail:") && !arn.contains(":trail/")) {
      throw CloudTrailErrors.resourceType(arn);
    }
    return TrailName.read(arn, call.account(), call.region());
  }

  private StoredTrail toChange(Handle handle, Call<?> call, TrailName name) {
    try {
      return trails.toChange(handle, call, name);
    } catch (ServiceException refused) {
      throw refused.code().equals("TrailNotFoundException")
          ? CloudTrailErrors.resourceNotFound(name.arn())
          : refused;
    }
  }
}
