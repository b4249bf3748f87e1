package dev.sekisho.sts;

import dev.sekisho.core.RootAccess.Feature;
import java.util.Optional;
import java.util.stream.Stream;

/** What a session as another account's root user may be opened for, by the policy that says so. */
enum RootTask {
  AUDIT("IAMAuditRootUserCredentials", Feature.CREDENTIALS_MANAGEMENT),
  CREATE_PASSWORD("IAMCreateRootUserPassword", Feature.CREDENTIALS_MANAGEMENT),
  DELETE_CREDENTIALS("IAMDeleteRootUserCredentials", Feature.CREDENTIALS_MANAGEMENT),
  UNLOCK_BUCKET("S3UnlockBucketPolicy", Feature.SESSIONS),
  UNLOCK_QUEUE("SQSUnlockQueuePolicy", Feature.SESSIONS);

  private final String policyArn;
  private final Feature feature;

  RootTask(String policy, Feature feature) {
    this.policyArn = "arn:aws:iam::aws:policy/root-task/" + policy;
    this.feature = feature;
  }

  static Optional<RootTask> byPolicy(String arn) {
    return Stream.of(values()).filter(task -> task.policyArn.equals(arn)).findFirst();
  }

  String policyArn() {
    return policyArn;
  }

  /** What the organization must have enabled for it. */
  Feature feature() {
    return feature;
  }
}
