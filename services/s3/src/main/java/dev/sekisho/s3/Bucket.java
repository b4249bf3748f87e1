package dev.sekisho.s3;

import dev.sekisho.core.AccountId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket and how it is configured.
 *
 * @param objectLock whether its objects can be locked
 */
record Bucket(
    String name,
    AccountId owner,
    String region,
    Instant createdAt,
    Versioning versioning,
    boolean objectLock,
    Map<BucketSetting, String> settings) {

  /** Whether versions are kept. */
  enum Versioning {
    NEVER_ENABLED,
    ENABLED,
    SUSPENDED
  }

  Bucket {
    settings = Map.copyOf(settings);
  }

  String arn() {
    return BucketName.arn(name);
  }

  @Nullable String setting(BucketSetting setting) {
    return settings.get(setting);
  }
}
