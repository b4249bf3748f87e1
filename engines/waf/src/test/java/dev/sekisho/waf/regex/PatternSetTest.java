package dev.sekisho.waf.regex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSetTest {

  private static boolean matches(String pattern, String text) throws PatternRefused {
    return PatternSet.of(List.of(pattern)).matches(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "(?i)union\\s+select|1 UnIoN \tSELECT|true",
        "^admin$|admin|true",
        "^admin$|admins|false",
        "a(?i:b)c|aBc|true",
        "a(?i:b)c|aBC|false",
        "(?i)a(?-i)B|aB|true",
        "(?i)a(?-i)B|Ab|false",
        "[[:alpha:]_-]+@[^@]+|me@x|true",
        "[]a]|]|true",
        "[^]a]|]|false",
        "[a\\-z]|-|true",
        "[\\d-]x|-x|true",
        "\\x41\\x{42}\\060|AB0|true",
        "x{2,3}y|axxy|true",
        "^x{2,3}y|xxxxy|false",
        "x{,3}|x{,3}|true",
        "\\Qa.b\\E+|a.bb|true",
        "\\Qa.b\\E|axb|false",
        "(?P<name>a)(?<other>b)|ab|true",
        "(?x) a b # comment|ab|true",
        "a(?#why)b|ab|true",
        "\\bcat\\b|a cat.|true",
        "\\bcat\\b|concat|false",
        "\\Bcat|concat|true",
        "日本+|日本本|true",
        "[^a]|é|true",
        "()|a|true",
        "(a*)*b|aaaa|false",
        "a.c|a/c|true",
      })
  void findsWhatThePatternSays(String pattern, String text, boolean found) throws Exception {
    assertThat(matches(pattern, text)).isEqualTo(found);
  }

  @Test
  void linesAndEnds() throws Exception {
    assertThat(matches("a$", "a\n")).isTrue();
    assertThat(matches("a$", "a\n\n")).isFalse();
    assertThat(matches("a\\z", "a\n")).isFalse();
    assertThat(matches("a\\Z", "a\n")).isTrue();
    assertThat(matches("(?m)^b$", "a\nb\nc")).isTrue();
    assertThat(matches("^b", "a\nb")).isFalse();
    assertThat(matches("a.b", "a\nb")).isFalse();
    assertThat(matches("(?s)a.b", "a\nb")).isTrue();
    assertThat(matches("^$", "")).isTrue();
    assertThat(matches("", "a")).isTrue();
    assertThat(matches("a", "")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "a)",
        "(a",
        "[a",
        "[z-a]",
        "*",
        "a**",
        "a*+",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?>a)",
        "(a)\\1",
        "\\103",
        "\\k<a>",
        "(?P=a)",
        "(?R)",
        "\\",
        "a{3,2}",
        "a{1001}",
        "((a{1000}){1000}){1000}",
        "\\p{L}",
        "\\x{100}",
        "[日]",
        "[[:none:]]",
        "(?z)",
        "\\G",
        "\\K",
        "\\C"
      })
  void whatIsNoRegularExpressionIsRefused(String pattern) {
    assertThatThrownBy(() -> PatternSet.of(List.of(pattern))).isInstanceOf(PatternRefused.class);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "(".repeat(10_000) + ")".repeat(10_000);

    assertThatThrownBy(() -> PatternSet.of(List.of(deep))).isInstanceOf(PatternRefused.class);
  }

  private static String randomPattern(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 13)) {
      case 0 -> "a";
      case 1 -> "b";
      case 2 -> "[ab]";
      case 3 -> "[^a]";
      case 4 -> ".";
      case 5 -> List.of("^", "$", "\\b", "\\B", "\\z", "\\A").get(random.nextInt(6));
      case 6 -> "\\w";
      case 7 -> " ";
      case 8 -> "(?:" + randomPattern(random, depth - 1) + ")*";
      case 9 -> "(?:" + randomPattern(random, depth - 1) + "){1,3}";
      case 10 ->
          "(" + randomPattern(random, depth - 1) + "|" + randomPattern(random, depth - 1) + ")";
      default -> randomPattern(random, depth - 1) + randomPattern(random, depth - 1);
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append("ab \n".charAt(random.nextInt(4)));
    }
    return text.toString();
  }

  /** Java's own engine goes back in a text, which for short ones does no harm. */
  @Test
  void findsWhatAnEngineThatGoesBackFinds() throws Exception {
    Random random = new Random(20_261_125);
    for (int i = 0; i < 4_000; i++) {
      String pattern = randomPattern(random, 4);
      PatternSet set = PatternSet.of(List.of(pattern));
      Pattern reference = Pattern.compile(pattern, Pattern.UNIX_LINES);
      for (int look = 0; look < 5; look++) {
        String text = randomText(random);
        assertThat(set.matches(text.getBytes(ISO_8859_1)))
            .as("%s in %s", pattern, text)
            .isEqualTo(reference.matcher(text).find());
      }
    }
  }

  @Test
  void manyPatternsFindWhatEachFinds() throws Exception {
    Random random = new Random(20_261_126);
    for (int i = 0; i < 300; i++) {
      List<String> patterns =
          IntStream.range(0, 1 + random.nextInt(8))
              .mapToObj(_ -> randomPattern(random, 3))
              .toList();
      PatternSet set = PatternSet.of(patterns);
      for (int look = 0; look < 5; look++) {
        byte[] text = randomText(random).getBytes(ISO_8859_1);
        BitSet each = new BitSet();
        for (int number = 0; number < patterns.size(); number++) {
          each.set(number, PatternSet.of(List.of(patterns.get(number))).matches(text));
        }
        assertThat(set.found(text)).as("%s", patterns).isEqualTo(each);
      }
    }
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "(a*)*b",
        "(a|aa)+$b",
        "(a|a)*c",
        "(.*)*x",
        "(a+)+$b",
        "([ab]|a)*[ab]{12}c",
        "(?:a?){100}a{100}b"
      })
  void noPatternGoesBack(String pattern) throws Exception {
    PatternSet set = PatternSet.of(List.of(pattern));
    Random random = new Random(20_261_127);
    byte[] text = new byte[65_536];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (random.nextInt(3) == 0 ? 'b' : 'a');
    }
    assertThat(set.matches("a".repeat(65_536).getBytes(ISO_8859_1))).isFalse();
    set.matches(text);
  }
}
