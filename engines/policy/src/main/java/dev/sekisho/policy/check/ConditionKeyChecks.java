package dev.sekisho.policy.check;

import dev.sekisho.policy.ConditionOperator;
import dev.sekisho.policy.OperatorExpression;
import dev.sekisho.policy.OperatorExpression.Quantifier;
import dev.sekisho.policy.PolicyGrammar;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.check.GlobalConditionKeys.GlobalKey;
import dev.sekisho.policy.check.GlobalConditionKeys.ValueType;
import dev.sekisho.policy.check.StatementView.ConditionView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a condition's key: the operators that suit it and the form of its values. */
final class ConditionKeyChecks {

  /** Keys in which a pattern would let strangers in. */
  private static final List<String> SENSITIVE =
      List.of(
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:resourceaccount",
          "aws:resourceorgid",
          "aws:sourceaccount",
          "aws:sourceorgid",
          "aws:sourcevpc",
          "aws:sourcevpce",
          "aws:vpceaccount",
          "aws:vpceorgid");

  private ConditionKeyChecks() {}

  static void check(ConditionView condition, OperatorExpression expression, Findings findings) {
    GlobalKey key = GlobalConditionKeys.named(condition.key());
    if (key != null && expression.operator() != ConditionOperator.NULL) {
      if (key.multiValued() && expression.quantifier() == Quantifier.ONE) {
        findings.atKey(
            condition.operatorPlace(), PolicyIssue.MISSING_QUALIFIER, "key", condition.key());
      }
      operator(condition, expression.operator(), key, findings);
    }
    if (expression.operator() != ConditionOperator.NULL) {
      condition.values().forEach(value -> value(condition, expression, value, findings));
    }
  }

  private static void operator(
      ConditionView condition, ConditionOperator operator, GlobalKey key, Findings findings) {
    String name = condition.operatorPlace().nameText();
    if (key.type() == ValueType.ARN
        && (operator == ConditionOperator.STRING_LIKE
            || operator == ConditionOperator.STRING_NOT_LIKE)) {
      findings.atKey(
          condition.operatorPlace(),
          PolicyIssue.STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS,
          "allowed",
          "ARN",
          "operator",
          name,
          "key",
          condition.key());
      return;
    }
    String wanted = wanted(operator, key.type());
    if (wanted != null) {
      findings.atKey(
          condition.operatorPlace(),
          PolicyIssue.TYPE_MISMATCH,
          "allowed",
          wanted,
          "operator",
          name,
          "key",
          condition.key());
    }
  }

  /** The kind of operator that the key wants, or null when the one it has will do. */
  private static @Nullable String wanted(ConditionOperator operator, ValueType type) {
    String name = operator.name();
    boolean text = name.startsWith("STRING");
    return switch (type) {
      case TEXT -> text || name.startsWith("ARN") || name.startsWith("BINARY") ? null : "String";
      case ARN -> text || name.startsWith("ARN") ? null : "ARN";
      case BOOLEAN -> name.equals("BOOL") ? null : "Boolean";
      case DATE -> name.startsWith("DATE") ? null : "Date";
      case EPOCH -> name.startsWith("DATE") || name.startsWith("NUMERIC") ? null : "Date";
      case NUMBER -> name.startsWith("NUMERIC") ? null : "Numeric";
      case IP -> name.endsWith("IP_ADDRESS") ? null : "IP Address";
      case TEXT_OR_IP -> text || name.endsWith("IP_ADDRESS") ? null : "IP Address";
    };
  }

  private static void value(
      ConditionView condition, OperatorExpression expression, Place value, Findings findings) {
    String text = String.valueOf(value.scalar());
    String key = condition.foldedKey();
    boolean pattern = PolicyGrammar.hasWildcard(text);
    boolean variable = Variables.isIn(text);
    boolean like = expression.operator().name().endsWith("_LIKE");
    // A lone star is told elsewhere to be a question whether there is a value at all.
    if (SENSITIVE.contains(key) && !text.equals("*")) {
      if (Variables.areOfTags(text)) {
        findings.at(value, PolicyIssue.VARIABLE_USAGE_TOO_PERMISSIVE, "key", condition.key());
      } else if (pattern && like) {
        findings.at(value, PolicyIssue.WILDCARD_USAGE_TOO_PERMISSIVE, "key", condition.key());
      }
    }
    if (!pattern && !variable) {
      literal(condition, value, text, findings);
    }
  }

  private static void literal(
      ConditionView condition, Place value, String text, Findings findings) {
    switch (condition.foldedKey()) {
      case "aws:requestedregion" -> {
        if (!Regions.isShaped(text)) {
          findings.at(value, PolicyIssue.INVALID_REGION, "region", text);
        }
      }
      case "aws:sourcevpc" -> {
        if (!isId(text, "vpc-")) {
          findings.at(value, PolicyIssue.INVALID_VPC_FORMAT);
        }
      }
      case "aws:sourcevpce" -> {
        if (!isId(text, "vpce-")) {
          findings.at(value, PolicyIssue.INVALID_VPCE_FORMAT);
        }
      }
      case "kms:viaservice" -> {
        if (!isService(text) || text.split("\\.", -1).length < 4) {
          service(value, "service-name.AWS_region.amazonaws.com", findings);
        }
      }
      case "iam:passedtoservice",
          "iam:awsservicename",
          "aws:principalservicename",
          "aws:calledvia",
          "aws:calledviafirst",
          "aws:calledvialast" -> {
        if (!isService(text)) {
          service(value, "service-name.amazonaws.com", findings);
        }
      }
      case "s3:x-amz-server-side-encryption-aws-kms-key-id" -> {
        if (!text.startsWith("arn:") || !text.contains(":kms:")) {
          findings.at(value, PolicyIssue.INVALID_KMS_KEY_VALUE, "key", condition.key());
        }
      }
      default -> {}
    }
  }

  private static void service(Place value, String format, Findings findings) {
    findings.at(value, PolicyIssue.INVALID_SERVICE_PRINCIPAL_FORMAT, "expectedFormat", format);
  }

  private static boolean isService(String text) {
    return PolicyGrammar.isPrincipal("Service", text) && text.indexOf('.') > 0;
  }

  private static boolean isId(String text, String prefix) {
    int length = text.length() - prefix.length();
    return text.startsWith(prefix)
        && (length == 8 || length == 17)
        && text.chars()
            .skip(prefix.length())
            .allMatch(
                c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
  }
}
