package dev.sekisho.iam;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy without its documents.
 *
 * @param id the unique id, {@code ANPA…}
 * @param account the owner; {@code aws} for those that come with AWS
 * @param defaultVersion the version in force
 * @param latestVersion the highest number ever given to a version
 */
record ManagedPolicy(
    String id,
    String arn,
    String account,
    String name,
    String path,
    @Nullable String description,
    int defaultVersion,
    int latestVersion,
    Instant createdAt,
    Instant updatedAt) {

  /** One version of a policy. */
  record Version(int number, String document, Instant createdAt) {
    String id() {
      return "v" + number;
    }
  }

  boolean isAwsManaged() {
    return account.equals("aws");
  }

  String defaultVersionId() {
    return "v" + defaultVersion;
  }
}
