package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyValidatorTest {

  private static final String GOOD =
      """
      {"Version":"2012-10-17","Statement":{"Sid":"a","Effect":"Allow","Action":["s3:Get*"],
       "Resource":"arn:aws:s3:::b/${aws:username}","Condition":{"Bool":{"aws:SecureTransport":true}}}}
      """;

  @Test
  void readsScalarsAndListsAlike() {
    PolicyDocument document = PolicyValidator.check(GOOD, PolicyKind.IDENTITY);

    assertThat(document.statements()).hasSize(1);
    assertThat(document.statements().getFirst().conditions().getFirst().values())
        .containsExactly("true");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "not json; This policy contains invalid Json",
        "{}; Policy document must be version 2012-10-17 or greater.",
        "[]; Syntax errors in policy.",
        "{'Version':'2012-10-17'}; Syntax errors in policy.",
        "{'Version':'2011-01-01','Statement':[]}; Syntax errors in policy.",
        "{'Version':'2012-10-17','Version':'2012-10-17'}; This policy contains invalid Json",
        "{'Version':'2012-10-17','Statement':{'Effect':'allow','Action':'s3:*','Resource':'*'}}; Syntax errors in policy.",
        "{'Version':'2012-10-17','Statement':{'Action':'s3:*','Resource':'*'}}; Missing required field Effect",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Resource':'*'}}; Policy statement must contain actions.",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*'}}; Policy statement must contain resources.",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'get','Resource':'*'}}; Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*','Resource':'bucket'}}; Resource bucket must be in ARN format or \"*\".",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}}; Policy document should not specify a principal.",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*','Condition':{'Same':{'aws:a':'b'}}}}; Invalid Condition type : Same.",
        "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Action':'s3:*','NotAction':'s3:*','Resource':'*'}}; Syntax errors in policy."
      })
  void saysWhatIsWrong(String document, String message) {
    assertThatThrownBy(
            () -> PolicyValidator.check(document.replace('\'', '"'), PolicyKind.IDENTITY))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'; A resource control policy can only have the effect Deny.",
        "'Effect':'Deny','Principal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'*'; The principal of a resource control policy must be \"*\".",
        "'Effect':'Deny','NotPrincipal':'*','Action':'s3:*','Resource':'*'; The principal of a resource control policy must be \"*\".",
        "'Effect':'Deny','Principal':'*','NotAction':'s3:*','Resource':'*'; A resource control policy cannot have NotAction.",
        "'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'; The actions of a resource control policy must name their service.",
        "'Effect':'Deny','Action':'s3:*','Resource':'*'; Missing required field Principal",
        "'Effect':'Deny','Principal':'*','Action':'s3:*'; Policy statement must contain resources."
      })
  void aResourceControlPolicyOnlyDeniesEverybodyNamedActions(String statement, String message) {
    String start = "{\"Version\":\"2012-10-17\",\"Statement\":{";
    PolicyValidator.check(
        start + "\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}",
        PolicyKind.RESOURCE_CONTROL);
    assertThatThrownBy(() ->
            PolicyValidator.check(
                start + statement.replace('\'', '"') + "}}", PolicyKind.RESOURCE_CONTROL))
        .isInstanceOf(MalformedPolicyException.class)
        .hasMessage(message);
  }

  @Test
  void aServiceControlPolicyHasThePresentVersionAndNoPrincipal() {
    PolicyValidator.check(GOOD, PolicyKind.SERVICE_CONTROL);
    for (PolicyKind kind :
        new PolicyKind[] {PolicyKind.SERVICE_CONTROL, PolicyKind.RESOURCE_CONTROL}) {
      assertThatThrownBy(
              () -> PolicyValidator.check(GOOD.replace("2012-10-17", "2008-10-17"), kind))
          .hasMessage("Policy document must be version 2012-10-17 or greater.");
    }
    assertThatThrownBy(() ->
            PolicyValidator.check(
                GOOD.replace("\"Action\"", "\"Principal\":\"*\",\"Action\""),
                PolicyKind.SERVICE_CONTROL))
        .hasMessage("Policy document should not specify a principal.");
  }

  @Test
  void aTrustPolicyHasAPrincipalAndNoResource() {
    String start = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",";
    String action = "\"Action\":\"sts:AssumeRole\"";
    assertThat(
            PolicyValidator.check(
                    start + "\"Principal\":{\"AWS\":\"123456789012\"}," + action + "}}",
                    PolicyKind.TRUST)
                .statements())
        .hasSize(1);
    assertThatThrownBy(() -> PolicyValidator.check(start + action + "}}", PolicyKind.TRUST))
        .hasMessage("Missing required field Principal");
    assertThatThrownBy(() ->
            PolicyValidator.check(
                start + "\"Principal\":\"*\",\"Resource\":\"*\"," + action + "}}",
                PolicyKind.TRUST))
        .hasMessage("Has prohibited field Resource");
  }

  @Test
  void arbitraryChangesNeverThrowAnythingElse() {
    Random random = new Random(5);
    byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = good.clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(96) + 32);
      }
      try {
        CompiledPolicy.of(
            "x",
            PolicyValidator.check(new String(bytes, StandardCharsets.UTF_8), PolicyKind.IDENTITY));
        accepted++;
      } catch (MalformedPolicyException expected) {
        assertThat(expected.message()).isNotEmpty();
      }
    }
    assertThat(accepted).isPositive();
  }
}
