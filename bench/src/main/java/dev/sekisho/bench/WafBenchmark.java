package dev.sekisho.bench;

import dev.sekisho.waf.ip.Address;
import dev.sekisho.waf.ip.AddressSet;
import dev.sekisho.waf.ip.Cidr;
import dev.sekisho.waf.regex.PatternRefused;
import dev.sekisho.waf.regex.PatternSet;
import dev.sekisho.waf.text.TextTransformation;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What rules do with a value of 1 KB that is no attack: decode it, look for patterns, look up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WafBenchmark {

  private static final int BLOCKS = 1_000_000;
  private static final long BETWEEN = 4_096;

  private static final List<String> PATTERNS =
      List.of(
          "(?i)\\bunion\\b.{1,100}?\\bselect\\b",
          "(?i)<script[^>]*>",
          "(?i)\\bon(?:error|load|click|focus)\\s*=",
          "(?:\\.\\./){2,}",
          "(?i)/etc/(?:passwd|shadow|group)",
          "(?i)\\b(?:and|or)\\b\\s+\\d+\\s*=\\s*\\d+",
          "\\$\\{jndi:(?:ldap|rmi|dns)",
          "(?i)\\b(?:sleep|benchmark|pg_sleep)\\s*\\(",
          "(?i)javascript\\s*:",
          "[;|`]\\s*(?:cat|wget|curl|nc)\\b");

  private byte[] value = {};
  private String text = "";
  private PatternSet patterns;
  private List<Pattern> oneByOne = List.of();
  private AddressSet addresses;
  private long next;

  @Setup
  public void prepare() throws PatternRefused {
    text =
        "comment=The%20quick%20brown%20fox%2C+jumps+over+13%25+of+the+lazy+dogs&page=12&"
            .repeat(13);
    value = text.getBytes(StandardCharsets.ISO_8859_1);
    patterns = PatternSet.of(PATTERNS);
    oneByOne = PATTERNS.stream().map(Pattern::compile).toList();
    addresses =
        AddressSet.of(
            IntStream.range(0, BLOCKS)
                .mapToObj(i -> new Address(false, 0, i * BETWEEN))
                .map(address -> new Cidr(address, address))
                .toList());
  }

  @Benchmark
  public byte[] decodeTwiceAndLower() {
    return TextTransformation.LOWERCASE.apply(
        TextTransformation.URL_DECODE_UNI.apply(TextTransformation.URL_DECODE_UNI.apply(value)));
  }

  @Benchmark
  public BitSet tenPatternsAtOnce() {
    return patterns.found(value);
  }

  /** The reference, which an attacker can make slow. */
  @Benchmark
  public int tenPatternsOneByOneByJava() {
    int found = 0;
    for (Pattern each : oneByOne) {
      found += each.matcher(text).find() ? 1 : 0;
    }
    return found;
  }

  @Benchmark
  public boolean anAddressAmongAMillionBlocks() {
    next += 0x9e37_79b9_7f4a_7c15L;
    return addresses.contains(new Address(false, 0, next >>> 32));
  }
}
