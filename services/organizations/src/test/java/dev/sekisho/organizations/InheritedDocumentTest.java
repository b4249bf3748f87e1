package dev.sekisho.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents are merged down the tree by their operators. */
class InheritedDocumentTest {

  private static String tag(String settings) {
    return "{\"tags\":{\"CostCenter\":" + settings + "}}";
  }

  private static String merge(String... levels) {
    return InheritedDocument.merge(
        PolicyType.TAG_POLICY, List.of(levels).stream().map(List::of).toList());
  }

  @Test
  void oneDocumentLosesItsOperators() {
    assertThat(
            merge(
                tag(
                    "{\"tag_key\":{\"@@assign\":\"CostCenter\"},"
                        + "\"tag_value\":{\"@@assign\":[\"100\",\"200\"]}}")))
        .isEqualTo(
            "{\"tags\":{\"costcenter\":{\"tag_key\":\"CostCenter\","
                + "\"tag_value\":[\"100\",\"200\"]}}}");
  }

  @Test
  void belowValuesAreReplacedAddedAndTakenAway() {
    String above = tag("{\"tag_value\":{\"@@assign\":[\"a\",\"b\"]}}");
    assertThat(merge(above, tag("{\"tag_value\":{\"@@assign\":[\"c\"]}}")))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"c\"]}}}");
    assertThat(merge(above, tag("{\"tag_value\":{\"@@append\":[\"b\",\"c\"]}}")))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\",\"b\",\"c\"]}}}");
    assertThat(merge(above, tag("{\"tag_value\":{\"@@remove\":[\"a\"]}}")))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"b\"]}}}");
    assertThat(merge(above, tag("{\"tag_value\":{\"@@remove\":[\"a\",\"b\"]}}"))).isEqualTo("{}");
  }

  @Test
  void keysAreOneWhateverTheirCase() {
    assertThat(
            merge(
                "{\"tags\":{\"COSTCENTER\":{\"tag_value\":{\"@@assign\":[\"a\"]}}}}",
                "{\"tags\":{\"costCenter\":{\"tag_value\":{\"@@append\":[\"b\"]}}}}"))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\",\"b\"]}}}");
  }

  @Test
  void whatIsForbiddenToThoseBelowIsNotDone() {
    String above =
        tag(
            "{\"tag_value\":{\"@@operators_allowed_for_child_policies\":[\"@@append\"],"
                + "\"@@assign\":[\"a\"]}}");
    assertThat(merge(above, tag("{\"tag_value\":{\"@@assign\":[\"c\"]}}")))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\"]}}}");
    assertThat(merge(above, tag("{\"tag_value\":{\"@@append\":[\"c\"]}}")))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\",\"c\"]}}}");
  }

  @Test
  void whatIsForbiddenHoldsForAllBelowItAndIsNotAllowedAgain() {
    String above =
        "{\"tags\":{\"@@operators_allowed_for_child_policies\":[\"@@none\"],"
            + "\"CostCenter\":{\"tag_value\":{\"@@assign\":[\"a\"]}}}}";
    String middle =
        "{\"tags\":{\"@@operators_allowed_for_child_policies\":[\"@@all\"],"
            + "\"CostCenter\":{\"tag_value\":{\"@@operators_allowed_for_child_policies\":"
            + "[\"@@all\"],\"@@assign\":[\"b\"]}},"
            + "\"Other\":{\"tag_value\":{\"@@assign\":[\"x\"]}}}}";
    assertThat(merge(above, middle, tag("{\"tag_value\":{\"@@append\":[\"c\"]}}")))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\"]}}}");
  }

  @Test
  void documentsOfOneLevelDoNotForbidEachOther() {
    String closed =
        tag(
            "{\"tag_value\":{\"@@operators_allowed_for_child_policies\":[\"@@none\"],"
                + "\"@@assign\":[\"a\"]}}");
    String more = tag("{\"tag_value\":{\"@@append\":[\"b\"]}}");
    assertThat(InheritedDocument.merge(PolicyType.TAG_POLICY, List.of(List.of(closed, more))))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\",\"b\"]}}}");
    assertThat(merge(closed, more))
        .isEqualTo("{\"tags\":{\"costcenter\":{\"tag_value\":[\"a\"]}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"tags\":",
        "{\"tags\":{}} x",
        "{\"tags\":{},\"tags\":{}}",
        "{\"tags\":[]}",
        "{\"other\":{}}",
        "{\"tags\":{},\"other\":{}}",
        "{\"tags\":{\"a\":{\"tag_values\":{\"@@assign\":[\"a\"]}}}}",
        "{\"tags\":{\"a\":{\"tag_value\":{\"@@set\":[\"a\"]}}}}",
        "{\"tags\":{\"a\":{\"tag_value\":{\"@@assign\":null}}}}",
        "{\"tags\":{\"a\":{\"tag_value\":{\"@@assign\":{\"a\":\"b\"}}}}}",
        "{\"tags\":{\"a\":{\"tag_value\":[\"a\"]}}}",
        "{\"tags\":{\"a\":{\"tag_value\":{\"@@operators_allowed_for_child_policies\":\"@@all\"}}}}",
        "{\"tags\":{\"a\":{\"@@operators_allowed_for_child_policies\":[\"@@some\"]}}}"
      })
  void whatIsNoTagPolicyIsRefused(String content) {
    assertThatThrownBy(() -> InheritedDocument.parse(PolicyType.TAG_POLICY, content))
        .hasMessageContaining("does not meet the requirements of the specified policy type");
  }

  @Test
  void aDocumentThatIsNestedWithoutEndIsRefused() {
    String nested = "{\"a\":".repeat(900) + "{}" + "}".repeat(900);
    assertThatThrownBy(() -> InheritedDocument.parse(PolicyType.BACKUP_POLICY, nested))
        .hasMessageContaining("does not meet the requirements");
    assertThatCode(() -> InheritedDocument.parse(PolicyType.BACKUP_POLICY, "{\"plans\":{}}"))
        .doesNotThrowAnyException();
  }
}
