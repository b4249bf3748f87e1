package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import java.util.Locale;

/**
 * An organization, and how everything in it is named.
 *
 * @param management the account that made it
 * @param allFeatures whether it is more than a common bill
 */
record Organization(String id, AccountId management, String rootId, boolean allFeatures) {

  String featureSet() {
    return allFeatures ? "ALL" : "CONSOLIDATED_BILLING";
  }

  boolean isManagement(AccountId account) {
    return management.equals(account);
  }

  String arn() {
    return arn("organization/" + id);
  }

  String accountArn(AccountId account) {
    return arn("account/" + id + '/' + account);
  }

  /** The ARN of a root, a unit or an account by its id. */
  String entityArn(String entity) {
    if (entity.startsWith("r-")) {
      return arn("root/" + id + '/' + entity);
    }
    return entity.startsWith("ou-")
        ? arn("ou/" + id + '/' + entity)
        : arn("account/" + id + '/' + entity);
  }

  String policyArn(PolicyType type, String policy) {
    String resource = type.name().toLowerCase(Locale.ROOT) + '/' + policy;
    return AwsManagedPolicies.isOne(policy)
        ? Arn.of("organizations", "", "aws", "policy/" + resource).toString()
        : arn("policy/" + id + '/' + resource);
  }

  String handshakeArn(Handshake.Action action, String handshake) {
    return arn("handshake/" + id + '/' + action.name().toLowerCase(Locale.ROOT) + '/' + handshake);
  }

  String resourcePolicyArn(String policy) {
    return arn("resourcepolicy/" + id + '/' + policy);
  }

  private String arn(String resource) {
    return Arn.of("organizations", "", management.value(), resource).toString();
  }
}
