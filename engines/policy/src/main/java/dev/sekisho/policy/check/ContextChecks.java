package dev.sekisho.policy.check;

import dev.sekisho.policy.OperatorExpression.Quantifier;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.GlobalConditionKeys.GlobalKey;
import dev.sekisho.policy.check.PolicyTarget.Kind;
import dev.sekisho.policy.check.PolicyTarget.ResourceType;
import dev.sekisho.policy.check.StatementView.ConditionView;
import dev.sekisho.policy.check.StatementView.PrincipalValue;
import dev.sekisho.policy.check.StatementView.Principals;
import java.util.List;

/** Conditions beside the rest of their statement: keys that need others, or suit nobody named. */
final class ContextChecks {

  private static final List<String> SOURCES =
      List.of("aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths");

  private ContextChecks() {}

  static void check(StatementView statement, PolicyTarget target, Findings findings) {
    for (ConditionView condition : statement.conditions()) {
      key(statement, condition, target, findings);
    }
    if (target.kind() == Kind.RESOURCE_POLICY && !target.isTrust() && statement.allows()) {
      services(statement, findings);
    }
  }

  private static void key(
      StatementView statement, ConditionView condition, PolicyTarget target, Findings findings) {
    GlobalKey key = GlobalConditionKeys.named(condition.key());
    if (key != null
        && !key.multiValued()
        && statement.allows()
        && condition.operator() != null
        && condition.operator().quantifier() == Quantifier.FOR_ALL
        && !condition.isNull()) {
      findings.atKey(
          condition.operatorPlace(),
          PolicyIssue.FORALLVALUES_WITH_SINGLE_VALUED_KEY,
          "key",
          condition.key());
    }
    switch (condition.foldedKey()) {
      case "aws:vpcsourceip" -> {
        if (!statement.hasCondition("aws:SourceVpc")
            && !statement.hasCondition("aws:SourceVpce")
            && !statement.hasCondition("aws:SourceVpcArn")) {
          findings.atKey(
              condition.place(),
              PolicyIssue.MISSING_PAIRED_CONDITION_KEYS,
              "conditionKeyName",
              condition.key(),
              "recommendedKeys",
              "aws:SourceVpc");
        }
      }
      case "aws:useragent", "aws:referer" ->
          findings.atKey(
              condition.place(), PolicyIssue.UNTRUSTWORTHY_CONDITION_KEY, "key", condition.key());
      case "dynamodb:attributes" -> {
        if (!statement.hasCondition("dynamodb:Select")) {
          findings.atKey(condition.place(), PolicyIssue.DYNAMODB_ATTRIBUTES_WITHOUT_SELECT);
        }
      }
      case "s3:resourceaccount" -> {
        ResourceType type = target.resourceType();
        if (type == ResourceType.S3_BUCKET || type == ResourceType.S3_ACCESS_POINT) {
          findings.atKey(
              condition.place(),
              PolicyIssue.IRRELEVANT_CONDITION_KEY_IN_POLICY,
              "condition-key",
              condition.key(),
              "resource-type",
              type.typeName());
        }
      }
      case "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths" -> {
        if (isEveryService(statement)) {
          findings.atKey(
              condition.place(),
              PolicyIssue.USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES,
              "key",
              condition.key());
        }
      }
      default -> tags(statement, condition, findings);
    }
  }

  private static boolean isEveryService(StatementView statement) {
    return statement.actions() != null
        && (statement.actions().negated() || statement.actions().has("*"));
  }

  private static void tags(StatementView statement, ConditionView condition, Findings findings) {
    boolean negated = statement.actions() != null && statement.actions().negated();
    if (negated && condition.foldedKey().startsWith("aws:resourcetag/")) {
      PolicyIssue issue =
          statement.denies()
              ? PolicyIssue.DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE
              : PolicyIssue.ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE;
      findings.atKey(condition.place(), issue, "conditionKeyName", condition.key());
    }
  }

  /** A service that acts for anybody can be made to act for a stranger. */
  private static void services(StatementView statement, Findings findings) {
    Principals principals = statement.principals();
    if (principals == null || principals.negated()) {
      return;
    }
    boolean limited = SOURCES.stream().anyMatch(statement::hasCondition);
    for (PrincipalValue service : principals.ofType("Service")) {
      if (service.text().equals("cloudfront.amazonaws.com")
          && statement.hasCondition("aws:PrincipalOrgID")) {
        findings.at(
            service.place(),
            PolicyIssue.UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL,
            "conditionKeys",
            "aws:PrincipalOrgID");
      }
      if (limited) {
        continue;
      }
      if (statement.hasCondition("aws:Referer")) {
        findings.at(
            service.place(),
            PolicyIssue.RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL,
            "servicePrincipalPrefix",
            service.text().split("\\.", 2)[0],
            "key",
            "aws:Referer");
      } else {
        findings.at(service.place(), PolicyIssue.RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL);
      }
    }
  }
}
