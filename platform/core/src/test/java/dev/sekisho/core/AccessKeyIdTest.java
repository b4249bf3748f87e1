package dev.sekisho.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AccessKeyIdTest {

  @Test
  void everyAccountIsToldAndIdsDiffer() {
    Random random = new Random(20_261_125);
    java.util.Set<String> seen = new java.util.HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      AccountId account = new AccountId("%012d".formatted(random.nextLong(1_000_000_000_000L)));
      String id = AccessKeyId.of(AccessKeyId.LONG_TERM, account, random::nextBytes);
      assertThat(id).matches("AKIA[A-Z2-7]{16}");
      assertThat(AccessKeyId.account(id)).contains(account);
      assertThat(seen.add(id)).isTrue();
    }
  }

  @Test
  void whereNoneIsToldNoneIsFound() {
    assertThat(AccessKeyId.account("AKIAIOSFODNN7EXAMPLE")).isEmpty();
    assertThat(AccessKeyId.account("AKIA7777777777777777")).isEmpty();
    assertThat(AccessKeyId.account("AKIA")).isEmpty();
    assertThat(AccessKeyId.account("AKIAQ1AAAAAAAAAAAAAA")).isEmpty();
  }
}
