package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.policy.MalformedPolicyException;
import dev.sekisho.policy.PolicyKind;
import dev.sekisho.policy.PolicyParser;
import dev.sekisho.policy.PolicyValidator;
import java.nio.charset.StandardCharsets;

/** A policy is parsed and checked, or refused with a reason. */
class PolicyFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void isParsedOrRefused(byte[] policy) {
    String text = new String(policy, StandardCharsets.UTF_8);
    try {
      PolicyParser.parse(text);
      for (PolicyKind kind : PolicyKind.values()) {
        PolicyValidator.check(text, kind);
      }
    } catch (MalformedPolicyException refused) {
      if (refused.getMessage() == null) {
        throw new AssertionError("a refusal says why", refused);
      }
    }
  }
}
