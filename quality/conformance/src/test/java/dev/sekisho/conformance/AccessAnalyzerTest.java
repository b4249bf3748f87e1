package dev.sekisho.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.testing.SekishoInstance;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.accessanalyzer.AccessAnalyzerClient;
import software.amazon.awssdk.services.accessanalyzer.model.PolicyType;
import software.amazon.awssdk.services.accessanalyzer.model.ValidatePolicyFindingType;

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
        .singleElement()
        .satisfies(finding -> assertThat(finding.issueCode()).isEqualTo("JSON_SYNTAX_ERROR"));
  }
}
