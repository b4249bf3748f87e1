package dev.sekisho.secretsmanager;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a version without its value.
 *
 * @param accessedAt the day it was last read, at midnight
 * @param kmsKey the ARN of the key that sealed its data key
 * @param managedKey whether that is the key AWS manages
 */
record VersionSummary(
    String id,
    Instant createdAt,
    @Nullable Instant accessedAt,
    String kmsKey,
    boolean managedKey) {}
