package dev.sekisho.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sekisho.core.ServiceException;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No sequence of changes loosens a lock beyond what its mode allows. */
class RetentionTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void complianceOnlyEverGrows() {
    Random random = new Random(21);
    for (int round = 0; round < 3_000; round++) {
      Retention retention =
          new Retention(
              Retention.Mode.COMPLIANCE, START.plusSeconds(1 + random.nextInt(100)), false);
      Instant now = START;
      for (int step = 0; step < 20; step++) {
        Instant before = retention.until();
        now = now.plusSeconds(random.nextInt(5));
        Retention next = tryChange(retention, random, now, true);
        if (retention.binds(now)) {
          assertThat(next.mode()).isEqualTo(Retention.Mode.COMPLIANCE);
          assertThat(next.until()).isAfterOrEqualTo(before);
          assertThat(isRemovable(retention, now, true)).isFalse();
        } else {
          assertThat(isRemovable(retention, now, false)).isTrue();
          break;
        }
        retention = next;
      }
    }
  }

  @Test
  void governanceWithoutTheBypassOnlyEverGrows() {
    Random random = new Random(22);
    for (int round = 0; round < 3_000; round++) {
      Retention retention = new Retention(Retention.Mode.GOVERNANCE, START.plusSeconds(100), false);
      Retention next = tryChange(retention, random, START, false);
      assertThat(next.until()).isAfterOrEqualTo(retention.until());
      assertThat(isRemovable(retention, START, false)).isFalse();
      assertThat(isRemovable(retention, START, true)).isTrue();
      assertThat(isRemovable(retention.withLegalHold(true), START, true)).isFalse();
    }
  }

  private static Retention tryChange(
      Retention retention, Random random, Instant now, boolean bypass) {
    Retention.@Nullable Mode mode =
        switch (random.nextInt(3)) {
          case 0 -> null;
          case 1 -> Retention.Mode.GOVERNANCE;
          default -> Retention.Mode.COMPLIANCE;
        };
    try {
      return retention.changed(
          mode, mode == null ? null : START.plusSeconds(random.nextInt(200)), now, bypass);
    } catch (ServiceException refused) {
      return retention;
    }
  }

  private static boolean isRemovable(Retention retention, Instant now, boolean bypass) {
    try {
      retention.requireRemovable(now, bypass);
      return true;
    } catch (ServiceException refused) {
      return false;
    }
  }
}
