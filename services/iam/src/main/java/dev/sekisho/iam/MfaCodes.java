package dev.sekisho.iam;

import dev.sekisho.core.MfaVerifier;
import dev.sekisho.core.Principal;
import dev.sekisho.core.Secret;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.OneTimeCodes;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Checks one-time codes against the devices' seeds.
 *
 * <p>INVARIANT: a code is accepted once: the step it belongs to is on disk before the answer, and
 * no code of that step or an earlier one is accepted again, on any node. Wrong codes are counted in
 * the same unit, so that parallel guesses get no more tries than those in a row.
 */
public final class MfaCodes implements MfaVerifier {

  /** How many steps a device's clock may stray between two uses. */
  private static final int STRAY = 1;

  /** How far off a clock may be when two codes in a row say how far. */
  private static final int SEARCH = 120;

  private final Database database;
  private final MfaDeviceStore store;
  private final InstantSource clock;

  public MfaCodes(Database database, Keyring keyring, InstantSource clock) {
    this.database = database;
    this.store = new MfaDeviceStore(keyring);
    this.clock = clock;
  }

  @Override
  public Verdict verify(Principal principal, String serialNumber, String code) {
    return CredentialOwner.idOf(principal)
        .map(owner -> verify(owner, serialNumber, code))
        .orElse(Verdict.UNKNOWN_DEVICE);
  }

  private Verdict verify(String ownerId, String serial, String code) {
    return database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      List<MfaDevice> devices =
          MfaDeviceStore.ofOwner(handle, ownerId).stream()
              .filter(device -> device.showsCodes() && device.serial().equals(serial))
              .toList();
      return devices.isEmpty() ? Verdict.UNKNOWN_DEVICE : check(handle, ownerId, devices, code);
    });
  }

  /** Checks a code that may be of any of the owner's devices. */
  Verdict verifyAny(String ownerId, String code) {
    return database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      List<MfaDevice> devices =
          MfaDeviceStore.ofOwner(handle, ownerId).stream().filter(MfaDevice::showsCodes).toList();
      return devices.isEmpty() ? Verdict.UNKNOWN_DEVICE : check(handle, ownerId, devices, code);
    });
  }

  private Verdict check(Handle handle, String ownerId, List<MfaDevice> devices, String code) {
    FailedGuesses.Subject subject = FailedGuesses.Subject.codes(ownerId);
    if (FailedGuesses.wait(handle, subject, clock.instant()).compareTo(Duration.ZERO) > 0) {
      return Verdict.TOO_MANY_FAILURES;
    }
    for (MfaDevice device : devices) {
      long expected = OneTimeCodes.step(clock.instant()) + device.drift();
      OptionalLong step =
          OneTimeCodes.find(
              store.seed(handle, device.serial()), code, expected - STRAY, expected + STRAY);
      if (step.isPresent() && step.getAsLong() > device.lastStep()) {
        // The drift stays: a person who types late says nothing of the device's clock.
        MfaDeviceStore.use(handle, device.serial(), step.getAsLong(), device.drift());
        FailedGuesses.forget(handle, subject);
        return Verdict.ACCEPTED;
      }
    }
    FailedGuesses.failed(handle, subject, clock.instant());
    return Verdict.WRONG_CODE;
  }

  /**
   * Finds out by two codes in a row how far the device's clock is from ours, and uses both up.
   *
   * @param serial a device that shows codes
   */
  Verdict align(String serial, String first, String second) {
    return database.write(transaction -> {
      Handle handle = StoreTransaction.handle(transaction);
      MfaDevice device = MfaDeviceStore.find(handle, serial).orElse(null);
      if (device == null || !device.showsCodes()) {
        return Verdict.UNKNOWN_DEVICE;
      }
      FailedGuesses.Subject subject = FailedGuesses.Subject.device(serial);
      if (FailedGuesses.wait(handle, subject, clock.instant()).compareTo(Duration.ZERO) > 0) {
        return Verdict.TOO_MANY_FAILURES;
      }
      long now = OneTimeCodes.step(clock.instant());
      Secret seed = store.seed(handle, serial);
      OptionalLong step = OneTimeCodes.findPair(seed, first, second, now - SEARCH, now + SEARCH);
      if (step.isEmpty() || step.getAsLong() <= device.lastStep()) {
        FailedGuesses.failed(handle, subject, clock.instant());
        return Verdict.WRONG_CODE;
      }
      // Whoever types two codes in a row does so while the second is shown.
      long shown = step.getAsLong() + 1;
      long drift = Math.abs(shown - now) <= STRAY ? 0 : shown - now;
      MfaDeviceStore.use(handle, serial, shown, drift);
      FailedGuesses.forget(handle, subject);
      return Verdict.ACCEPTED;
    });
  }
}
