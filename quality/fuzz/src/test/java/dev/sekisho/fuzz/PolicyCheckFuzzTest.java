package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.policy.check.FindingLanguage;
import dev.sekisho.policy.check.Location;
import dev.sekisho.policy.check.PolicyChecker;
import dev.sekisho.policy.check.PolicyFinding;
import dev.sekisho.policy.check.PolicyTarget;
import dev.sekisho.policy.check.TargetGuess;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever the text, its findings are told and point into it. */
class PolicyCheckFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void isCheckedWithoutFail(byte[] policy) {
    String text = new String(policy, StandardCharsets.UTF_8);
    for (PolicyTarget target :
        List.of(
            TargetGuess.of(text),
            PolicyTarget.TRUST,
            PolicyTarget.SERVICE_CONTROL,
            PolicyTarget.RESOURCE_CONTROL)) {
      for (PolicyFinding finding : PolicyChecker.check(text, target)) {
        if (finding.details(FindingLanguage.JAPANESE).isEmpty()) {
          throw new AssertionError("a finding says what it is");
        }
        for (Location location : finding.locations()) {
          int start = location.span().start().offset();
          int end = location.span().end().offset();
          if (start < 0 || start > end || end > text.length()) {
            throw new AssertionError("a finding points into the text");
          }
        }
      }
    }
  }
}
