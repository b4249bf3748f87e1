package dev.sekisho.secretsmanager;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A rotation each so many hours or days, counted from the last.
 *
 * <p>Windows in days open at midnight, windows in hours on the hour.
 *
 * @param count so many of the unit: 4 hours to 999 days
 * @param unit hours or days
 */
record RotationRate(int count, ChronoUnit unit) implements RotationSchedule {

  private static final Duration LONGEST = Duration.ofDays(999);

  RotationRate {
    Duration every = Duration.of(count, unit);
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw RotationSchedule.refused();
    }
  }

  static RotationRate of(int count, String unit) {
    return new RotationRate(count, unit.startsWith("hour") ? ChronoUnit.HOURS : ChronoUnit.DAYS);
  }

  @Override
  public Instant next(Instant after) {
    return after.truncatedTo(unit).plus(count, unit);
  }
}
