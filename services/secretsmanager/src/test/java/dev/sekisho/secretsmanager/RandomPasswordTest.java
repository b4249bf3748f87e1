package dev.sekisho.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.Randomness;
import dev.sekisho.core.ServiceException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random passwords keep to every option, over thousands of seeded requests. */
class RandomPasswordTest {

  private final Random random = new Random(6);
  private final Randomness randomness = random::nextBytes;

  @Test
  void everyOptionHolds() {
    for (int round = 0; round < 5000; round++) {
      RandomPassword asked =
          new RandomPassword(
              5 + random.nextInt(60),
              "aZ0\"",
              random.nextBoolean(),
              random.nextBoolean(),
              random.nextBoolean(),
              false,
              random.nextBoolean(),
              random.nextBoolean());
      String password = asked.draw(randomness).revealText();
      assertThat(password).hasSize((int) asked.length()).doesNotContain("a", "Z", "0", "\"");
      holds(asked, password, RandomPassword.NUMBERS, asked.excludeNumbers());
      holds(asked, password, RandomPassword.PUNCTUATION, asked.excludePunctuation());
      holds(asked, password, RandomPassword.UPPERCASE, asked.excludeUppercase());
      holds(asked, password, RandomPassword.LOWERCASE, false);
      holds(asked, password, " ", !asked.includeSpace());
    }
  }

  private static void holds(RandomPassword asked, String password, String type, boolean excluded) {
    boolean occurs = password.chars().anyMatch(each -> type.indexOf(each) >= 0);
    if (excluded) {
      assertThat(occurs).isFalse();
    } else if (asked.requireEachIncludedType()) {
      assertThat(occurs).isTrue();
    }
  }

  @Test
  void aSingleCharacterThatIsLeftIsThePassword() {
    assertThat(
            new RandomPassword(3, "", true, true, true, true, true, true)
                .draw(randomness)
                .revealText())
        .isEqualTo("   ");
  }

  @Test
  void whatCannotBeMadeIsRefused() {
    refuses(4, "", false, true);
    refuses(8, "", true, false);
    assertThatThrownBy(() -> new RandomPassword(0, "", false, false, false, false, false, false))
        .isInstanceOf(ServiceException.class);
    assertThatThrownBy(() -> new RandomPassword(4097, "", false, false, false, false, false, false))
        .isInstanceOf(ServiceException.class);
  }

  private void refuses(long length, String excluded, boolean noTypes, boolean space) {
    RandomPassword asked =
        new RandomPassword(length, excluded, noTypes, noTypes, noTypes, noTypes, space, true);
    assertThatThrownBy(() -> asked.draw(randomness))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> assertThat(refused.code()).isEqualTo("InvalidParameterException"));
  }
}
