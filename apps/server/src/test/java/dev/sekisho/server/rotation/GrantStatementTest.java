package dev.sekisho.server.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.secretsmanager.RotationFunctions.FailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantStatementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "GRANT USAGE ON *.* TO `app`@`%` IDENTIFIED BY PASSWORD '*AB'"
            + "|GRANT USAGE ON *.* TO `app_clone`@`%`",
        "GRANT USAGE ON *.* TO `app`@`%` IDENTIFIED VIA ed25519 USING 'x' REQUIRE SSL"
            + "|GRANT USAGE ON *.* TO `app_clone`@`%` REQUIRE SSL",
        "GRANT SELECT ON `a TO ``app``@``%``b`.* TO `app`@`%` WITH GRANT OPTION"
            + "|GRANT SELECT ON `a TO ``app``@``%``b`.* TO `app_clone`@`%` WITH GRANT OPTION",
        "GRANT 'role'@'%' TO 'app'@'%'|GRANT 'role'@'%' TO `app_clone`@`%`",
        "SET DEFAULT ROLE `r` FOR `app`@`%`|SET DEFAULT ROLE `r` FOR `app_clone`@`%`",
      })
  void isRewrittenForAnother(String shown, String rewritten) throws Exception {
    assertThat(GrantStatement.to(shown, "app", "app_clone", "%")).isEqualTo(rewritten);
  }

  @Test
  void quotesInNamesStayInNames() throws Exception {
    assertThat(GrantStatement.to("GRANT USAGE ON *.* TO `a``b`@`h`", "a`b", "a`b; drop", "h"))
        .isEqualTo("GRANT USAGE ON *.* TO `a``b; drop`@`h`");
  }

  @Test
  void whatNamesSomebodyElseIsRefused() {
    assertThatThrownBy(() -> GrantStatement.to("GRANT PROXY ON a TO `b`@`%`", "app", "x", "%"))
        .isInstanceOf(FailedException.class);
  }
}
