package dev.sekisho.cloudtrail;

import dev.sekisho.contract.cloudtrail.Trail;
import org.jspecify.annotations.Nullable;

/** A trail as answers show it. */
final class ShownTrail {

  private ShownTrail() {}

  static Trail of(StoredTrail trail) {
    return Trail.builder()
        .name(trail.name())
        .s3BucketName(trail.target().bucket())
        .s3KeyPrefix(prefix(trail))
        .snsTopicName(topicName(trail))
        .snsTopicARN(trail.target().topic())
        .includeGlobalServiceEvents(trail.globalEvents())
        .isMultiRegionTrail(trail.multiRegion())
        .homeRegion(trail.region())
        .trailARN(trail.arn())
        .logFileValidationEnabled(trail.validation())
        .kmsKeyId(trail.target().kmsKey())
        .hasCustomEventSelectors(trail.customSelectors())
        .hasInsightSelectors(false)
        .isOrganizationTrail(trail.organization() != null)
        .build();
  }

  static @Nullable String prefix(StoredTrail trail) {
    return trail.target().prefix().isEmpty() ? null : trail.target().prefix();
  }

  static @Nullable String topicName(StoredTrail trail) {
    String topic = trail.target().topic();
    return topic == null ? null : topic.substring(topic.lastIndexOf(':') + 1);
  }
}
