package dev.sekisho.wire.signature;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Slows whoever tries secret keys.
 *
 * <p>Failures are counted by source, and by source and key. After so many the answer to a further
 * failure is held back, longer each time. While many such answers are being held for one key and
 * one source, calls with that key from there are refused unseen. A good signature costs nothing: as
 * long as no answer is held, one field is read. INVARIANT: whoever calls from another source is
 * never slowed, and memory is bounded whatever is sent.
 */
public final class FailedSignatures {

  /** How a thread waits. */
  @FunctionalInterface
  public interface Pause {
    void hold(Duration time);
  }

  private static final int REMEMBERED = 10_000;
  private static final int LONGEST_KEY = 128;
  private static final int FREE_WITH_KEY = 20;
  private static final int FREE_FROM_SOURCE = 200;
  private static final int HELD_WITH_KEY = 8;
  private static final int HELD_FROM_SOURCE = 64;
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  /** Failures lately, and how many of their answers are held at this moment. */
  private static final class Count {
    private int failures;
    private int held;
    private Instant last = Instant.MIN;
  }

  private final InstantSource clock;
  private final Pause pause;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Count> counts =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final AtomicInteger held = new AtomicInteger();

  public FailedSignatures(InstantSource clock) {
    this(clock, time -> LockSupport.parkNanos(time.toNanos()));
  }

  /**
   * @param pause how an answer is held back
   */
  public FailedSignatures(InstantSource clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Refuses a call unseen while too many guesses at its key from its source are being held.
   *
   * @throws SignatureFailure when it is refused
   */
  public void admit(String source, Claim claim) {
    if (held.get() == 0 || !(claim instanceof Claim.Signed(SignatureClaim signed))) {
      return;
    }
    lock.lock();
    try {
      Count count = counts.get(withKey(source, signed));
      if (count != null && count.held >= HELD_WITH_KEY) {
        throw throttled();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Counts a failure and holds its answer back for as long as it has to be.
   *
   * @return the failure to answer with
   */
  public SignatureFailure failed(String source, Claim claim, SignatureFailure failure) {
    boolean guess =
        failure.kind() == SignatureFailure.Kind.MISMATCH
            || failure.kind() == SignatureFailure.Kind.UNKNOWN_KEY;
    if (!guess || !(claim instanceof Claim.Signed(SignatureClaim signed))) {
      return failure;
    }
    Count bySource;
    Count byKey;
    Duration time;
    lock.lock();
    try {
      bySource = count(source);
      byKey = count(withKey(source, signed));
      Duration one = hold(bySource.failures - FREE_FROM_SOURCE);
      Duration other = hold(byKey.failures - FREE_WITH_KEY);
      time = one.compareTo(other) > 0 ? one : other;
      if (time.isZero()) {
        return failure;
      }
      if (bySource.held >= HELD_FROM_SOURCE || byKey.held >= HELD_WITH_KEY) {
        return throttled();
      }
      change(bySource, byKey, 1);
    } finally {
      lock.unlock();
    }
    try {
      pause.hold(time);
    } finally {
      lock.lock();
      try {
        change(bySource, byKey, -1);
      } finally {
        lock.unlock();
      }
    }
    return failure;
  }

  /** How many counts are kept. */
  int remembered() {
    lock.lock();
    try {
      return counts.size();
    } finally {
      lock.unlock();
    }
  }

  private void change(Count bySource, Count byKey, int by) {
    bySource.held += by;
    byKey.held += by;
    held.addAndGet(by);
  }

  private Count count(String name) {
    Instant now = clock.instant();
    @Nullable Count known = counts.get(name);
    Count count = known == null ? new Count() : known;
    if (known == null) {
      counts.put(name, count);
    }
    if (count.last.isBefore(now.minus(FORGOTTEN_AFTER))) {
      count.failures = 0;
    }
    count.failures++;
    count.last = now;
    return count;
  }

  private static Duration hold(int beyond) {
    if (beyond <= 0) {
      return Duration.ZERO;
    }
    Duration doubled = SHORTEST.multipliedBy(1L << Math.min(beyond - 1, 16));
    return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
  }

  private static String withKey(String source, SignatureClaim signed) {
    String key = signed.scope().accessKeyId();
    return source + ' ' + (key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY));
  }

  private static SignatureFailure throttled() {
    return new SignatureFailure(SignatureFailure.Kind.TOO_MANY_FAILURES, "Rate exceeded");
  }
}
