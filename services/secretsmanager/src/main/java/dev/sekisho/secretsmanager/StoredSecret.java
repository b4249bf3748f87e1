package dev.sekisho.secretsmanager;

import dev.sekisho.core.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret without its values.
 *
 * @param primaryRegion where the secret is that this is a replica of; null for all others
 * @param kmsKey as callers name it; null for the key that AWS manages
 * @param kind the type of a managed external secret
 * @param policy its resource policy
 * @param accessedAt the day it was last read, at midnight
 * @param deletedAt when its deletion was asked for
 * @param goneAt when it may be gone
 * @param rotationFunction the ARN of the function that rotates it
 */
record StoredSecret(
    String arn,
    AccountId account,
    String region,
    String name,
    @Nullable String primaryRegion,
    @Nullable String description,
    @Nullable String kmsKey,
    @Nullable String kind,
    @Nullable String policy,
    Instant createdAt,
    Instant changedAt,
    @Nullable Instant accessedAt,
    @Nullable Instant deletedAt,
    @Nullable Instant goneAt,
    @Nullable String rotationFunction) {

  /** Whether it may be gone, whether it was swept away already or not. */
  boolean isGone(Instant now) {
    return goneAt != null && !now.isBefore(goneAt);
  }

  boolean isDeletionPending() {
    return deletedAt != null;
  }

  /** The same with other things said of it. */
  StoredSecret with(@Nullable String newDescription, @Nullable String key, @Nullable String type) {
    return new StoredSecret(
        arn,
        account,
        region,
        name,
        primaryRegion,
        newDescription,
        key,
        type,
        policy,
        createdAt,
        changedAt,
        accessedAt,
        deletedAt,
        goneAt,
        rotationFunction);
  }
}
