package dev.sekisho.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sekisho.waf.ip.Address;
import dev.sekisho.waf.ip.Cidr;
import dev.sekisho.waf.text.TextTransformation;
import java.nio.charset.StandardCharsets;

/** Whatever a request brings, what a rule does with it first never fails. */
class TextTransformationFuzzTest {

  private static final int LONGEST = 65_536;

  @FuzzTest(maxDuration = "1m")
  void everyValueIsTransformed(byte[] value) {
    byte[] chained = value;
    for (TextTransformation each : TextTransformation.values()) {
      byte[] once = each.apply(value);
      assertThat(once.length)
          .isLessThanOrEqualTo(
              Math.max(
                  TextTransformation.GROWTH * value.length, TextTransformation.LONGEST_DIGEST));
      chained = chained.length < LONGEST ? each.apply(chained) : value;
    }
  }

  @FuzzTest(maxDuration = "1m")
  void everyAddressIsReadOrNone(byte[] value) {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    Address.parse(text).ifPresent(address -> assertThat(text).doesNotContain("/"));
    Cidr.parse(text)
        .ifPresent(block -> assertThat(block.first().six()).isEqualTo(block.last().six()));
  }
}
