package dev.sekisho.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.waf.regex.PatternRefused;
import dev.sekisho.waf.regex.PatternSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Whatever a pattern is, it is refused or looks through whatever text there is. */
class PatternSetFuzzTest {

  /** As long as a pattern of WAF may be. */
  private static final int LONGEST = 512;

  @FuzzTest(maxDuration = "1m")
  void isRefusedOrLooks(byte[] input) {
    int end = Math.min(input.length, LONGEST);
    String pattern = new String(input, 0, end, StandardCharsets.UTF_8);
    try {
      PatternSet.of(List.of(pattern)).found(Arrays.copyOfRange(input, end / 2, input.length));
    } catch (PatternRefused refused) {
      // The one way to say no.
    }
  }
}
