package dev.sekisho.organizations;

import java.util.List;
import java.util.Optional;

/** The policies that AWS makes for every organization, which limit nothing. */
final class AwsManagedPolicies {

  private static final Policy FULL_AWS_ACCESS =
      new Policy(
          "p-FullAWSAccess",
          PolicyType.SERVICE_CONTROL_POLICY,
          "FullAWSAccess",
          "Allows access to every operation",
          """
          {
            "Version": "2012-10-17",
            "Statement": [
              {
                "Effect": "Allow",
                "Action": "*",
                "Resource": "*"
              }
            ]
          }\
          """);

  private static final Policy RCP_FULL_AWS_ACCESS =
      new Policy(
          "p-RCPFullAWSAccess",
          PolicyType.RESOURCE_CONTROL_POLICY,
          "RCPFullAWSAccess",
          "Allows access to every resource",
          """
          {
            "Version": "2012-10-17",
            "Statement": [
              {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "*",
                "Resource": "*"
              }
            ]
          }\
          """);

  private static final List<Policy> ALL = List.of(FULL_AWS_ACCESS, RCP_FULL_AWS_ACCESS);

  private AwsManagedPolicies() {}

  static List<Policy> all() {
    return ALL;
  }

  static boolean isOne(String id) {
    return find(id).isPresent();
  }

  static Optional<Policy> find(String id) {
    return ALL.stream().filter(policy -> policy.id().equals(id)).findFirst();
  }

  /** What everything carries from the moment the type is enabled, if the type has such a policy. */
  static Optional<Policy> of(PolicyType type) {
    return ALL.stream().filter(policy -> policy.type() == type).findFirst();
  }
}
