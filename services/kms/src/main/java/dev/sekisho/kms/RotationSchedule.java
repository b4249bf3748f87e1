package dev.sekisho.kms;

import java.time.Duration;
import java.time.Instant;

/**
 * When a key gets new material of itself.
 *
 * @param nextAt the next time; the one after follows by the period, however late the next is done
 */
record RotationSchedule(int periodInDays, Instant nextAt) {

  static final int USUAL_PERIOD = 365;

  /** A schedule that begins now. */
  static RotationSchedule from(Instant now, int periodInDays) {
    return new RotationSchedule(periodInDays, now.plus(Duration.ofDays(periodInDays)));
  }

  boolean isDue(Instant now) {
    return !nextAt.isAfter(now);
  }

  RotationSchedule following() {
    return from(nextAt, periodInDays);
  }
}
