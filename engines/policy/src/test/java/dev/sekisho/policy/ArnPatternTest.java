package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArnPatternTest {

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::b/k, arn:aws:s3:::b/k, true",
    "arn:aws:s3:::b/*, arn:aws:s3:::b/k:with:colons, true",
    "arn:aws:s3:::*, arn:aws:s3:::b, true",
    "arn:aws:s3*, arn:aws:s3:::b/k, true",
    "arn:aws:s3*, arn:aws:sqs:::q, false",
    "arn:*:s3:::b, arn:aws:s3:::b, true",
    "arn:aws:*:b, arn:aws:s3:::b, false",
    "arn:aws:kms:us-*:1:key/?, arn:aws:kms:us-east-1:1:key/a, true",
    "arn:aws:kms:us-*:1:key/?, arn:aws:kms:us-east-1:1:key/ab, false",
    "arn:aws:iam::1:user/x, arn:aws:iam::1:user/X, false",
    "arn:aws:iam::1:user/x, not-an-arn, false",
    "arn:aws:iam::1, arn:aws:iam::1:user/x, false",
    "arn:aws:iam::1:a:b, arn:aws:iam::1:a:b, true"
  })
  void fieldsAreMatchedOneByOne(String pattern, String arn, boolean matches) {
    assertThat(ArnPattern.of(pattern, true).matches(arn, _ -> null)).isEqualTo(matches);
  }

  /** By the plain meaning: split both, then hold field against field. */
  @Test
  void randomArnsMatchAsTheirFieldsDo() {
    Random random = new Random(7);
    String[] pieces = {"a", "b", "*", "?", ":", "", "ab"};
    int matched = 0;
    for (int i = 0; i < 50_000; i++) {
      String pattern = text(random, pieces, 12);
      String arn = text(random, pieces, 12).replace('*', 'a').replace('?', 'b');
      boolean expected = plainly(pattern, arn);
      assertThat(ArnPattern.of(pattern, false).matches(arn, _ -> null))
          .as("%s on %s", pattern, arn)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isGreaterThan(500);
  }

  private static boolean plainly(String pattern, String arn) {
    if (!pattern.isEmpty() && pattern.chars().allMatch(c -> c == '*')) {
      return true;
    }
    String[] wanted = pattern.split(":", 6);
    if (wanted.length < 6 && pattern.endsWith("*")) {
      pattern = pattern + ":*".repeat(6 - wanted.length);
      wanted = pattern.split(":", 6);
    }
    String[] given = arn.split(":", 6);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!Glob.of(wanted[i], true, false).matches(given[i], _ -> null)) {
        return false;
      }
    }
    return true;
  }

  private static String text(Random random, String[] pieces, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
