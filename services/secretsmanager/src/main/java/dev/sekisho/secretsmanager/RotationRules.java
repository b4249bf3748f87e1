package dev.sekisho.secretsmanager;

import dev.sekisho.contract.secretsmanager.RotationRulesType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a secret rotates: each so many days, or by a schedule; never by itself when neither is
 * there.
 *
 * @param duration how long a window is open, such as {@code 3h}
 */
record RotationRules(@Nullable Long days, @Nullable String expression, @Nullable String duration) {

  static final RotationRules NEVER = new RotationRules(null, null, null);

  /**
   * The rules of a call.
   *
   * @throws dev.sekisho.core.ServiceException InvalidParameterException
   */
  static RotationRules of(RotationRulesType given, Instant now) {
    if (given.automaticallyAfterDays() != null && given.scheduleExpression() != null) {
      throw SecretsManagerErrors.invalidParameter(
          "You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
    }
    RotationRules rules =
        new RotationRules(
            given.automaticallyAfterDays(), given.scheduleExpression(), given.duration());
    RotationSchedule schedule = rules.schedule();
    if (given.duration() != null) {
      RotationWindow window = RotationWindow.parse(given.duration());
      if (schedule != null) {
        window.refuseUnlessFits(schedule, schedule.next(now));
      }
    }
    return rules;
  }

  private @Nullable RotationSchedule schedule() {
    if (expression != null) {
      return RotationSchedule.parse(expression);
    }
    // A thousand days are one more than a rate may have.
    return days == null || days > 999
        ? null
        : new RotationRate(Math.toIntExact(days), ChronoUnit.DAYS);
  }

  /** When the first window after the instant opens; null for never. */
  @Nullable Instant next(Instant now) {
    RotationSchedule schedule = schedule();
    if (schedule != null) {
      return schedule.next(now);
    }
    return days == null ? null : now.truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS);
  }

  @Nullable RotationRulesType shown() {
    return equals(NEVER)
        ? null
        : RotationRulesType.builder()
            .automaticallyAfterDays(days)
            .scheduleExpression(expression)
            .duration(duration)
            .build();
  }
}
