package dev.sekisho.s3;

import dev.sekisho.core.AccessCheck;
import java.time.Duration;
import java.time.Instant;

/** The condition keys of Object Lock. */
final class LockConditions {

  private LockConditions() {}

  /** With the end of the period that is asked for. */
  static AccessCheck until(AccessCheck check, Instant until, Instant now) {
    return check
        .with("s3:object-lock-retain-until-date", until.toString())
        .with(
            "s3:object-lock-remaining-retention-days",
            Long.toString(
                Math.max(0, Duration.between(now, until).plusDays(1).minusNanos(1).toDays())));
  }
}
