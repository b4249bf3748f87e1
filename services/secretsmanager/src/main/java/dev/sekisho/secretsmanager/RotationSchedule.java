package dev.sekisho.secretsmanager;

import dev.sekisho.core.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a secret's rotation windows open: {@code rate()} or {@code cron()}, in UTC. */
sealed interface RotationSchedule permits RotationRate, RotationCron {

  /** Secrets do not rotate more often than this. */
  Duration SHORTEST = Duration.ofHours(4);

  /** When the first window after the instant opens. */
  Instant next(Instant after);

  /** Reads a schedule expression as RotationRules have it. */
  static RotationSchedule parse(String expression) {
    Matcher rate = Expressions.RATE.matcher(expression);
    if (rate.matches()) {
      return RotationRate.of(Integer.parseInt(rate.group(1)), rate.group(2));
    }
    Matcher cron = Expressions.CRON.matcher(expression);
    if (cron.matches()) {
      return RotationCron.of(cron.group(1));
    }
    throw refused();
  }

  /** Why a schedule is not taken; one answer for each mistake in it. */
  static ServiceException refused() {
    return new ServiceException(
        "InvalidParameterException", 400, "The ScheduleExpression is not valid.");
  }

  /** The outer forms of an expression. */
  final class Expressions {
    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,5}) (hours?|days?)\\)");
    private static final Pattern CRON = Pattern.compile("cron\\(([^()]{1,200})\\)");

    private Expressions() {}
  }
}
