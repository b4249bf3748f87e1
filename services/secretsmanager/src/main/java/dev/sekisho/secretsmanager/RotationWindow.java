package dev.sekisho.secretsmanager;

import dev.sekisho.core.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long a rotation window stays open that a schedule opened.
 *
 * @param length 1 to 24 whole hours
 */
record RotationWindow(Duration length) {

  RotationWindow {
    if (length.compareTo(Duration.ofHours(1)) < 0 || length.compareTo(Duration.ofDays(1)) > 0) {
      throw refused();
    }
  }

  /** Reads a Duration as RotationRules have it, for example {@code 3h}. */
  static RotationWindow parse(String duration) {
    if (!duration.matches("[0-9]{1,2}h")) {
      throw refused();
    }
    int hours = Integer.parseInt(duration.substring(0, duration.length() - 1));
    return new RotationWindow(Duration.ofHours(hours));
  }

  /** Refuses a window that would reach into the schedule's next one, or into the next UTC day. */
  void refuseUnlessFits(RotationSchedule schedule, Instant opens) {
    Instant closes = opens.plus(length);
    Instant midnight = opens.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    if (closes.isAfter(midnight) || closes.isAfter(schedule.next(opens))) {
      throw refused();
    }
  }

  private static ServiceException refused() {
    return new ServiceException("InvalidParameterException", 400, "The Duration is not valid.");
  }
}
