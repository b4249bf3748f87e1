package dev.sekisho.secretsmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sekisho.core.ServiceException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows are whole hours that end before the next window and the next day. */
class RotationWindowTest {

  @Test
  void readsHours() {
    assertThat(RotationWindow.parse("3h").length()).isEqualTo(Duration.ofHours(3));
    assertThat(RotationWindow.parse("24h").length()).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h", "3", "0h", "25h", "100h", "3m", "-1h", "3h "})
  void refuses(String duration) {
    assertThatThrownBy(() -> RotationWindow.parse(duration)).isInstanceOf(ServiceException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron(0 20 * * ? *)|4h|true",
        "cron(0 20 * * ? *)|5h|false",
        "cron(0 /8 * * ? *)|8h|true",
        "cron(0 /8 * * ? *)|9h|false",
        "rate(4 hours)|4h|true",
        "rate(4 hours)|5h|false",
        "rate(1 day)|24h|true",
      })
  void fitsBetweenOpenings(String expression, String duration, boolean fits) {
    RotationSchedule schedule = RotationSchedule.parse(expression);
    Instant opens = schedule.next(Instant.parse("2026-11-24T23:00:00Z"));
    RotationWindow window = RotationWindow.parse(duration);
    if (fits) {
      assertThatCode(() -> window.refuseUnlessFits(schedule, opens)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> window.refuseUnlessFits(schedule, opens))
          .isInstanceOf(ServiceException.class);
    }
  }
}
