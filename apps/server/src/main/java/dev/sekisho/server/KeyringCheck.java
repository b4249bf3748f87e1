package dev.sekisho.server;

import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.keyring.UnsealException;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import dev.sekisho.store.StoreValues;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Notices at the start that a database's secrets were sealed by another keyring. */
final class KeyringCheck {

  private static final String NAME = "keyring-check";
  private static final byte[] KNOWN = "sekisho".getBytes(StandardCharsets.UTF_8);

  private KeyringCheck() {}

  /**
   * Opens the value that the first start sealed, or seals it when this is the first.
   *
   * @throws UnsealException when it does not open
   */
  static void run(Database database, Keyring keyring, Path file) {
    Optional<byte[]> sealed = database.read(KeyringCheck::find);
    // Two first starts may be under way at the same time; the second one checks against the first.
    byte[] value =
        sealed.orElseGet(() ->
            database.write(transaction ->
                find(StoreTransaction.handle(transaction))
                    .orElseGet(() -> {
                      byte[] made = keyring.seal(NAME, KNOWN);
                      StoreValues.put(transaction, NAME, made);
                      return made;
                    })));
    check(value, keyring, file);
  }

  /**
   * The same for whoever looks from beside.
   *
   * @throws UnsealException when the value is there and does not open
   */
  static void check(Handle handle, Keyring keyring, Path file) {
    find(handle).ifPresent(value -> check(value, keyring, file));
  }

  private static void check(byte[] value, Keyring keyring, Path file) {
    if (!opens(keyring, value)) {
      throw new UnsealException(
          "the database was sealed by another keyring than "
              + file
              + ", or by a newer state of it: nothing in it can be opened with this one; name the"
              + " keyring it was made with by --keyring FILE, or put that file back");
    }
  }

  /**
   * Refuses to make a keyring where one must have been.
   *
   * @throws UnsealException when there are secrets that an earlier keyring sealed
   */
  static void refuseToReplace(Options options, Path file) {
    if (options.storage().inspect(options.data(), KeyringCheck::find).flatMap(v -> v).isPresent()) {
      throw new UnsealException(
          "the keyring "
              + file
              + " is missing, without which the data cannot be opened; put it back, or name it with"
              + " --keyring FILE");
    }
  }

  private static Optional<byte[]> find(Handle handle) {
    return StoreValues.find(handle, NAME);
  }

  /** The number of the key that sealed the value. */
  static Optional<Integer> number(Handle handle) {
    return find(handle).map(value -> ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
  }

  /** Whether this node's keys suffice for what is stored. */
  static boolean opens(Handle handle, Keyring keyring) {
    return find(handle).map(value -> opens(keyring, value)).orElse(true);
  }

  private static boolean opens(Keyring keyring, byte[] value) {
    try {
      return Arrays.equals(keyring.open(NAME, value), KNOWN);
    } catch (CryptoException other) {
      return false;
    }
  }

  /** Seals the value anew when an older key than the current one did. */
  static void reseal(Transaction transaction, Keyring keyring) {
    Handle handle = StoreTransaction.handle(transaction);
    if (number(handle).map(number -> number < keyring.current()).orElse(false)
        && opens(handle, keyring)) {
      StoreValues.put(transaction, NAME, keyring.seal(NAME, KNOWN));
    }
  }
}
