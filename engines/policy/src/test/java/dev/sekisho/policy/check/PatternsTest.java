package dev.sekisho.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When one pattern covers another. */
class PatternsTest {

  @ParameterizedTest
  @CsvSource({
    "*, *, true",
    "*, a, true",
    "a, *, false",
    "a, ?, false",
    "?, ?, true",
    "?, *, false",
    "iam:Get*, iam:GetUser, true",
    "iam:Get*, iam:Get*Report, true",
    "iam:*Report, iam:Get*, false",
    "a*b, a*c*b, true",
    "a*b, a*, false",
    "*a*, bab, true"
  })
  void covers(String general, String specific, boolean covers) {
    assertThat(Patterns.covers(general, specific, false)).isEqualTo(covers);
  }

  @Test
  void ignoresCaseWhereAsked() {
    assertThat(Patterns.covers("IAM:*", "iam:getuser", true)).isTrue();
    assertThat(Patterns.covers("IAM:*", "iam:getuser", false)).isFalse();
  }

  private static String pattern(Random random, String letters) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(7);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static boolean matches(String pattern, String text) {
    return Pattern.matches(pattern.replace("*", ".*").replace("?", "."), text);
  }

  /** Never says that it covers what has a text of its own. */
  @Test
  void isNeverWrong() {
    Random random = new Random(31);
    int covered = 0;
    for (int round = 0; round < 200_000; round++) {
      String general = pattern(random, "ab*?");
      String specific = pattern(random, "ab*?");
      if (Patterns.covers(general, specific, false)) {
        covered++;
        String text = specific.replace("*", pattern(random, "ab")).replace("?", "a");
        assertThat(matches(general, text)).as("%s %s %s", general, specific, text).isTrue();
      }
    }
    assertThat(covered).isGreaterThan(1_000);
  }
}
