package dev.sekisho.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.policy.FindingType;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyIssue;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyValidator;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every text: the checker's bounds, and that it agrees with what IAM saves. */
class CheckerLawsTest {

  private static final int ROUNDS = 4_000;

  /** Pieces that mutations put in; most of them mean something somewhere in a policy. */
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "*",
          "?",
          "${",
          "}",
          "\\",
          "\\u00e9",
          "\n",
          "null",
          "7",
          "true",
          "\"Sid\":\"x\",",
          "\"Effect\":\"Deny\",",
          "\"Principal\":\"*\",",
          "\"NotAction\":\"s3:*\",",
          "arn:aws:",
          "aws:",
          "ForAnyValue:",
          "IfExists",
          "\u0001",
          "😀",
          "-",
          "1e9",
          "[[[[[[[[[",
          "{}",
          "[]",
          "\"\"");

  /**
   * Errors that Access Analyzer reports and IAM does not look for when it saves a document. README
   * lists them with the reason.
   */
  private static final Set<PolicyIssue> REPORTED_ONLY =
      EnumSet.of(
          PolicyIssue.ARN_ACCOUNT_NOT_ALLOWED,
          PolicyIssue.ARN_REGION_NOT_ALLOWED,
          PolicyIssue.DUPLICATE_KEYS_WITH_DIFFERENT_CASE,
          PolicyIssue.EMPTY_VARIABLE,
          PolicyIssue.INVALID_ARN_ACCOUNT,
          PolicyIssue.INVALID_ARN_REGION,
          PolicyIssue.INVALID_ARN_RESOURCE,
          PolicyIssue.INVALID_ARN_SERVICE_CASE,
          PolicyIssue.INVALID_CONDITION_DATA_TYPE,
          PolicyIssue.INVALID_CONDITION_MULTIPLE_BOOLEAN,
          PolicyIssue.INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY,
          PolicyIssue.INVALID_GLOBAL_CONDITION_KEY,
          PolicyIssue.INVALID_KMS_KEY_VALUE,
          PolicyIssue.INVALID_PARTITION,
          PolicyIssue.INVALID_REGION,
          PolicyIssue.INVALID_SERVICE_PRINCIPAL_FORMAT,
          PolicyIssue.INVALID_VARIABLE_FOR_OPERATOR,
          PolicyIssue.INVALID_VPC_FORMAT,
          PolicyIssue.INVALID_VPCE_FORMAT,
          PolicyIssue.MISMATCHED_ACTION_FOR_PRINCIPAL,
          PolicyIssue.MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY,
          PolicyIssue.MISSING_ARN_ACCOUNT,
          PolicyIssue.MISSING_ARN_FIELD,
          PolicyIssue.MISSING_ARN_REGION,
          PolicyIssue.MISSING_BRACE_IN_VARIABLE,
          PolicyIssue.MISSING_QUALIFIER,
          PolicyIssue.MISSING_QUOTE_IN_VARIABLE,
          PolicyIssue.MISSING_TAG_KEY_IN_CONDITION,
          PolicyIssue.PRIVATE_IP_ADDRESS,
          PolicyIssue.PRIVATE_NOT_IP_ADDRESS,
          PolicyIssue.ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL,
          PolicyIssue.TYPE_MISMATCH_IP_RANGE,
          PolicyIssue.UNSUPPORTED_ACTION_FOR_CONDITION_KEY,
          PolicyIssue.UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL,
          PolicyIssue.UNSUPPORTED_SPACE_IN_VARIABLE,
          PolicyIssue.UNSUPPORTED_WILDCARD_IN_PRINCIPAL,
          PolicyIssue.VARIABLE_UNSUPPORTED_IN_ELEMENT,
          PolicyIssue.VARIABLE_UNSUPPORTED_IN_VERSION,
          PolicyIssue.VARIABLE_USAGE_TOO_PERMISSIVE,
          PolicyIssue.WILDCARD_USAGE_TOO_PERMISSIVE);

  /** What IAM refuses and Access Analyzer finds less grave, or does not find for this target. */
  private static final Set<PolicyIssue> REFUSED_ONLY =
      EnumSet.of(
          PolicyIssue.EMPTY_ARRAY_ACTION,
          PolicyIssue.EMPTY_ARRAY_RESOURCE,
          PolicyIssue.MISSING_VERSION,
          PolicyIssue.UNIQUE_SIDS_RECOMMENDED);

  private static String mutated(String document, Random random) {
    StringBuilder text = new StringBuilder(document);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> {
          int end = Math.min(text.length(), at + 1 + random.nextInt(30));
          text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        default -> {
          int end = Math.min(text.length(), at + 1 + random.nextInt(60));
          text.insert(at, text.substring(at, end));
        }
      }
    }
    return text.toString();
  }

  private static String document(Random random) throws IOException {
    List<PolicyCheckerTest.Case> cases = PolicyCheckerTest.cases();
    return cases.get(random.nextInt(cases.size())).document();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverThrowsAndPointsIntoTheText(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String text = mutated(document(random), random);
      for (PolicyTarget target :
          List.of(
              PolicyTarget.IDENTITY,
              PolicyTarget.TRUST,
              PolicyTarget.RESOURCE,
              PolicyTarget.RESOURCE_CONTROL)) {
        List<PolicyFinding> findings = PolicyChecker.check(text, target);
        assertThat(findings).hasSizeLessThanOrEqualTo(Findings.MOST);
        for (PolicyFinding finding : findings) {
          for (Location location : finding.locations()) {
            Span span = location.span();
            assertThat(span.start().offset()).isBetween(0, span.end().offset());
            assertThat(span.end().offset()).isLessThanOrEqualTo(text.length());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatIamSavesHasNoErrorAndWhatItRefusesHasOne(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String text = random.nextInt(10) == 0 ? document(random) : mutated(document(random), random);
      agrees(text, PolicyKind.IDENTITY, PolicyTarget.IDENTITY);
      agrees(text, PolicyKind.TRUST, PolicyTarget.TRUST);
      agrees(text, PolicyKind.RESOURCE, PolicyTarget.RESOURCE);
    }
  }

  private static void agrees(String text, PolicyKind kind, PolicyTarget target) {
    List<PolicyIssue> found =
        PolicyChecker.check(text, target).stream().map(PolicyFinding::issue).toList();
    List<PolicyIssue> errors =
        found.stream()
            .filter(issue -> issue.type() == FindingType.ERROR)
            .filter(issue -> !REPORTED_ONLY.contains(issue))
            .toList();
    String refused = null;
    try {
      PolicyValidator.check(text, kind);
    } catch (MalformedPolicyException malformed) {
      refused = malformed.issue() + ": " + malformed.message();
    }
    if (refused == null) {
      assertThat(errors).as("%s saves %s", kind, text).isEmpty();
    } else if (kind != PolicyKind.RESOURCE || !saves(text, PolicyKind.TRUST)) {
      // A role's trust policy is seen to be one, even where it is not said to be.
      assertThat(found)
          .as("%s refuses with %s: %s", kind, refused, text)
          .anyMatch(issue -> issue.type() == FindingType.ERROR || REFUSED_ONLY.contains(issue));
    }
  }

  private static boolean saves(String text, PolicyKind kind) {
    try {
      PolicyValidator.check(text, kind);
      return true;
    } catch (MalformedPolicyException refused) {
      return false;
    }
  }
}
