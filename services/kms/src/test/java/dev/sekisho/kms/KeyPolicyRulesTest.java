package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Call;
import dev.sekisho.core.Principal;
import dev.sekisho.core.ServiceException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyPolicyRulesTest {

  private static final Principal ALICE =
      new Principal.User(KmsFixture.ACCOUNT, "/", "alice", "AIDAALICEALICEALICEAL");
  private static final String LOCKED_OUT =
      "The new key policy will not allow you to update the key policy in the future.";

  @TempDir private Path folder;
  private KmsFixture fixture;

  @BeforeEach
  void open() {
    fixture = new KmsFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theDefaultPolicyLetsEveryoneOfTheAccountGoOn() {
    assertThatCode(() -> check(DefaultKeyPolicy.of(KmsFixture.ACCOUNT), false))
        .doesNotThrowAnyException();
    fixture.as(ALICE);
    assertThatCode(() -> check(DefaultKeyPolicy.of(KmsFixture.ACCOUNT), false))
        .doesNotThrowAnyException();
  }

  @Test
  void whoNamesItselfMayGoOn() {
    fixture.as(ALICE);
    assertThatCode(() -> check(allow("arn:aws:iam::111122223333:user/alice", "kms:*"), false))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::111122223333:user/bob, kms:*",
    "arn:aws:iam::111122223333:user/alice, kms:Encrypt",
    "arn:aws:iam::444455556666:root, kms:*"
  })
  void whoLocksItselfOutIsStoppedUnlessItInsists(String principal, String action) {
    fixture.as(ALICE);
    String policy = allow(principal, action);

    assertThatThrownBy(() -> check(policy, false))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("MalformedPolicyDocumentException"))
        .hasMessage(LOCKED_OUT);
    assertThatCode(() -> check(policy, true)).doesNotThrowAnyException();
  }

  @Test
  void evenRootCanLockItselfOut() {
    assertThatThrownBy(() -> check(allow("arn:aws:iam::111122223333:user/bob", "kms:*"), false))
        .hasMessage(LOCKED_OUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | This policy contains invalid Json",
        "{\"Version\":\"2012-10-17\"} | Syntax errors in policy.",
        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"AWS\":\"nobody\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]} |"
            + " Policy contains a statement with one or more invalid principals.",
      })
  void whatIsNotAPolicyIsRefusedEvenWithoutTheSafetyCheck(String policy, String message) {
    assertThatThrownBy(() -> check(policy, true))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("MalformedPolicyDocumentException"))
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"arn:aws:iam::111122223333:user/nobody", "arn:aws:iam::444455556666:role/nobody"})
  void whoeverIsNamedMustBeThere(String principal) {
    assertThatThrownBy(() -> check(allow(principal, "kms:*"), true))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("MalformedPolicyDocumentException"))
        .hasMessage("Policy contains a statement with one or more invalid principals.");
  }

  @Test
  void aPolicyIsBounded() {
    String policy = DefaultKeyPolicy.of(KmsFixture.ACCOUNT);
    String padded = policy + " ".repeat(32_769 - policy.length());

    assertThatThrownBy(() -> check(padded, false))
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> assertThat(error.code()).isEqualTo("LimitExceededException"));
  }

  private void check(String policy, boolean bypass) {
    Call<String> call = fixture.call("");
    KeyName key =
        new KeyName(KmsFixture.ACCOUNT, "us-east-1", "134f2428-cec1-4b25-a1ae-9048164dba47");
    new KeyPolicyRules(arn -> !arn.resource().contains("nobody"))
        .check(call, key, Map.of(), policy, bypass);
  }

  private static String allow(String principal, String action) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
        + "{\"AWS\":\""
        + principal
        + "\"},\"Action\":\""
        + action
        + "\",\"Resource\":\"*\"}]}";
  }
}
