package dev.sekisho.iam;

import dev.sekisho.contract.iam.AttachedPermissionsBoundary;
import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user, a group or a role, as far as they are alike.
 *
 * @param boundary the ARN of the permissions boundary; groups have none
 */
record Entity(
    EntityKind kind,
    String id,
    AccountId account,
    String name,
    String path,
    Instant createdAt,
    @Nullable String boundary) {

  Arn arn() {
    return arn(kind, account, path, name);
  }

  static Arn arn(EntityKind kind, AccountId account, String path, String name) {
    return Arn.of("iam", "", account.value(), kind.arnPrefix() + path + name);
  }

  @Nullable AttachedPermissionsBoundary attachedBoundary() {
    return boundary == null
        ? null
        : AttachedPermissionsBoundary.builder()
            .permissionsBoundaryType("Policy")
            .permissionsBoundaryArn(boundary)
            .build();
  }
}
