package dev.sekisho.wire.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.Range;
import dev.sekisho.contract.Structure;
import dev.sekisho.contract.StructureShape;
import dev.sekisho.contract.iam.CreateUserRequest;
import dev.sekisho.contract.iam.UpdateAccessKeyRequest;
import dev.sekisho.contract.kms.CreateKeyRequest;
import dev.sekisho.contract.kms.EncryptRequest;
import dev.sekisho.contract.kms.GenerateRandomRequest;
import dev.sekisho.contract.kms.Tag;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.probe.Values;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Violations in AWS's words; those marked recorded are what AWS answered. */
class ValidatorTest {

  private record Case(String name, Structure input, ViolationStyle style, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case shown(String name, Structure input, String message) {
    return new Case(
        name, input, ViolationStyle.WITH_VALUE, "1 validation error detected: " + message);
  }

  private static final Shape CODE =
      new Shape.StringShape(
          "Code", Range.of(1L, 8L), new Shape.LazyPattern("[\\w]+"), List.of(), false);
  private static final Shape SENSITIVE =
      new Shape.StringShape("Sensitive", Range.of(1L, 8L), null, List.of(), true);
  private static final StructureShape<Values> PAIR =
      Values.shape("Pair", Member.of("Name", () -> CODE).required().build());
  private static final StructureShape<Values> ALL =
      Values.shape(
          "All",
          Member.of("Code", () -> CODE).build(),
          Member.of("SECRET", () -> SENSITIVE).build(),
          Member.of("Hidden", () -> CODE).sensitive().build(),
          Member.of("Long", () -> new Shape.LongShape("Long", Range.of(5L, null))).build(),
          Member.of("Double", () -> new Shape.DoubleShape("Double", Range.of(null, 9L))).build(),
          Member.of("Float", () -> new Shape.FloatShape("Float", Range.of(1L, 9L))).build(),
          Member.of("Pair", () -> PAIR).build(),
          Member.of("Pairs", () -> list(PAIR)).build(),
          Member.of("Secrets", () -> list(SENSITIVE)).build(),
          Member.of(
                  "Codes",
                  () ->
                      new Shape.MapShape(
                          "Codes", () -> CODE, () -> CODE, "key", "value", false, Range.of(1L, 2L)))
              .build());

  private static Shape list(Shape element) {
    return new Shape.ListShape("List", () -> element, "member", false, Range.of(1L, 2L));
  }

  static Stream<Case> cases() {
    String constraint = "' failed to satisfy constraint: Member must ";
    return Stream.of(
        shown(
            "recorded: number too small",
            GenerateRandomRequest.builder().numberOfBytes(0).build(),
            "Value '0' at 'numberOfBytes" + constraint + "have value greater than or equal to 1"),
        shown(
            "recorded: number too large",
            GenerateRandomRequest.builder().numberOfBytes(1025).build(),
            "Value '1025' at 'numberOfBytes"
                + constraint
                + "have value less than or equal to 1024"),
        shown(
            "recorded: bytes too long, never shown",
            EncryptRequest.builder().keyId("k").plaintext(Blob.of(new byte[4097])).build(),
            "Value at 'plaintext" + constraint + "have length less than or equal to 4096"),
        shown(
            "recorded: text in a list",
            CreateKeyRequest.builder()
                .tags(List.of(Tag.builder().tagKey("a".repeat(129)).tagValue("v").build()))
                .build(),
            "Value '"
                + "a".repeat(129)
                + "' at 'tags.1.member.tagKey"
                + constraint
                + "have length less than or equal to 128"),
        new Case(
            "recorded: value of an enumeration, without the value",
            UpdateAccessKeyRequest.builder()
                .accessKeyId("AKIAIOSFODNN7EXAMPLE")
                .status("fake-status")
                .build(),
            ViolationStyle.WITHOUT_VALUE,
            "1 validation error detected: Value at 'status"
                + constraint
                + "satisfy enum value set"),
        new Case(
            "recorded: pattern, without the value",
            Values.of(ALL, "Code", "a b"),
            ViolationStyle.WITHOUT_VALUE,
            "1 validation error detected: Value at 'code"
                + constraint
                + "satisfy regular expression pattern: [\\w]+"),
        shown(
            "value of an enumeration, with the value",
            CreateKeyRequest.builder().customerMasterKeySpec(null).origin("MARS").build(),
            "Value 'MARS' at 'origin"
                + constraint
                + "satisfy enum value set: [AWS_KMS, EXTERNAL, AWS_CLOUDHSM, EXTERNAL_KEY_STORE]"),
        shown(
            "absent",
            CreateUserRequest.builder().build(),
            "Value null at 'userName" + constraint + "not be null"),
        shown(
            "absent within a list",
            Values.of(ALL, "Pairs", List.of(Values.of(PAIR, "Name", "a"), Values.of(PAIR))),
            "Value null at 'pairs.2.member.name" + constraint + "not be null"),
        shown(
            "absent within a structure",
            Values.of(ALL, "Pair", Values.of(PAIR)),
            "Value null at 'pair.name" + constraint + "not be null"),
        shown(
            "wrong length is not also held against the pattern",
            Values.of(ALL, "Code", ""),
            "Value '' at 'code" + constraint + "have length greater than or equal to 1"),
        shown(
            "sensitive by its shape",
            Values.of(ALL, "SECRET", "a".repeat(9)),
            "Value at 'sECRET" + constraint + "have length less than or equal to 8"),
        shown(
            "sensitive by its member",
            Values.of(ALL, "Hidden", "a b"),
            "Value at 'hidden" + constraint + "satisfy regular expression pattern: [\\w]+"),
        shown(
            "long number",
            Values.of(ALL, "Long", 4L),
            "Value '4' at 'long" + constraint + "have value greater than or equal to 5"),
        shown(
            "number with a fraction, above",
            Values.of(ALL, "Double", 9.5),
            "Value '9.5' at 'double" + constraint + "have value less than or equal to 9"),
        shown(
            "number with a fraction, below",
            Values.of(ALL, "Float", 0.5f),
            "Value '0.5' at 'float" + constraint + "have value greater than or equal to 1"),
        shown(
            "not a number",
            Values.of(ALL, "Float", Float.NaN),
            "Value 'NaN' at 'float" + constraint + "have value greater than or equal to 1"),
        shown(
            "list too short",
            Values.of(ALL, "Pairs", List.of()),
            "Value '[]' at 'pairs" + constraint + "have length greater than or equal to 1"),
        shown(
            "list of what is sensitive, too long",
            Values.of(ALL, "Secrets", List.of("a", "b", "c")),
            "Value at 'secrets" + constraint + "have length less than or equal to 2"),
        shown(
            "map too large",
            Values.of(ALL, "Codes", Map.of("a", "b", "c", "d", "e", "f")),
            "Value at 'codes" + constraint + "have length less than or equal to 2"),
        shown(
            "key of a map",
            Values.of(ALL, "Codes", Map.of("a b", "c")),
            "Value at 'codes' failed to satisfy constraint: Map keys must satisfy constraint:"
                + " [Member must satisfy regular expression pattern: [\\w]+]"),
        shown(
            "value of a map",
            Values.of(ALL, "Codes", Map.of("a", "")),
            "Value at 'codes' failed to satisfy constraint: Map value must satisfy constraint:"
                + " [Member must have length greater than or equal to 1]"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isReportedInAwsWords(Case each) {
    assertThat(Validator.check(each.input(), each.style())).isEqualTo(each.message());
  }

  @Test
  void allViolationsAreInOneMessage() {
    assertThat(
            Validator.check(
                Values.of(ALL, "Code", "a b", "Long", 1L, "Pair", Values.of(PAIR)),
                ViolationStyle.WITH_VALUE))
        .isEqualTo(
            "3 validation errors detected: Value 'a b' at 'code' failed to satisfy constraint:"
                + " Member must satisfy regular expression pattern: [\\w]+; Value '1' at 'long'"
                + " failed to satisfy constraint: Member must have value greater than or equal to"
                + " 5; Value null at 'pair.name' failed to satisfy constraint: Member must not be"
                + " null");
  }

  @Test
  void manyViolationsAndLongValuesDoNotMakeALongMessage() {
    Shape any = new Shape.ListShape("Any", () -> CODE, "member", false, Range.NONE);
    StructureShape<Values> shape = Values.shape("S", Member.of("Any", () -> any).build());
    String bad = "!".repeat(8);

    assertThat(
            Validator.check(
                Values.of(shape, "Any", Collections.nCopies(10_000, bad)),
                ViolationStyle.WITH_VALUE))
        .startsWith("20 validation errors detected: Value '!!!!!!!!' at 'any.1.member' failed")
        .hasSizeLessThan(4_000);
    assertThat(
            Validator.check(Values.of(ALL, "Code", "a".repeat(1 << 20)), ViolationStyle.WITH_VALUE))
        .hasSizeLessThan(200);
  }

  @Test
  void lengthsAreCountedInCharactersNotInJavasHalves() {
    String eight = "\ud83d\ude00".repeat(8);
    StructureShape<Values> shape =
        Values.shape(
            "S",
            Member.of(
                    "Text",
                    () -> new Shape.StringShape("T", Range.of(1L, 8L), null, List.of(), false))
                .build());

    assertThat(Validator.check(Values.of(shape, "Text", eight), ViolationStyle.WITH_VALUE))
        .isNull();
    assertThat(Validator.check(Values.of(shape, "Text", eight + "a"), ViolationStyle.WITH_VALUE))
        .contains("less than or equal to 8");
  }

  @Test
  void whatIsGoodHasNoMessage() {
    assertThat(
            Validator.check(
                Values.of(
                    ALL,
                    "Code",
                    "a_1",
                    "Long",
                    5L,
                    "Double",
                    9.0,
                    "Float",
                    1f,
                    "Pairs",
                    List.of(Values.of(PAIR, "Name", "x")),
                    "Codes",
                    Map.of("k", "v")),
                ViolationStyle.WITH_VALUE))
        .isNull();
  }
}
