package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.ReplicationStatusType;
import org.jspecify.annotations.Nullable;

/**
 * How a Region stands to which a secret is replicated.
 *
 * @param kmsKey as callers name it; null for the key that AWS manages
 * @param failure why there is no replica, or no current one
 */
record ReplicaStatus(String region, @Nullable String kmsKey, @Nullable String failure) {

  private static final String IN_SYNC = "InSync";
  private static final String FAILED = "Failed";

  String status() {
    return failure == null ? IN_SYNC : FAILED;
  }

  ReplicationStatusType shown() {
    return ReplicationStatusType.builder()
        .region(region)
        .kmsKeyId(kmsKey == null ? "alias/aws/secretsmanager" : kmsKey)
        .status(status())
        .statusMessage(failure)
        .build();
  }
}
