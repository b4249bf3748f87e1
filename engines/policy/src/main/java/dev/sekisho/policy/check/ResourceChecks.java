package dev.sekisho.policy.check;

import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.PolicyTarget.ResourceType;
import dev.sekisho.policy.check.StatementView.Listed;
import java.util.List;

/** Resources: their ARNs field by field, and the variables in them. */
final class ResourceChecks {

  /** Services all of whose ARNs have a Region and an account. */
  private static final List<String> REGIONAL =
      List.of("acm", "kinesis", "kms", "lambda", "secretsmanager", "sns", "sqs", "states");

  /** Services none of whose ARNs has a Region. */
  private static final List<String> GLOBAL =
      List.of("cloudfront", "iam", "organizations", "route53", "sts");

  private static final List<String> PARTITIONS =
      List.of(
          "aws",
          "aws-cn",
          "aws-us-gov",
          "aws-iso",
          "aws-iso-b",
          "aws-iso-e",
          "aws-iso-f",
          "aws-eusc");

  private ResourceChecks() {}

  static void check(
      StatementView statement, PolicyTarget target, boolean variables, Findings findings) {
    Listed resources = statement.resources();
    if (resources == null) {
      return;
    }
    for (Place resource : resources.values()) {
      String text = String.valueOf(resource.text());
      Variables.check(resource, text, variables, findings);
      if (!PolicyGrammar.isResource(text)) {
        findings.at(resource, PolicyIssue.INVALID_ARN_PREFIX);
      } else if (text.startsWith("arn:")) {
        arn(resource, text, target, findings);
      }
    }
  }

  private static void arn(Place place, String text, PolicyTarget target, Findings findings) {
    String[] fields = text.split(":", 6);
    boolean open = text.endsWith("*");
    if (fields.length < 6 && !open) {
      findings.at(place, PolicyIssue.MISSING_ARN_FIELD, "fields", "6");
    }
    String partition = fields.length > 1 ? fields[1] : "*";
    String service = fields.length > 2 ? fields[2] : "*";
    if (isLiteral(partition) && !PARTITIONS.contains(partition)) {
      findings.atPart(
          place,
          "arn:".length(),
          partition.length(),
          PolicyIssue.INVALID_PARTITION,
          "service",
          service,
          "partition",
          partition,
          "partitions",
          String.join(", ", PARTITIONS));
    }
    int serviceAt = "arn:".length() + partition.length() + 1;
    if (isLiteral(service)) {
      if (service.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
        findings.atPart(
            place,
            serviceAt,
            service.length(),
            PolicyIssue.INVALID_ARN_SERVICE_CASE,
            "service",
            service);
      }
    } else if (fields.length > 2 && !(fields.length == 3 && service.equals("*"))) {
      findings.atPart(place, serviceAt, service.length(), PolicyIssue.WILDCARD_IN_SERVICE_NAME);
    }
    ResourceType type = target.resourceType();
    if (type != null
        && type != ResourceType.ROLE
        && isLiteral(service)
        && !service.equals(type.service())) {
      findings.at(
          place, PolicyIssue.UNSUPPORTED_RESOURCE_ARN_IN_POLICY, "resourceType", type.typeName());
    }
    if (fields.length == 6) {
      region(place, fields, serviceAt + service.length() + 1, findings);
      account(place, fields, findings);
      if (service.equals("kms") && isLiteral(fields[5]) && !isKmsResource(fields[5])) {
        findings.atPart(
            place,
            text.length() - fields[5].length(),
            fields[5].length(),
            PolicyIssue.INVALID_ARN_RESOURCE);
      }
    }
  }

  private static void region(Place place, String[] fields, int at, Findings findings) {
    String service = fields[2];
    String region = fields[3];
    if (region.isEmpty()) {
      if (REGIONAL.contains(service)) {
        findings.at(place, PolicyIssue.MISSING_ARN_REGION, "service", service);
      }
      return;
    }
    if (!isLiteral(region)) {
      return;
    }
    boolean bucket = service.equals("s3") && fields[4].isEmpty();
    if (bucket || GLOBAL.contains(service)) {
      findings.atPart(
          place, at, region.length(), PolicyIssue.ARN_REGION_NOT_ALLOWED, "service", service);
    } else if (!Regions.isShaped(region)) {
      findings.atPart(place, at, region.length(), PolicyIssue.INVALID_ARN_REGION, "region", region);
    }
  }

  private static void account(Place place, String[] fields, Findings findings) {
    String service = fields[2];
    String account = fields[4];
    int at = "arn:".length() + fields[1].length() + service.length() + fields[3].length() + 3;
    if (account.isEmpty()) {
      if (REGIONAL.contains(service) || service.equals("iam")) {
        findings.at(place, PolicyIssue.MISSING_ARN_ACCOUNT, "resourceName", fields[5]);
      }
    } else if (isDigitsAndHyphens(account) && !PolicyGrammar.isAccount(account)) {
      findings.atPart(
          place, at, account.length(), PolicyIssue.INVALID_ARN_ACCOUNT, "account", account);
    } else if (service.equals("s3")
        && fields[3].isEmpty()
        && PolicyGrammar.isAccount(account)
        && isLiteral(fields[5])
        && !fields[5].startsWith("accesspoint")
        && fields[5].indexOf(':') < 0) {
      findings.atPart(
          place, at, account.length(), PolicyIssue.ARN_ACCOUNT_NOT_ALLOWED, "service", service);
    }
  }

  private static boolean isKmsResource(String resource) {
    return resource.startsWith("key/") || resource.startsWith("alias/");
  }

  private static boolean isDigitsAndHyphens(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
  }

  /** Whether it stands for itself: no wildcard and no variable. */
  private static boolean isLiteral(String text) {
    return !text.isEmpty() && !PolicyGrammar.hasWildcard(text) && !text.contains("${");
  }
}
