package dev.sekisho.secretsmanager;

import dev.sekisho.core.Blob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a secret's value, sealed.
 *
 * @param accessedAt the day it was last read, at midnight
 * @param kmsKey the ARN of the key that sealed its data key
 * @param managedKey whether that is the key AWS manages
 * @param dataKey sealed by KMS
 * @param sealed the value under the data key
 */
record StoredVersion(
    String id,
    Instant createdAt,
    @Nullable Instant accessedAt,
    String kmsKey,
    boolean managedKey,
    Blob dataKey,
    Blob sealed,
    boolean binary) {}
