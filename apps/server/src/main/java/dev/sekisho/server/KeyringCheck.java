package dev.sekisho.server;

import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreOpenException;
import dev.sekisho.store.StoreTransaction;
import dev.sekisho.store.StoreValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Notices at the start that a database's secrets were sealed by another keyring. */
final class KeyringCheck {

  private static final String NAME = "keyring-check";
  private static final byte[] KNOWN = "sekisho".getBytes(StandardCharsets.UTF_8);

  private KeyringCheck() {}

  /**
   * Opens the value that the first start sealed, or seals it when this is the first.
   *
   * @throws StoreOpenException when it does not open
   */
  static void run(Database database, Keyring keyring, Path file) {
    Optional<byte[]> sealed = database.read(handle -> StoreValues.find(handle, NAME));
    // Two first starts may be under way at the same time; the second one checks against the first.
    byte[] value =
        sealed.orElseGet(() ->
            database.write(transaction ->
                StoreValues.find(StoreTransaction.handle(transaction), NAME)
                    .orElseGet(() -> {
                      byte[] made = keyring.seal(NAME, KNOWN);
                      StoreValues.put(transaction, NAME, made);
                      return made;
                    })));
    try {
      keyring.open(NAME, value);
    } catch (CryptoException other) {
      throw new StoreOpenException(
          "the database was sealed by another keyring than "
              + file
              + ": nothing in it can be opened with this one; name the keyring it was made with by"
              + " --keyring FILE, or put that file back");
    }
  }
}
