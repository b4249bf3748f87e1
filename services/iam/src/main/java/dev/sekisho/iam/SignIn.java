package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.MfaVerifier.Verdict;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Randomness;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PasswordHash;
import dev.sekisho.events.EventLog;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in to the console: name, password and second factor to a principal.
 *
 * <p>INVARIANT: every answer but {@link Result.FactorNeeded} leaves a ConsoleLogin event, on disk
 * before it is given. An unknown name takes the time of a wrong password and gets its answer.
 */
public final class SignIn {

  static final String EVENT_SOURCE = "signin.amazonaws.com";

  /**
   * Somebody at the door.
   *
   * @param account the account's number or alias
   * @param userName none for the root user
   * @param factor none until it is asked for
   * @param sourceIp where the attempt comes from
   */
  public record Attempt(
      String account,
      @Nullable String userName,
      Secret password,
      @Nullable Factor factor,
      String sourceIp,
      @Nullable String userAgent) {}

  /** What is shown beside the password. */
  public sealed interface Factor {

    /** The code of one of the devices, whichever it is. */
    record Code(String code) implements Factor {}

    /** What a security key made of its challenge, as JSON. */
    record Assertion(SecurityKeys.RelyingParty party, String response) implements Factor {}
  }

  /** What comes of it. */
  public sealed interface Result {

    /**
     * The person is who they say.
     *
     * @param mfaAt when a second factor was shown, if it was
     * @param passwordResetRequired whether nothing may be done before the password is changed
     */
    record SignedIn(Principal principal, @Nullable Instant mfaAt, boolean passwordResetRequired)
        implements Result {}

    /** The password is right, and one of these devices has to be used as well. */
    record FactorNeeded(Principal principal, List<String> serialNumbers) implements Result {}

    /** Name, password or second factor is wrong, or the password lets nobody in any more. */
    record Refused() implements Result {}

    /** Too much was wrong lately; nothing was looked at. */
    record TooManyFailures(Duration pause) implements Result {}
  }

  private final Database database;
  private final LoginProfileStore store;
  private final MfaCodes codes;
  private final SecurityKeys keys;
  private final SignInLimits limits;
  private final ConsoleLoginRecord record;
  private final EventLog events;
  private final InstantSource clock;
  private final String nobodysHash;

  /**
   * @param host the account whose history keeps attempts on accounts that are not there
   */
  public SignIn(
      Database database,
      Keyring keyring,
      EventLog events,
      Randomness randomness,
      InstantSource clock,
      AccountId host) {
    this.database = database;
    this.store = new LoginProfileStore(keyring);
    this.codes = new MfaCodes(database, keyring, clock);
    this.keys = new SecurityKeys(database, randomness, clock);
    this.limits = new SignInLimits(database, clock);
    this.record = new ConsoleLoginRecord(randomness, host);
    this.events = events;
    this.clock = clock;
    this.nobodysHash = PasswordHash.of(Secret.of(randomness.bytes(32)), randomness);
  }

  /** Answers one attempt. */
  public Result attempt(Attempt attempt) {
    SignInAccount found = database.read(handle -> SignInAccount.find(handle, store, attempt));
    SignInLimits.Guess guess = limits.guess(attempt, found);
    Duration wait = limits.take(guess);
    if (wait.compareTo(Duration.ZERO) > 0) {
      return failed(attempt, found, new Result.TooManyFailures(wait));
    }
    String hash = found.hash();
    boolean right = PasswordHash.matches(hash == null ? nobodysHash : hash, attempt.password());
    CredentialOwner owner = found.owner();
    if (!right || hash == null || owner == null || isShut(found)) {
      return failed(attempt, found, new Result.Refused());
    }
    List<String> devices =
        database.read(handle -> MfaDeviceStore.ofOwner(handle, owner.id())).stream()
            .map(MfaDevice::serial)
            .toList();
    if (devices.isEmpty()) {
      return entered(attempt, found, owner, hash, guess, null);
    }
    return switch (attempt.factor()) {
      case null -> {
        limits.giveBack(guess);
        yield new Result.FactorNeeded(principal(owner), devices);
      }
      case Factor.Code(String code) ->
          switch (codes.verifyAny(owner.id(), code)) {
            case Verdict.ACCEPTED -> entered(attempt, found, owner, hash, guess, clock.instant());
            case Verdict.WRONG_CODE, Verdict.UNKNOWN_DEVICE ->
                failed(attempt, found, new Result.Refused());
            case Verdict.TOO_MANY_FAILURES ->
                failed(attempt, found, new Result.TooManyFailures(Duration.ofMinutes(1)));
          };
      case Factor.Assertion(SecurityKeys.RelyingParty party, String response) ->
          keys.verify(principal(owner), party, response)
              ? entered(attempt, found, owner, hash, guess, clock.instant())
              : failed(attempt, found, new Result.Refused());
    };
  }

  /** Whether the password is so old that the account's rules let nobody in with it. */
  private boolean isShut(SignInAccount found) {
    PasswordRules rules = found.rules();
    return rules != null && rules.hardExpiry() && isExpired(found);
  }

  private boolean isExpired(SignInAccount found) {
    PasswordRules rules = found.rules();
    LoginProfileStore.Profile profile = found.profile();
    Instant expiry = rules == null || profile == null ? null : rules.expiry(profile.changedAt());
    return expiry != null && !clock.instant().isBefore(expiry);
  }

  private Result entered(
      Attempt attempt,
      SignInAccount found,
      CredentialOwner owner,
      String hash,
      SignInLimits.Guess guess,
      @Nullable Instant mfaAt) {
    Instant now = clock.instant();
    boolean stillRight =
        database.write(transaction -> {
          Handle handle = StoreTransaction.handle(transaction);
          // The password may have been changed, or taken away, while it was being checked.
          if (!store.hash(handle, owner.id()).map(hash::equals).orElse(false)) {
            return false;
          }
          limits.right(handle, guess);
          LoginProfileStore.used(handle, owner.id(), now, guess.source());
          events.append(transaction, record.succeeded(attempt, found, now, mfaAt != null));
          return true;
        });
    if (!stillRight) {
      return failed(attempt, found, new Result.Refused());
    }
    LoginProfileStore.Profile profile = found.profile();
    return new Result.SignedIn(
        principal(owner), mfaAt, isExpired(found) || (profile != null && profile.resetRequired()));
  }

  private Result failed(Attempt attempt, SignInAccount found, Result result) {
    events.append(record.failed(attempt, found, clock.instant()));
    return result;
  }

  private static Principal principal(CredentialOwner owner) {
    Entity user = owner.user();
    return user == null
        ? new Principal.Root(owner.account())
        : new Principal.User(owner.account(), user.path(), user.name(), user.id());
  }
}
