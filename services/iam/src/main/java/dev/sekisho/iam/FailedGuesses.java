package dev.sekisho.iam;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Counts wrong passwords and codes, so that whoever guesses has to wait longer and longer. Kept in
 * the database: neither a restart nor another node gives new guesses.
 *
 * <p>After so many failures the next guess is looked at only when a second has passed, then two,
 * then four, up to a longest wait. A guess that comes too early is refused unseen and does not
 * count. A day without failures forgets them.
 */
final class FailedGuesses {

  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final int LARGEST_DOUBLING = 20;

  /**
   * What is guessed at, and how patient we are.
   *
   * @param name what failures are counted under
   * @param free how many failures cost no wait
   * @param longest what a wait grows to
   */
  record Subject(String name, int free, Duration longest) {

    /** Somebody's one-time codes: six digits, so every guess counts. */
    static Subject codes(String ownerId) {
      return new Subject("mfa/" + ownerId, 5, Duration.ofMinutes(15));
    }

    /** A device's first codes. */
    static Subject device(String serial) {
      return new Subject("mfa-device/" + serial, 5, Duration.ofMinutes(15));
    }

    /** Somebody's password, asked for by who has signed in already. */
    static Subject password(String ownerId) {
      return new Subject("password/" + ownerId, 5, Duration.ofMinutes(15));
    }
  }

  private FailedGuesses() {}

  /** How long until a guess at it is looked at; zero when now. */
  static Duration wait(Handle handle, Subject subject, Instant now) {
    return handle
        .createQuery("select failures, last_at from iam_failed_guess where subject = :subject")
        .bind("subject", subject.name())
        .map((row, _) -> {
          Instant last = Instant.ofEpochMilli(row.getLong("last_at"));
          int beyond = row.getInt("failures") - subject.free();
          if (beyond < 0 || last.plus(FORGOTTEN_AFTER).isBefore(now)) {
            return Duration.ZERO;
          }
          Duration whole = Duration.ofSeconds(1L << Math.min(beyond, LARGEST_DOUBLING));
          Duration needed = whole.compareTo(subject.longest()) < 0 ? whole : subject.longest();
          Duration left = Duration.between(now, last.plus(needed));
          return left.isNegative() ? Duration.ZERO : left;
        })
        .findOne()
        .orElse(Duration.ZERO);
  }

  /** Counts a wrong guess. */
  static void failed(Handle handle, Subject subject, Instant now) {
    handle.execute(
        "delete from iam_failed_guess where last_at < ?",
        now.minus(FORGOTTEN_AFTER).toEpochMilli());
    handle.execute(
        "insert into iam_failed_guess (subject, failures, last_at) values (?, 1, ?)"
            + " on conflict (subject) do update"
            + " set failures = iam_failed_guess.failures + 1, last_at = excluded.last_at",
        subject.name(),
        now.toEpochMilli());
  }

  /** Takes back one count, of a guess that turned out right. */
  static void right(Handle handle, Subject subject) {
    handle.execute(
        "update iam_failed_guess set failures = failures - 1 where subject = ? and failures > 0",
        subject.name());
  }

  /** Forgets all failures. */
  static void forget(Handle handle, Subject subject) {
    handle.execute("delete from iam_failed_guess where subject = ?", subject.name());
  }
}
