package dev.sekisho.iam;

/** The policies of what may be done as the root user of another account. */
final class RootTasks {

  /** What their ARNs begin with. */
  static final String PREFIX = AwsManagedPolicies.ARN_PREFIX + "root-task/";

  private RootTasks() {}
}
