package dev.sekisho.organizations;

import dev.sekisho.contract.organizations.PolicySummary;

/** A policy of an organization, or one that AWS made. */
record Policy(String id, PolicyType type, String name, String description, String content) {

  PolicySummary summary(Organization organization) {
    return PolicySummary.builder()
        .id(id)
        .arn(organization.policyArn(type, id))
        .name(name)
        .description(description)
        .type(type.name())
        .awsManaged(AwsManagedPolicies.isOne(id))
        .build();
  }

  dev.sekisho.contract.organizations.Policy shown(Organization organization) {
    return dev.sekisho.contract.organizations.Policy.builder()
        .policySummary(summary(organization))
        .content(content)
        .build();
  }
}
