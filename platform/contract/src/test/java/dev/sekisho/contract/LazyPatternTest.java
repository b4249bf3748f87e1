package dev.sekisho.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Shape.LazyPattern;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns match whole values, and none takes long over any. */
class LazyPatternTest {

  @ParameterizedTest
  @CsvSource({
    "[\\w]+, abc_1, true",
    "[\\w]+, abc-1, false",
    "[\\w]+, 'abc\n', false",
    "^[a-z]+$, abc, true",
    "(?!aws:)[a-z:]+, aws:x, false",
    "(?!aws:)[a-z:]+, a:x, true"
  })
  void wholeValueMustMatch(String pattern, String value, boolean matches) {
    assertThat(new LazyPattern(pattern).matches(value)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+",
        "([a-z]*)*b",
        "(a|aa)+",
        "(.*)(.*)(.*)(.*)(.*)b",
        "(a*)*\\1b",
        "(.*a){20}"
      })
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  void hostileValueEndsSoon(String pattern) {
    for (int length : new int[] {40, 1_000, 100_000, 1 << 20}) {
      assertThat(new LazyPattern(pattern).matches("a".repeat(length) + '!')).isFalse();
    }
  }

  @Test
  void longGoodValueMatches() {
    String value = "\u00e9a".repeat(1 << 19);

    assertThat(new LazyPattern("[\\p{L}]+").matches(value)).isTrue();
    assertThat(new LazyPattern("[a-z]*\\u00e9?.*").matches(value)).isTrue();
  }
}
