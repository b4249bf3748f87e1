package dev.sekisho.s3;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Object Lock keeps a version by.
 *
 * @param mode null when there is no retention period
 * @param until the end of the retention period; null with the mode
 */
record Retention(@Nullable Mode mode, @Nullable Instant until, boolean legalHold) {

  /** How strongly a period binds. */
  enum Mode {
    /** May be shortened or passed over by those who may bypass it. */
    GOVERNANCE,
    /** By nobody, the root user included. */
    COMPLIANCE
  }

  static final Retention NONE = new Retention(null, null, false);

  /** Whether the period still binds. */
  boolean binds(Instant now) {
    return mode != null && until != null && now.isBefore(until);
  }

  /** Whether the caller needs the right to bypass before the version can go. */
  boolean yieldsToBypass(Instant now) {
    return binds(now) && mode == Mode.GOVERNANCE && !legalHold;
  }

  /**
   * INVARIANT: every way by which a version goes asks this first, in the transaction in which it
   * goes.
   *
   * @param bypass whether the caller asked to bypass governance, and may
   * @throws dev.sekisho.core.ServiceException AccessDenied when the version must stay
   */
  void requireRemovable(Instant now, boolean bypass) {
    if (legalHold || (binds(now) && !(bypass && mode == Mode.GOVERNANCE))) {
      throw S3Errors.locked();
    }
  }

  /**
   * The same version under another period.
   *
   * @param newMode null to take the period away
   * @throws dev.sekisho.core.ServiceException AccessDenied when the period may not be loosened
   */
  Retention changed(
      @Nullable Mode newMode, @Nullable Instant newUntil, Instant now, boolean bypass) {
    if (binds(now) && loosens(newMode, newUntil)) {
      if (mode == Mode.COMPLIANCE || !bypass) {
        throw S3Errors.locked();
      }
    }
    return new Retention(newMode, newUntil, legalHold);
  }

  /** Whether the change makes the lock weaker than it is: then governance asks for the bypass. */
  boolean loosens(@Nullable Mode newMode, @Nullable Instant newUntil) {
    if (newMode == null || newUntil == null) {
      return true;
    }
    boolean weaker = mode == Mode.COMPLIANCE && newMode == Mode.GOVERNANCE;
    return weaker || (until != null && newUntil.isBefore(until));
  }

  Retention withLegalHold(boolean on) {
    return new Retention(mode, until, on);
  }
}
