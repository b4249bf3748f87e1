package dev.sekisho.secretsmanager;

import java.time.Duration;
import java.time.Instant;

/**
 * A rotation each so many hours or days, counted from the last.
 *
 * @param every 4 hours to 999 days
 */
record RotationRate(Duration every) implements RotationSchedule {

  private static final Duration LONGEST = Duration.ofDays(999);

  RotationRate {
    if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
      throw RotationSchedule.refused();
    }
  }

  static RotationRate of(int count, String unit) {
    return new RotationRate(
        unit.startsWith("hour") ? Duration.ofHours(count) : Duration.ofDays(count));
  }

  @Override
  public Instant next(Instant after) {
    return after.plus(every);
  }
}
