package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.accessanalyzer.AccessAnalyzerClient;
import software.amazon.awssdk.services.accessanalyzer.model.Locale;
import software.amazon.awssdk.services.accessanalyzer.model.PathElement;
import software.amazon.awssdk.services.accessanalyzer.model.PolicyType;
import software.amazon.awssdk.services.accessanalyzer.model.Substring;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFinding;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFindingType;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyResourceType;
import software.amazon.awssdk.services.accessanalyzer.model.ValidationException;

/** Access Analyzer through the real port, with AWS's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessAnalyzerTest {

  private SekishoInstance sekisho;
  private AccessAnalyzerClient analyzer;

  @BeforeAll
  void start(@TempDir Path folder) {
    sekisho = SekishoInstance.start(folder);
    analyzer = sekisho.client(AccessAnalyzerClient.builder());
  }

  @AfterAll
  void stop() {
    analyzer.close();
    sekisho.close();
  }

  @Test
  void aGoodPolicyHasNoFindings() {
    assertThat(
            analyzer
                .validatePolicy(r ->
                    r.policyType(PolicyType.IDENTITY_POLICY)
                        .policyDocument(
                            """
                            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                            "Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}\
                            """))
                .findings())
        .isEmpty();
  }

  @Test
  void aBadPolicyHasAFindingWhereTheTroubleIs() {
    assertThat(
            analyzer
                .validatePolicy(r ->
                    r.policyType(PolicyType.IDENTITY_POLICY)
                        .policyDocument(
                            """
                            {"Version":"2012-10-17","Statement":[
                              {"Effect":"Allow","Action":"s3:GetObject","Resource":"*"},
                              {"Effect":"Allow","Action":"s3:PutObject"}]}\
                            """))
                .findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.findingType()).isEqualTo(ValidatePolicyFindingType.ERROR);
          assertThat(finding.issueCode()).isEqualTo("MISSING_RESOURCE");
          assertThat(finding.learnMoreLink())
              .endsWith("#access-analyzer-reference-policy-checks-error-missing-resource");
          assertThat(finding.locations().getFirst().span().start().line()).isEqualTo(3);
          assertThat(finding.locations().getFirst().span().start().column()).isEqualTo(2);
        });
  }

  @Test
  void whatIsNotJsonIsSaidToBeSo() {
    assertThat(
            analyzer
                .validatePolicy(r -> r.policyType(PolicyType.RESOURCE_POLICY).policyDocument("{,}"))
                .findings())
        .isNotEmpty()
        .allSatisfy(finding -> assertThat(finding.issueCode()).isEqualTo("JSON_SYNTAX_ERROR"));
  }

  private static final String MANY_FINDINGS =
      """
      {"Statement":[
        {"Sid":"","Effect":"Allow","Action":["iam:*","iam:Get*"],"Resource":"*",
         "Condition":{"StringEquals":{"aws:username":"a*"},"Bool":{"aws:SecureTransport":"yes"}}}]}
      """;

  @Test
  void findingsComePageByPage() {
    List<String> all =
        analyzer
            .validatePolicy(
                r -> r.policyType(PolicyType.IDENTITY_POLICY).policyDocument(MANY_FINDINGS))
            .findings()
            .stream()
            .map(ValidatePolicyFinding::issueCode)
            .toList();
    List<String> paged =
        analyzer
            .validatePolicyPaginator(r ->
                r.policyType(PolicyType.IDENTITY_POLICY)
                    .policyDocument(MANY_FINDINGS)
                    .maxResults(2))
            .findings()
            .stream()
            .map(ValidatePolicyFinding::issueCode)
            .toList();

    assertThat(paged).isEqualTo(all);
    assertThat(all)
        .contains(
            "MISSING_VERSION",
            "EMPTY_SID_VALUE",
            "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
            "REDUNDANT_ACTION",
            "WILDCARD_WITHOUT_LIKE_OPERATOR",
            "TYPE_MISMATCH_BOOLEAN");
  }

  @Test
  void aTokenFitsItsDocumentOnly() {
    String token =
        analyzer
            .validatePolicy(r ->
                r.policyType(PolicyType.IDENTITY_POLICY)
                    .policyDocument(MANY_FINDINGS)
                    .maxResults(1))
            .nextToken();

    assertThat(token).isNotNull();
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() ->
            analyzer.validatePolicy(r ->
                r.policyType(PolicyType.IDENTITY_POLICY).policyDocument("{}").nextToken(token)));
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() ->
            analyzer.validatePolicy(
                r -> r.policyType(PolicyType.IDENTITY_POLICY).policyDocument("{}").maxResults(0)));
  }

  @Test
  void findingsAreToldInTheLanguageAskedFor() {
    String english = details(null);

    assertThat(english).isEqualTo("Add a value to the empty string in the Sid element.");
    assertThat(details(Locale.EN)).isEqualTo(english);
    // There are no words of ours in the other languages.
    assertThat(details(Locale.FR)).isEqualTo(english);
    assertThat(details(Locale.JA)).contains("Sid").contains("空文字列");
  }

  private String details(@Nullable Locale locale) {
    return analyzer
        .validatePolicy(r ->
            r.policyType(PolicyType.IDENTITY_POLICY).policyDocument(MANY_FINDINGS).locale(locale))
        .findings()
        .stream()
        .filter(finding -> finding.issueCode().equals("EMPTY_SID_VALUE"))
        .findFirst()
        .orElseThrow()
        .findingDetails();
  }

  @Test
  void eachTypeOfPolicyHasItsOwnChecks() {
    String document =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
        "Principal":{"AWS":"123456789012"},"Action":"kms:Decrypt","Resource":"*"}]}\
        """;

    assertThat(codes(document, PolicyType.IDENTITY_POLICY, null))
        .containsExactly("UNSUPPORTED_PRINCIPAL");
    assertThat(codes(document, PolicyType.RESOURCE_POLICY, null)).isEmpty();
    assertThat(codes(document, PolicyType.SERVICE_CONTROL_POLICY, null))
        .containsExactly("SCP_SYNTAX_ERROR_PRINCIPAL");
    assertThat(codes(document, PolicyType.RESOURCE_CONTROL_POLICY, null))
        .contains("RCP_SYNTAX_ERROR_PRINCIPAL", "RCP_SYNTAX_ERROR_ALLOW");
    assertThat(
            codes(document, PolicyType.RESOURCE_POLICY, ValidatePolicyResourceType.AWS_S3_BUCKET))
        .containsExactly("UNSUPPORTED_ACTION_IN_POLICY");
    assertThat(
            codes(
                document,
                PolicyType.RESOURCE_POLICY,
                ValidatePolicyResourceType.AWS_IAM_ASSUME_ROLE_POLICY_DOCUMENT))
        .contains("UNSUPPORTED_ACTION_IN_POLICY", "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE");
    assertThatExceptionOfType(ValidationException.class)
        .isThrownBy(() ->
            codes(document, PolicyType.IDENTITY_POLICY, ValidatePolicyResourceType.AWS_S3_BUCKET));
  }

  private List<String> codes(
      String document, PolicyType type, @Nullable ValidatePolicyResourceType resourceType) {
    return analyzer
        .validatePolicy(r ->
            r.policyType(type).policyDocument(document).validatePolicyResourceType(resourceType))
        .findings()
        .stream()
        .map(ValidatePolicyFinding::issueCode)
        .toList();
  }

  @Test
  void aFindingPointsIntoTheText() {
    ValidatePolicyFinding finding =
        analyzer
            .validatePolicy(r ->
                r.policyType(PolicyType.IDENTITY_POLICY)
                    .policyDocument(
                        """
                        {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                        "Action":"s3:GetObject","Resource":"arn:amazon:s3:::b/*"}]}\
                        """))
            .findings()
            .getFirst();

    assertThat(finding.issueCode()).isEqualTo("INVALID_PARTITION");
    assertThat(finding.locations().getFirst().path())
        .containsExactly(
            PathElement.fromValue("Statement"),
            PathElement.fromIndex(0),
            PathElement.fromValue("Resource"),
            PathElement.fromSubstring(Substring.builder().start(4).length(6).build()));
    assertThat(finding.locations().getFirst().span().start().offset()).isEqualTo(96);
  }
}
