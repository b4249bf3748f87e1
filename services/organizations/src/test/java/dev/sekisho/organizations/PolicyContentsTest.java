package dev.sekisho.organizations;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.ServiceException;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in the policies that limit calls. */
class PolicyContentsTest {

  private static String document(String statement) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":" + statement + "}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "[{\"Sid\":\"a\",\"Effect\":\"Allow\",\"NotAction\":[\"iam:*\",\"s3:G?t*t\"],"
            + "\"NotResource\":\"arn:aws:s3:::x\","
            + "\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}}]"
      })
  void aServiceControlPolicyMayUseTheWholeLanguage(String statement) {
    assertThatCode(
            () -> PolicyContents.check(PolicyType.SERVICE_CONTROL_POLICY, document(statement)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"Effect\":\"Deny\",\"Action\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Resource\":\"*\"}",
        "{\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Maybe\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"NotPrincipal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Action\":\"ListUsers\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"Is\":{\"a:b\":\"c\"}}}"
      })
  void whatIsNoServiceControlPolicyIsRefused(String statement) {
    refused(PolicyType.SERVICE_CONTROL_POLICY, document(statement));
  }

  @Test
  void theVersionIsThePresentOne() {
    String statement = "\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    refused(PolicyType.SERVICE_CONTROL_POLICY, "{" + statement);
    refused(PolicyType.SERVICE_CONTROL_POLICY, "{\"Version\":\"2008-10-17\"," + statement);
    refused(
        PolicyType.RESOURCE_CONTROL_POLICY,
        "{\"Version\":\"2008-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\","
            + "\"Action\":\"s3:*\",\"Resource\":\"*\"}}");
  }

  @Test
  void aResourceControlPolicyDeniesEverybodyNamedActions() {
    assertThatCode(() ->
            PolicyContents.check(
                PolicyType.RESOURCE_CONTROL_POLICY,
                document(
                    "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":[\"s3:*\",\"kms:Decrypt\"],"
                        + "\"NotResource\":\"arn:aws:s3:::x\",\"Condition\":{\"Bool\":"
                        + "{\"aws:SecureTransport\":\"false\"}}}")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"s3:*\","
            + "\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"NotPrincipal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"NotAction\":\"s3:*\",\"Resource\":\"*\"}",
        "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\"}"
      })
  void whatIsNoResourceControlPolicyIsRefused(String statement) {
    refused(PolicyType.RESOURCE_CONTROL_POLICY, document(statement));
  }

  @Test
  void aLongOneIsRefusedAsSuch() {
    String content = document("{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}");
    String fits = content + " ".repeat(5_120 - content.length());
    assertThatCode(() -> PolicyContents.check(PolicyType.SERVICE_CONTROL_POLICY, fits))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PolicyContents.check(PolicyType.SERVICE_CONTROL_POLICY, fits + " "))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal -> {
              Assertions.assertThat(refusal.code()).isEqualTo("ConstraintViolationException");
              Assertions.assertThat(refusal.members())
                  .isEqualTo(Map.of("Reason", "POLICY_CONTENT_LIMIT_EXCEEDED"));
            });
  }

  private static void refused(PolicyType type, String content) {
    assertThatThrownBy(() -> PolicyContents.check(type, content))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refusal ->
                Assertions.assertThat(refusal.code())
                    .isEqualTo("MalformedPolicyDocumentException"));
  }
}
