package dev.sekisho.kms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GrantLimitsTest {

  private static final GrantLimits NONE = new GrantLimits(Map.of(), Map.of(), null);

  @Test
  void withoutLimitsEveryContextIsAdmitted() {
    assertThat(NONE.admit("Encrypt", context(Map.of()))).isTrue();
    assertThat(NONE.admit("Encrypt", context(Map.of("a", "1")))).isTrue();
  }

  @Test
  void exactlyMeansThisContextAndNoOther() {
    GrantLimits limits = new GrantLimits(Map.of("a", "1", "b", "2"), Map.of(), null);

    assertThat(limits.admit("Decrypt", context(Map.of("b", "2", "a", "1")))).isTrue();
    assertThat(limits.admit("Decrypt", context(Map.of("a", "1")))).isFalse();
    assertThat(limits.admit("Decrypt", context(Map.of("a", "1", "b", "2", "c", "3")))).isFalse();
    assertThat(limits.admit("Decrypt", context(Map.of("a", "1", "b", "3")))).isFalse();
    assertThat(limits.admit("Decrypt", context(Map.of("a", "1", "B", "2")))).isFalse();
    assertThat(limits.admit("Decrypt", context(Map.of()))).isFalse();
  }

  @Test
  void atLeastMeansThesePairsAndWhateverElse() {
    GrantLimits limits = new GrantLimits(Map.of(), Map.of("a", "1"), null);

    assertThat(limits.admit("ReEncryptTo", context(Map.of("a", "1", "c", "3")))).isTrue();
    assertThat(limits.admit("ReEncryptTo", context(Map.of("c", "3")))).isFalse();
  }

  @Test
  void operationsWithoutAContextAreNotBoundByOne() {
    GrantLimits limits = new GrantLimits(Map.of("a", "1"), Map.of(), null);

    assertThat(limits.admit("DescribeKey", Map.of())).isTrue();
    assertThat(limits.admit("GenerateDataKeyPair", Map.of())).isFalse();
  }

  @Test
  void aSourceIsNeededWhereOneIsNamed() {
    String arn = "arn:aws:s3:::bucket";
    GrantLimits limits = new GrantLimits(Map.of(), Map.of(), arn);

    assertThat(limits.admit("DescribeKey", Map.of())).isFalse();
    assertThat(limits.admit("DescribeKey", Map.of("aws:SourceArn", List.of(arn)))).isTrue();
  }

  @Test
  void whatIsPassedOnIsNeverWider() {
    Random random = new Random(5);
    int covered = 0;
    for (int i = 0; i < 50_000; i++) {
      GrantLimits wide = limits(random);
      GrantLimits narrow = limits(random);
      if (wide.cover(narrow)) {
        covered++;
        for (int j = 0; j < 8; j++) {
          Map<String, List<String>> conditions = context(pairs(random));
          assertThat(!narrow.admit("Encrypt", conditions) || wide.admit("Encrypt", conditions))
              .as("%s covers %s but not under %s", wide, narrow, conditions)
              .isTrue();
        }
      }
    }
    assertThat(covered).isGreaterThan(1_000);
  }

  private static GrantLimits limits(Random random) {
    return new GrantLimits(
        random.nextBoolean() ? Map.of() : pairs(random),
        random.nextBoolean() ? Map.of() : pairs(random),
        null);
  }

  private static Map<String, String> pairs(Random random) {
    Map<String, String> pairs = new HashMap<>();
    for (String key : List.of("a", "b", "c")) {
      if (random.nextBoolean()) {
        pairs.put(key, random.nextBoolean() ? "1" : "2");
      }
    }
    return pairs;
  }

  private static Map<String, List<String>> context(Map<String, String> context) {
    return KeyAccess.encryption(context, "SYMMETRIC_DEFAULT");
  }
}
