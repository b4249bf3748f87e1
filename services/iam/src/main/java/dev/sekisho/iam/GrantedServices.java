package dev.sekisho.iam;

import dev.sekisho.policy.Effect;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which services a policy lets its owner call at all, whatever the resource and conditions. */
final class GrantedServices {

  /** The services that last-accessed data is kept for, with the names IAM shows. */
  static final SortedMap<String, String> NAMES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "access-analyzer", "AWS IAM Access Analyzer",
                  "cloudtrail", "AWS CloudTrail",
                  "ec2", "Amazon EC2",
                  "iam", "AWS Identity and Access Management",
                  "kms", "AWS Key Management Service",
                  "organizations", "AWS Organizations",
                  "sts", "AWS Security Token Service")));

  private GrantedServices() {}

  /** The namespaces, in their order. */
  static Set<String> of(String document) {
    Set<String> granted = new TreeSet<>();
    for (Statement statement : PolicyParser.parse(document).statements()) {
      Statement.Selection<String> actions = statement.actions();
      if (statement.effect() == Effect.ALLOW && actions != null) {
        for (String service : NAMES.keySet()) {
          if (actions.negated()
              ? actions.values().stream().noneMatch(each -> isWhole(each, service))
              : actions.values().stream().anyMatch(each -> isWithin(each, service))) {
            granted.add(service);
          }
        }
      }
    }
    return granted;
  }

  private static boolean isWhole(String action, String service) {
    return action.equals("*") || action.equalsIgnoreCase(service + ":*");
  }

  private static boolean isWithin(String action, String service) {
    return action.equals("*")
        || action.regionMatches(true, 0, service + ":", 0, service.length() + 1);
  }
}
