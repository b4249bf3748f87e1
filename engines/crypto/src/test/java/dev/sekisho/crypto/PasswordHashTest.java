package dev.sekisho.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  private static final Randomness RANDOM = Randomness.system();

  @Test
  void thePasswordMatchesAndNothingElseDoes() {
    String kept = PasswordHash.of(Secret.of("correct horse"), RANDOM);

    assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
    assertThat(PasswordHash.matches(kept, Secret.of("correct horse"))).isTrue();
    for (String other : List.of("", "correct hors", "correct horse ", "Correct horse", "x")) {
      assertThat(PasswordHash.matches(kept, Secret.of(other))).isFalse();
    }
  }

  @Test
  void theSamePasswordIsKeptDifferentlyEachTime() {
    Secret password = Secret.of("again");

    assertThat(PasswordHash.of(password, RANDOM)).isNotEqualTo(PasswordHash.of(password, RANDOM));
  }

  /** Made by the reference implementation: argon2 with -id -t 2 -m 16 -p 1 and its own salt. */
  @Test
  void hashesOfOthersWithOtherParametersAreChecked() {
    String kept =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    assertThat(PasswordHash.matches(kept, Secret.of("password"))).isTrue();
    assertThat(PasswordHash.matches(kept, Secret.of("differentpassword"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=999999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=9999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "$argon2id$v=19$m=1,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      })
  void whatIsNotAHashIsRefusedAndNotComputed(String kept) {
    assertThatThrownBy(() -> PasswordHash.matches(kept, Secret.of("password")))
        .isInstanceOf(CryptoException.class);
  }

  @Test
  void manyAtOnceAllGetTheirAnswer() throws Exception {
    String kept = PasswordHash.of(Secret.of("7"), RANDOM);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers =
          IntStream.range(0, 20)
              .mapToObj(i ->
                  threads.submit(() -> PasswordHash.matches(kept, Secret.of(String.valueOf(i)))))
              .toList();
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(i == 7);
      }
    }
  }
}
