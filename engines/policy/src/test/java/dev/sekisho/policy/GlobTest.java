package dev.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  private static final ContextKeys NOTHING = _ -> null;

  /** The definition, spelled out; slow, and so only for short texts. */
  private static boolean defined(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    return switch (pattern.charAt(0)) {
      case '*' ->
          defined(pattern.substring(1), text)
              || (!text.isEmpty() && defined(pattern, text.substring(1)));
      case '?' -> !text.isEmpty() && defined(pattern.substring(1), text.substring(1));
      default ->
          !text.isEmpty()
              && text.charAt(0) == pattern.charAt(0)
              && defined(pattern.substring(1), text.substring(1));
    };
  }

  @Test
  void agreesWithTheDefinitionOnRandomPatterns() {
    Random random = new Random(11);
    int matched = 0;
    for (int i = 0; i < 200_000; i++) {
      String pattern = random(random, "ab*?\n", 7);
      String text = random(random, "ab\n", 8);
      boolean matches = Glob.of(pattern, true, false).matches(text, NOTHING);
      assertThat(matches).as("%s on %s", pattern, text).isEqualTo(defined(pattern, text));
      matched += matches ? 1 : 0;
    }
    assertThat(matched).isGreaterThan(10_000);
  }

  @Test
  void aHostilePatternCostsBoundedTime() {
    Glob glob = Glob.of("*a".repeat(5_000) + "b", true, false);
    String text = "a".repeat(20_000);

    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(glob.matches(text, NOTHING)).isFalse());
  }

  @ParameterizedTest
  @CsvSource({
    "'home/${aws:username}/*', 'home/ann/x', true",
    "'home/${aws:username}/*', 'home/bob/x', false",
    "'${AWS:UserName}', 'ann', true",
    "'${missing}', '${missing}', false",
    "'${missing, ''guest''}', 'guest', true",
    "'a${*}b', 'a*b', true",
    "'a${*}b', 'axb', false",
    "'${star}', '*', true",
    "'${star}', 'anything', false",
    "'${$}x', '$x', true",
    "'${unclosed', '${unclosed', true"
  })
  void replacesVariablesLiterally(String pattern, String text, boolean expected) {
    ContextKeys context =
        key -> Map.of("aws:username", List.of("ann"), "star", List.of("*")).get(key);

    assertThat(Glob.of(pattern, true, true).matches(text, context)).isEqualTo(expected);
  }

  @Test
  void inOldDocumentsVariablesArePlainText() {
    assertThat(Glob.of("${aws:username}", true, false).matches("${aws:username}", NOTHING))
        .isTrue();
  }

  private static String random(Random random, String alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
