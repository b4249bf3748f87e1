package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.CloudTrailApi;
import dev.sekisho.contract.cloudtrail.CreateTrailRequest;
import dev.sekisho.contract.cloudtrail.CreateTrailResponse;
import dev.sekisho.contract.cloudtrail.DeleteTrailRequest;
import dev.sekisho.contract.cloudtrail.DeleteTrailResponse;
import dev.sekisho.contract.cloudtrail.UpdateTrailRequest;
import dev.sekisho.contract.cloudtrail.UpdateTrailResponse;
import dev.sekisho.core.Access;
import dev.sekisho.core.AccessCheck;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.store.StoreTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Makes, changes and removes trails. */
final class TrailChanges implements CloudTrailApi.TrailChanges {

  private static final int MOST_TRAILS = 5;

  private final CloudTrailContext context;
  private final FoundTrails trails;
  private final TrailChecks checks;

  TrailChanges(CloudTrailContext context) {
    this.context = context;
    this.trails = new FoundTrails(context);
    this.checks = new TrailChecks(context);
  }

  @Override
  public Guarded<CreateTrailResponse> createTrail(Call<CreateTrailRequest> call) {
    CreateTrailRequest input = call.input();
    String arn = StoredTrail.arn(call.account(), call.region(), input.name());
    Map<String, String> tags = TrailTags.read(input.tagsList());
    List<AccessCheck> needed = new ArrayList<>();
    needed.add(TrailTags.condition(AccessCheck.of("cloudtrail:CreateTrail", arn), tags));
    if (!tags.isEmpty()) {
      needed.add(TrailTags.condition(AccessCheck.of("cloudtrail:AddTags", arn), tags));
    }
    return Guarded.by(
        new Access.Checked(needed),
        _ -> {
          StoredTrail trail = wanted(call);
          TrailTags.requireFew(tags.size(), arn);
          context.database().read(handle -> requireRoom(handle, trail));
          checks.requireDelivery(trail);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            requireRoom(handle, trail);
            TrailStore.insert(transaction, trail, context.now());
            TrailTags.put(transaction, trail, tags);
            TrailPosition.begin(transaction, trail);
            return created(trail);
          });
        });
  }

  private StoredTrail wanted(Call<CreateTrailRequest> call) {
    CreateTrailRequest input = call.input();
    AccountId account = call.account();
    TrailName.requireName(input.name());
    TrailChecks.refuseCloudWatchLogs(
        input.cloudWatchLogsLogGroupArn(), input.cloudWatchLogsRoleArn());
    TrailChecks.requireBucketName(input.s3BucketName());
    String prefix = Objects.requireNonNullElse(input.s3KeyPrefix(), "");
    TrailChecks.requirePrefix(prefix);
    boolean multiRegion = Boolean.TRUE.equals(input.isMultiRegionTrail());
    boolean globalEvents = !Boolean.FALSE.equals(input.includeGlobalServiceEvents());
    requireCombination(multiRegion, globalEvents);
    return new StoredTrail(
        context.randomness().uuid().toString(),
        account,
        call.region(),
        input.name(),
        new StoredTrail.Target(
            input.s3BucketName(),
            prefix,
            TrailChecks.key(input.kmsKeyId(), account, call.region()),
            checks.topic(input.snsTopicName(), account, call.region())),
        globalEvents,
        multiRegion,
        Boolean.TRUE.equals(input.enableLogFileValidation()),
        Boolean.TRUE.equals(input.isOrganizationTrail()) ? checks.organization(account) : null,
        Selectors.DEFAULT,
        false,
        false,
        null,
        null);
  }

  private static void requireCombination(boolean multiRegion, boolean globalEvents) {
    if (multiRegion && !globalEvents) {
      throw CloudTrailErrors.combination("Multi-Region trail must include global service events.");
    }
  }

  private Boolean requireRoom(Handle handle, StoredTrail trail) {
    List<StoredTrail> there = trails.in(handle, trail.account(), trail.region());
    if (there.stream().anyMatch(each -> each.name().equals(trail.name()))) {
      throw CloudTrailErrors.exists(trail.name(), trail.account());
    }
    if (there.size() >= MOST_TRAILS) {
      throw CloudTrailErrors.tooMany(trail.account(), there.size(), trail.region());
    }
    return Boolean.TRUE;
  }

  private static CreateTrailResponse created(StoredTrail trail) {
    return CreateTrailResponse.builder()
        .name(trail.name())
        .s3BucketName(trail.target().bucket())
        .s3KeyPrefix(ShownTrail.prefix(trail))
        .snsTopicName(ShownTrail.topicName(trail))
        .snsTopicARN(trail.target().topic())
        .includeGlobalServiceEvents(trail.globalEvents())
        .isMultiRegionTrail(trail.multiRegion())
        .trailARN(trail.arn())
        .logFileValidationEnabled(trail.validation())
        .kmsKeyId(trail.target().kmsKey())
        .isOrganizationTrail(trail.organization() != null)
        .build();
  }

  @Override
  public Guarded<UpdateTrailResponse> updateTrail(Call<UpdateTrailRequest> call) {
    UpdateTrailRequest input = call.input();
    TrailName name = TrailName.read(input.name(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:UpdateTrail", name.arn()),
        _ -> {
          TrailChecks.refuseCloudWatchLogs(
              input.cloudWatchLogsLogGroupArn(), input.cloudWatchLogsRoleArn());
          StoredTrail asked =
              changed(call, context.database().read(handle -> trails.toChange(handle, call, name)));
          checks.requireDelivery(asked);
          return Outcome.change(transaction -> {
            Handle handle = StoreTransaction.handle(transaction);
            StoredTrail before = trails.toChange(handle, call, name);
            StoredTrail after = changed(call, before);
            requireNoTwin(handle, after);
            TrailStore.update(transaction, after);
            if (!after.target().bucket().equals(before.target().bucket())
                || !after.target().prefix().equals(before.target().prefix())
                || !Objects.equals(after.organization(), before.organization())) {
              PlannedFiles.move(transaction, before, after);
            }
            if (!after.validation()) {
              PlannedFiles.breakChains(transaction, after);
            }
            return updated(after);
          });
        });
  }

  /** The trail as the call wants it; what the call does not name stays. */
  private StoredTrail changed(Call<UpdateTrailRequest> call, StoredTrail trail) {
    UpdateTrailRequest input = call.input();
    StoredTrail.Target target = trail.target();
    String bucket = Objects.requireNonNullElse(input.s3BucketName(), target.bucket());
    String prefix = Objects.requireNonNullElse(input.s3KeyPrefix(), target.prefix());
    TrailChecks.requireBucketName(bucket);
    TrailChecks.requirePrefix(prefix);
    boolean multiRegion = orElse(input.isMultiRegionTrail(), trail.multiRegion());
    boolean globalEvents = orElse(input.includeGlobalServiceEvents(), trail.globalEvents());
    requireCombination(multiRegion, globalEvents);
    return new StoredTrail(
        trail.id(),
        trail.account(),
        trail.region(),
        trail.name(),
        new StoredTrail.Target(
            bucket,
            prefix,
            input.kmsKeyId() == null
                ? target.kmsKey()
                : TrailChecks.key(input.kmsKeyId(), call.account(), call.region()),
            input.snsTopicName() == null
                ? target.topic()
                : checks.topic(input.snsTopicName(), call.account(), call.region())),
        globalEvents,
        multiRegion,
        orElse(input.enableLogFileValidation(), trail.validation()),
        organization(input.isOrganizationTrail(), trail),
        trail.selectors(),
        trail.customSelectors(),
        trail.logging(),
        trail.startedAt(),
        trail.stoppedAt());
  }

  private @Nullable String organization(@Nullable Boolean wanted, StoredTrail trail) {
    if (wanted == null) {
      return trail.organization();
    }
    return wanted ? checks.organization(trail.account()) : null;
  }

  private static boolean orElse(@Nullable Boolean value, boolean otherwise) {
    return value == null ? otherwise : value;
  }

  /** A trail that grows over all Regions would shadow others of its name there. */
  private void requireNoTwin(Handle handle, StoredTrail trail) {
    boolean twin =
        trail.multiRegion()
            && trails.seen(handle, trail.account()).stream()
                .anyMatch(
                    each -> !each.id().equals(trail.id()) && each.name().equals(trail.name()));
    if (twin) {
      throw CloudTrailErrors.exists(trail.name(), trail.account());
    }
  }

  private static UpdateTrailResponse updated(StoredTrail trail) {
    return UpdateTrailResponse.builder()
        .name(trail.name())
        .s3BucketName(trail.target().bucket())
        .s3KeyPrefix(ShownTrail.prefix(trail))
        .snsTopicName(ShownTrail.topicName(trail))
        .snsTopicARN(trail.target().topic())
        .includeGlobalServiceEvents(trail.globalEvents())
        .isMultiRegionTrail(trail.multiRegion())
        .trailARN(trail.arn())
        .logFileValidationEnabled(trail.validation())
        .kmsKeyId(trail.target().kmsKey())
        .isOrganizationTrail(trail.organization() != null)
        .build();
  }

  @Override
  public Guarded<DeleteTrailResponse> deleteTrail(Call<DeleteTrailRequest> call) {
    TrailName name = TrailName.read(call.input().name(), call.account(), call.region());
    return Guarded.by(
        AccessCheck.of("cloudtrail:DeleteTrail", name.arn()),
        _ ->
            Outcome.change(transaction -> {
              StoredTrail trail = trails.toChange(StoreTransaction.handle(transaction), call, name);
              TrailStore.delete(transaction, trail);
              new TrailPosition(context.database(), trail).forget(transaction);
              return new DeleteTrailResponse();
            }));
  }
}
