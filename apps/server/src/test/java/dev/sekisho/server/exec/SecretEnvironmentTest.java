package dev.sekisho.server.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretEnvironmentTest {

  private final SecretEnvironment environment = new SecretEnvironment();

  private String value(String variable) {
    return environment.variables().get(variable).revealText();
  }

  @Test
  void anObjectBecomesAVariableForEachMember() {
    environment.add("db", Secret.of("{\"USER\":\"a\",\"password\":\"b c\",\"port\":5432}"));

    assertThat(environment.variables()).containsOnlyKeys("USER", "password", "port");
    assertThat(value("password")).isEqualTo("b c");
    assertThat(value("port")).isEqualTo("5432");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain text", "[1]", "{\"cut\":", "{\"a\":\"b\"} and more", ""})
  void anythingElseIsOneVariableCalledAsTheSecret(String text) {
    environment.add("prod/db-password.1", Secret.of(text));

    assertThat(environment.variables()).containsOnlyKeys("PROD_DB_PASSWORD_1");
    assertThat(value("PROD_DB_PASSWORD_1")).isEqualTo(text);
  }

  @Test
  void aNameThatBeginsWithADigitGetsAnUnderscore() {
    environment.add("1password", Secret.of("x"));

    assertThat(environment.variables()).containsOnlyKeys("_1PASSWORD");
  }

  @Test
  void whatCanBeNoVariableIsRefusedWithoutItsValue() {
    for (String json :
        List.of(
            "{\"a-b\":\"hidden\"}", "{\"a\":{\"b\":\"hidden\"}}", "{\"a\":\"hidden\\u0000\"}")) {
      assertThatThrownBy(() -> new SecretEnvironment().add("s", Secret.of(json)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("the secret s")
          .hasMessageNotContaining("hidden");
    }
  }

  @Test
  void twoSecretsMayNotHaveTheSameVariable() {
    environment.add("one", Secret.of("{\"KEY\":\"1\"}"));

    assertThatThrownBy(() -> environment.add("two", Secret.of("{\"KEY\":\"2\"}")))
        .hasMessage("two secrets have a variable KEY");
  }
}
