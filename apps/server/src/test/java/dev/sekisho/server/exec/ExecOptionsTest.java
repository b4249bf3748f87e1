package dev.sekisho.server.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecOptionsTest {

  @Test
  void readsWhatComesBeforeTheCommandOnly() {
    ExecOptions options =
        ExecOptions.parse(
            List.of("--secret", "a", "--data", "d", "--secret", "b", "--", "x", "--secret", "c"));

    assertThat(options)
        .isEqualTo(new ExecOptions(Path.of("d"), List.of("a", "b"), List.of("x", "--secret", "c")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--secret a", "--secret a --", "-- x", "--secret -- x", "--odd 1 -- x"})
  void refusesAnythingElse(String line) {
    assertThatThrownBy(() -> ExecOptions.parse(List.of(line.split(" "))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
