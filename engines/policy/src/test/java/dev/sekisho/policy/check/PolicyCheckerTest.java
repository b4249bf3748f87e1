package dev.sekisho.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.policy.FindingType;
import dev.sekisho.policy.PolicyIssue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check on a document that it is for, sound documents, and where findings point. */
class PolicyCheckerTest {

  /** A document and the one thing that must be found in it; nothing when it is sound. */
  record Case(String code, PolicyTarget target, String document) {

    static Case of(String line) {
      String[] parts = line.split(" ", 3);
      return new Case(parts[0], target(parts[1]), parts[2]);
    }

    private static PolicyTarget target(String name) {
      return switch (name) {
        case "identity" -> PolicyTarget.IDENTITY;
        case "resource" -> PolicyTarget.RESOURCE;
        case "trust" -> PolicyTarget.TRUST;
        case "s3" ->
            new PolicyTarget(
                PolicyTarget.Kind.RESOURCE_POLICY, PolicyTarget.ResourceType.S3_BUCKET);
        case "scp" -> PolicyTarget.SERVICE_CONTROL;
        case "rcp" -> PolicyTarget.RESOURCE_CONTROL;
        default -> throw new IllegalArgumentException(name);
      };
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream file = PolicyCheckerTest.class.getResourceAsStream("cases.txt")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(Case::of).toList();
    }
  }

  private static Set<String> codes(List<PolicyFinding> findings) {
    return findings.stream().map(finding -> finding.issue().name()).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void findsWhatIsWrongAndNothingElseInSoundDocuments(Case each) {
    List<PolicyFinding> findings = PolicyChecker.check(each.document(), each.target());

    if (each.code().equals("-")) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(codes(findings)).contains(each.code());
    }
    for (PolicyFinding finding : findings) {
      for (FindingLanguage language : FindingLanguage.values()) {
        assertThat(finding.details(language))
            .isNotBlank()
            .doesNotContainPattern("\\{[a-zA-Z_]+\\}");
      }
      assertThat(finding.locations()).isNotEmpty();
    }
  }

  @Test
  void eachServedCodeHasAnExample() throws IOException {
    Set<String> shown = cases().stream().map(Case::code).collect(Collectors.toSet());
    // Their examples are long; see theSizeQuotas.
    shown.addAll(
        List.of(
            "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
            "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
            "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
            "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
            "POLICY_SIZE_EXCEEDS_RCP_QUOTA"));

    for (FindingLanguage language : FindingLanguage.values()) {
      assertThat(EnumSet.allOf(PolicyIssue.class).stream().filter(language::knows))
          .extracting(Enum::name)
          .containsExactlyInAnyOrderElementsOf(
              shown.stream().filter(code -> !code.equals("-")).toList());
    }
  }

  @Test
  void theSizeQuotas() {
    String body =
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",%s\"Action\":\"%s\","
            + "%s\"Condition\":{\"StringEquals\":{\"x:y\":\"%s\"}}}}";
    String trust = body.formatted("\"Principal\":\"*\",", "sts:AssumeRole", "", "x".repeat(3_000));
    String others = body.formatted("", "s3:GetObject", "\"Resource\":\"*\",", "x".repeat(11_000));
    String bucket =
        body.formatted(
            "\"Principal\":\"*\",", "s3:GetObject", "\"Resource\":\"*\",", "x".repeat(21_000));

    assertThat(codes(PolicyChecker.check(trust, PolicyTarget.TRUST)))
        .containsExactly("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA");
    assertThat(codes(PolicyChecker.check(others, PolicyTarget.IDENTITY)))
        .containsExactly("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA");
    assertThat(codes(PolicyChecker.check(others, PolicyTarget.SERVICE_CONTROL)))
        .containsExactly("POLICY_SIZE_EXCEEDS_SCP_QUOTA");
    assertThat(codes(PolicyChecker.check(bucket, PolicyTarget.RESOURCE_CONTROL)))
        .containsExactly("POLICY_SIZE_EXCEEDS_RCP_QUOTA");
    assertThat(codes(PolicyChecker.check(bucket, Case.of("- s3 x").target())))
        .containsExactly("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA");
    assertThat(codes(PolicyChecker.check(" ".repeat(140_000), PolicyTarget.RESOURCE)))
        .containsExactly("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA");
  }

