package dev.sekisho.wire.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Operation;
import dev.sekisho.contract.ServiceModel;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.contract.accessanalyzer.AccessAnalyzerModel;
import dev.sekisho.contract.cloudtrail.CloudTrailModel;
import dev.sekisho.contract.ec2.Ec2Model;
import dev.sekisho.contract.iam.IamModel;
import dev.sekisho.contract.kms.KmsModel;
import dev.sekisho.contract.sts.StsModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value of a request makes a pattern of the model try again and again. */
class PatternsTest {

  /** Looked at this often, a character was not looked at again and again. */
  private static final long LOOKS = 16;

  /** What a value may be long at most where the model says nothing: the body's limit. */
  private static final int LONGEST = 1 << 20;

  private static final List<String> PIECES =
      List.of("a", "/", "/a", "//", "a-", "A0_", "=", ".", ":", "1", " ", "\u00e9", "v1.", "-");
  private static final List<String> ENDS = List.of("", "\u0000", "\uffff", "!", "\n");

  private static final List<ServiceModel<?>> SERVICES =
      List.of(
          AccessAnalyzerModel.SERVICE,
          CloudTrailModel.SERVICE,
          Ec2Model.SERVICE,
          IamModel.SERVICE,
          KmsModel.SERVICE,
          StsModel.SERVICE);

  /** Every shape with a pattern that a served operation takes. */
  static Stream<Shape.StringShape> shapes() {
    Map<String, Shape.StringShape> found = new TreeMap<>();
    Map<String, Shape> seen = new TreeMap<>();
    for (ServiceModel<?> service : SERVICES) {
      for (Operation<?, ?, ?> operation : service.operations().values()) {
        collect(service.id() + '.', operation.input(), seen, found);
      }
    }
    return found.values().stream();
  }

  private static void collect(
      String prefix, Shape shape, Map<String, Shape> seen, Map<String, Shape.StringShape> found) {
    if (seen.putIfAbsent(prefix + shape.name(), shape) != null) {
      return;
    }
    switch (shape) {
      case StructureShape<?> structure ->
          structure.members().forEach(member -> collect(prefix, member.shape(), seen, found));
      case Shape.ListShape list -> collect(prefix, list.element().get(), seen, found);
      case Shape.MapShape map -> {
        collect(prefix, map.key().get(), seen, found);
        collect(prefix, map.value().get(), seen, found);
      }
      case Shape.StringShape string when string.pattern() != null ->
          found.put(prefix + shape.name(), string);
      default -> {}
    }
  }

  @Test
  void thereArePatternsToTry() {
    assertThat(shapes()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void looksAtEachCharacterAFewTimesOnly(Shape.StringShape shape) {
    Pattern pattern = Pattern.compile(shape.pattern().source());
    Long max = shape.length().max();
    int length = max == null ? LONGEST : (int) Math.min(max, LONGEST);
    for (String piece : PIECES) {
      for (String end : ENDS) {
        String start = piece.repeat(length / piece.length() + 1).substring(0, length);
        String hostile = start.substring(0, Math.max(0, length - end.length())) + end;
        Counted counted = new Counted(hostile);

        boolean matched = pattern.matcher(counted).matches();

        assertThat(counted.looks).isLessThan(LOOKS * (length + 16));
        assertThat(shape.pattern().matches(hostile)).isEqualTo(matched);
      }
    }
  }

  @Test
  void theCountFindsABadPattern() {
    Counted counted = new Counted("a".repeat(60));

    assertThat(Pattern.compile(".*.*.*.*!").matcher(counted).matches()).isFalse();
    assertThat(counted.looks).isGreaterThan(LOOKS * (60 + 16));
  }

  /** A text that knows how often it was looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
