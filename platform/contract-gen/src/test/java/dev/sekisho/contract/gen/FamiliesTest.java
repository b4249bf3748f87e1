package dev.sekisho.contract.gen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which operations are served, and in which interface each stands. */
class FamiliesTest {

  private static final Families FAMILIES =
      Families.of(List.of("[Users]", "Zeta", "", "ListUsers", "CreateUser", "[Groups]", "AddUser"));

  @Test
  void operationsAreInTheOrderOfTheirNamesWhateverTheirFamily() {
    assertThat(FAMILIES.operations()).containsExactly("AddUser", "CreateUser", "ListUsers", "Zeta");
  }

  @Test
  void bracketsBeginAFamily() {
    assertThat(FAMILIES.names()).containsExactly("Groups", "Users");
    assertThat(FAMILIES.operations("Users")).containsExactly("CreateUser", "ListUsers", "Zeta");
    assertThat(FAMILIES.of("AddUser")).isEqualTo("Groups");
  }

  @Test
  void listWithoutBracketsHasNoFamilies() {
    Families families = Families.of(List.of("Zeta", "Alpha"));

    assertThat(families.names()).isEmpty();
    assertThat(families.operations(Families.NONE)).containsExactly("Alpha", "Zeta");
  }

  @Test
  void operationOutsideEveryFamilyStopsTheBuild() {
    assertThatThrownBy(() -> Families.of(List.of("Zeta", "[Users]", "CreateUser")))
        .hasMessage("some operations have a family and some have none");
  }

  @Test
  void operationListedTwiceStopsTheBuild() {
    assertThatThrownBy(
            () -> Families.of(List.of("[Users]", "CreateUser", "[Groups]", "CreateUser")))
        .hasMessage("CreateUser is listed twice");
  }
}
