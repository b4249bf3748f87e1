package dev.sekisho.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules open when AWS's rules say, and what breaks those rules is refused. */
class RotationScheduleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rate(4 hours)|2026-11-25T03:30:00Z|2026-11-25T07:00:00Z",
        "rate(1 day)|2026-11-25T03:30:00Z|2026-11-26T00:00:00Z",
        "rate(999 days)|2026-01-01T00:00:00Z|2028-09-26T00:00:00Z",
        "cron(0 8 * * ? *)|2026-11-25T08:00:00Z|2026-11-26T08:00:00Z",
        "cron(0 8 * * ? *)|2026-11-25T07:59:59Z|2026-11-25T08:00:00Z",
        "cron(0 /8 * * ? *)|2026-11-25T08:00:00Z|2026-11-25T16:00:00Z",
        "cron(0 8/8 * * ? *)|2026-11-25T16:30:00Z|2026-11-26T08:00:00Z",
        "cron(0 4 L * ? *)|2028-02-01T00:00:00Z|2028-02-29T04:00:00Z",
        "cron(0 0 1,15 * ? *)|2026-11-02T00:00:00Z|2026-11-15T00:00:00Z",
        "cron(0 0 1 1/3 ? *)|2026-11-02T00:00:00Z|2027-01-01T00:00:00Z",
        "cron(0 0 29 FEB ? *)|2096-03-01T00:00:00Z|2104-02-29T00:00:00Z",
        "cron(0 16 ? * SUN *)|2026-11-25T00:00:00Z|2026-11-29T16:00:00Z",
        "cron(0 16 ? * MON-FRI *)|2026-11-27T16:00:00Z|2026-11-30T16:00:00Z",
        "cron(0 16 ? * 3#2 *)|2026-11-25T00:00:00Z|2026-12-08T16:00:00Z",
        "cron(0 16 ? * 6L *)|2026-11-28T00:00:00Z|2026-12-25T16:00:00Z",
        "cron(0 16 ? * L *)|2026-11-25T00:00:00Z|2026-11-28T16:00:00Z",
      })
  void opensNext(String expression, Instant after, Instant next) {
    assertThat(RotationSchedule.parse(expression).next(after)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rate(3 hours)",
        "rate(0 days)",
        "rate(1000 days)",
        "rate(4 minutes)",
        "rate(-4 hours)",
        "rate(4 hours) ",
        "cron()",
        "cron(0 8 * * ?)",
        "cron(5 8 * * ? *)",
        "cron(* 8 * * ? *)",
        "cron(0 8 * * ? 2027)",
        "cron(0 8 * * * *)",
        "cron(0 8 ? * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 * * * ? *)",
        "cron(0 0/3 * * ? *)",
        "cron(0 1,22 * * ? *)",
        "cron(0 8 32 * ? *)",
        "cron(0 8 0 * ? *)",
        "cron(0 8 30 2 ? *)",
        "cron(0 8 ? * 8 *)",
        "cron(0 8 ? * 2#6 *)",
        "cron(0 8 ? * # *)",
        "cron(0 8 1, * ? *)",
        "cron(0 8 5-1 * ? *)",
        "cron(0 8 1/0 * ? *)",
        "cron(0 8 * FOO ? *)",
        "cron(0  8 * * ? *)"
      })
  void refuses(String expression) {
    assertThatThrownBy(() -> RotationSchedule.parse(expression))
        .isInstanceOfSatisfying(
            ServiceException.class,
            refused -> assertThat(refused.code()).isEqualTo("InvalidParameterException"));
  }

  @Test
  void windowsOpenOnTheHourInOrderAndNeverTooOften() {
    Random random = new Random(11);
    for (int round = 0; round < 5000; round++) {
      int hour = random.nextInt(24);
      int first = 1 + random.nextInt(28);
      String expression = "cron(0 %d %d-28 * ? *)".formatted(hour, first);
      RotationSchedule schedule = RotationSchedule.parse(expression);
      Instant after = Instant.ofEpochSecond(random.nextInt(2_000_000_000));
      Instant next = schedule.next(after);
      assertThat(next).isAfter(after);
      assertThat(next.getEpochSecond() % 3600).isZero();
      assertThat(next.atZone(ZoneOffset.UTC).getHour()).isEqualTo(hour);
      assertThat(next.atZone(ZoneOffset.UTC).getDayOfMonth()).isBetween(first, 28);
      assertThat(Duration.between(next, schedule.next(next)))
          .isGreaterThanOrEqualTo(RotationSchedule.SHORTEST);
      // Nothing opens between: asked from just before, the same window answers.
      assertThat(schedule.next(next.minusSeconds(1))).isEqualTo(next);
    }
  }
}
