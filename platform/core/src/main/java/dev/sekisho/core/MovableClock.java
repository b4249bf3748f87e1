package dev.sekisho.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that runs like the one under it and can be moved: the development mode's clock.
 *
 * <p>Safe for use by many threads.
 */
public final class MovableClock implements InstantSource {

  private final InstantSource base;
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

  public MovableClock(InstantSource base) {
    this.base = base;
  }

  @Override
  public Instant instant() {
    return base.instant().plus(offset.get());
  }

  /** Moves the clock by the amount, which may be negative. */
  public void advance(Duration amount) {
    offset.updateAndGet(before -> before.plus(amount));
  }

  /** Moves the clock so that it shows the time now. */
  public void set(Instant time) {
    offset.set(Duration.between(base.instant(), time));
  }
}