  /**
   * The document and AWS's own answer to it, from the examples of its command line; the published
   * document has a value that is two characters shorter than the one the answer was given to.
   */
  @Test
  void answersAsAwsDoes() {
    String document =
        """
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "",
                    "Effect": "Allow",
                    "Principal": {
                        "Federated": "cognito-identity.amazonaws.com"
                    },
                    "Action": [
                        "sts:AssumeRole",
                        "sts:TagSession"
                    ],
                    "Condition": {
                        "StringEquals": {
                            "cognito-identity.amazonaws.com:aud": "us-west-2_EXAMPLE__"
                        }
                    }
                }
            ]
        }
        """;

    List<PolicyFinding> findings = PolicyChecker.check(document, PolicyTarget.RESOURCE);

    assertThat(findings)
        .extracting(PolicyFinding::issue)
        .containsExactly(
            PolicyIssue.EMPTY_SID_VALUE,
            PolicyIssue.MISMATCHED_ACTION_FOR_PRINCIPAL,
            PolicyIssue.UNSUPPORTED_ACTION_FOR_CONDITION_KEY);
    assertThat(findings.get(0).locations())
        .containsExactly(
            new Location(
                List.of(
                    new PathElement.Value("Statement"),
                    new PathElement.Index(0),
                    new PathElement.Value("Sid")),
                new Span(new Position(5, 19, 79), new Position(5, 21, 81))));
    assertThat(findings.get(1).locations())
        .containsExactly(
            new Location(
                List.of(
                    new PathElement.Value("Statement"),
                    new PathElement.Index(0),
                    new PathElement.Value("Action"),
                    new PathElement.Index(0)),
                new Span(new Position(11, 16, 258), new Position(11, 32, 274))),
            new Location(
                List.of(
                    new PathElement.Value("Statement"),
                    new PathElement.Index(0),
                    new PathElement.Value("Principal"),
                    new PathElement.Value("Federated")),
                new Span(new Position(8, 29, 170), new Position(8, 61, 202))));
    assertThat(findings.get(2).locations().get(1).span())
        .isEqualTo(new Span(new Position(16, 58, 443), new Position(16, 79, 464)));
    assertThat(findings.get(1).details(FindingLanguage.ENGLISH))
        .startsWith(
            "The sts:AssumeRole action is invalid with the following principal(s):"
                + " cognito-identity.amazonaws.com. Use a SAML provider principal");
    assertThat(findings.get(0).issue().learnMoreLink())
        .endsWith("#access-analyzer-reference-policy-checks-suggestion-empty-sid-value");
  }

  @Test
  void goesOnAfterErrors() {
    List<PolicyFinding> findings =
        PolicyChecker.check(
            """
            {"Version": "2012-10-17",
             "Statement": [
               {"Effect": "Allowed" "Action": "s3:Get Object", "Resource": "bucket"},
               {"Effect": "Deny", "Action": 5, "Resource": "*", "Colour": "red",}
             ]}
            """,
            PolicyTarget.IDENTITY);

    assertThat(findings)
        .extracting(PolicyFinding::issue)
        .containsExactly(
            PolicyIssue.INVALID_EFFECT,
            PolicyIssue.JSON_SYNTAX_ERROR,
            PolicyIssue.INVALID_ACTION,
            PolicyIssue.INVALID_ARN_PREFIX,
            PolicyIssue.DATA_TYPE_MISMATCH,
            PolicyIssue.INVALID_POLICY_ELEMENT,
            PolicyIssue.JSON_SYNTAX_ERROR);
  }

  @Test
  void pointsIntoTextsWithEscapes() {
    String document =
        "{\"Version\":\"2012-10-17\",\r\n\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
            + "\"Resource\":\"arn:\\u0061ws:s3:::\\\"b/${}\"}}";

    PolicyFinding finding = PolicyChecker.check(document, PolicyTarget.IDENTITY).getFirst();

    Location location = finding.locations().getFirst();
    assertThat(finding.issue()).isEqualTo(PolicyIssue.EMPTY_VARIABLE);
    assertThat(location.path().getLast()).isEqualTo(new PathElement.Substring(16, 3));
    assertThat(document.substring(location.span().start().offset(), location.span().end().offset()))
        .isEqualTo("${}");
    assertThat(location.span().start().line()).isEqualTo(2);
  }

  @Test
  void errorsAreTheGravest() {
    assertThat(FindingType.ERROR.isAtLeast(FindingType.SUGGESTION)).isTrue();
    assertThat(FindingType.WARNING.isAtLeast(FindingType.SECURITY_WARNING)).isFalse();
  }
}
