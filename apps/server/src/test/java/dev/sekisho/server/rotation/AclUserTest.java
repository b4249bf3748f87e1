package dev.sekisho.server.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AclUserTest {

  @Test
  void rightsAreWhatIsNoPassword() {
    AclUser user =
        AclUser.parse(
            "user app on nopass sanitize-payload #ab12 ~shop:* &* -@all +get (~a* +set) (%R~b +@all"
                + " -del)");

    assertThat(user.name()).isEqualTo("app");
    assertThat(user.rights())
        .containsExactly(
            "sanitize-payload",
            "~shop:*",
            "&*",
            "-@all",
            "+get",
            "(~a* +set)",
            "(%R~b +@all -del)");
  }

  @Test
  void aPatternMayHaveParentheses() {
    assertThat(AclUser.parse("user app off ~a(b)* ~(c) +@all").rights())
        .containsExactly("~a(b)*", "~(c)", "+@all");
  }
}
