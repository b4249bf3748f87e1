package dev.sekisho.iam;

import dev.sekisho.iam.FailedGuesses.Subject;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * Slows those who guess passwords, and nobody else as far as can be.
 *
 * <p>Three counts: of one source at one name, of one source at any name, of all sources at one
 * name. The last has a short longest wait, and does not hold for the source that the name last
 * signed in from, so that a stranger elsewhere locks nobody out. INVARIANT: a guess is counted
 * before it is looked at and taken back when it was right, so that many at once get no more tries.
 */
final class SignInLimits {

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int LONGEST_NAME = 128;

  /**
   * An attempt as it is counted.
   *
   * @param source an IPv4 address, or the first half of an IPv6 address
   * @param here what one source does at one name
   * @param counted everything that counts it
   * @param heeded what may make it wait
   */
  record Guess(String source, Subject here, List<Subject> counted, List<Subject> heeded) {}

  private final Database database;
  private final InstantSource clock;

  SignInLimits(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Guess guess(SignIn.Attempt attempt, SignInAccount found) {
    String source = source(attempt.sourceIp());
    String name =
        cut(found.account() == null ? attempt.account() : found.account().value())
            + "/"
            + cut(Objects.requireNonNullElse(attempt.userName(), ""));
    Subject here = new Subject("sign-in/" + name + "/from/" + source, 5, LONGEST);
    Subject anyName = new Subject("sign-in-from/" + source, 20, LONGEST);
    Subject anySource = new Subject("sign-in-at/" + name, 50, Duration.ofSeconds(10));
    LoginProfileStore.Profile profile = found.profile();
    boolean familiar = profile != null && source.equals(profile.usedFrom());
    return new Guess(
        source,
        here,
        List.of(here, anyName, anySource),
        familiar ? List.of(here, anyName) : List.of(here, anyName, anySource));
  }

  /** Counts the guess, unless it has to wait; how long, or zero. */
  Duration take(Guess guess) {
    Instant now = clock.instant();
    return database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      Duration longest = Duration.ZERO;
      for (Subject subject : guess.heeded()) {
        Duration wait = FailedGuesses.wait(handle, subject, now);
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
      if (longest.isZero()) {
        guess.counted().forEach(subject -> FailedGuesses.failed(handle, subject, now));
      }
      return longest;
    });
  }

  /** The guess was right, but nobody is in yet. */
  void giveBack(Guess guess) {
    database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      guess.counted().forEach(subject -> FailedGuesses.right(handle, subject));
      return true;
    });
  }

  /** The guess was right, and who made it is in. */
  void right(Handle handle, Guess guess) {
    guess.counted().forEach(subject -> FailedGuesses.right(handle, subject));
    FailedGuesses.forget(handle, guess.here());
  }

  private static String cut(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    return folded.length() <= LONGEST_NAME ? folded : folded.substring(0, LONGEST_NAME);
  }

  /** Whoever has an IPv6 address has all of its lower half. */
  static String source(String address) {
    InetAddress parsed;
    try {
      parsed = InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException notAnAddress) {
      return cut(address);
    }
    if (!(parsed instanceof Inet6Address)) {
      return parsed.getHostAddress();
    }
    byte[] network = parsed.getAddress();
    Arrays.fill(network, 8, 16, (byte) 0);
    try {
      return InetAddress.getByAddress(network).getHostAddress();
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("sixteen bytes are an address", impossible);
    }
  }
}
