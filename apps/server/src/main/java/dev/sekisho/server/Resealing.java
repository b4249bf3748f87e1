package dev.sekisho.server;

import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.keyring.KeyringWatch;
import dev.sekisho.store.Database;
import dev.sekisho.store.SealedColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node's keyring up to date, and seals anew in the background what older keys have sealed,
 * a few rows at a time beside the calls. A batch is done as a whole or not at all, and what is left
 * is found again at the next round or start.
 *
 * <p>INVARIANT: a value goes from an older key to a newer one only, so that nodes that do not all
 * know the newest key yet cannot work against one another.
 */
final class Resealing {

  private static final System.Logger LOG = System.getLogger(Resealing.class.getName());

  /** Once nothing is left, other nodes may still leave something for a while. */
  private static final int ROUNDS_BETWEEN = 20;

  private final Database database;
  private final Keyring keyring;
  private final KeyringWatch watch;
  private final List<SealedColumn> columns;
  private int doneFor;
  private int rounds;

  Resealing(Database database, Keyring keyring, KeyringWatch watch, List<SealedColumn> columns) {
    this.database = database;
    this.keyring = keyring;
    this.watch = watch;
    this.columns = List.copyOf(columns);
  }

  /** Does whatever is due. */
  synchronized void run() {
    watch.look();
    int current = keyring.current();
    if (keyring.numbers().size() == 1 || (doneFor == current && ++rounds % ROUNDS_BETWEEN != 0)) {
      return;
    }
    if (!database.read(handle -> KeyringCheck.opens(handle, keyring))) {
      LOG.log(
          System.Logger.Level.ERROR,
          "other nodes seal with a key that this node's keyring lacks: copy the keyring here");
      return;
    }
    int sealed = 0;
    int unopened = 0;
    for (SealedColumn column : columns) {
      SealedColumn.Batch batch = new SealedColumn.Batch(List.of(), 0, 0);
      do {
        List<String> after = batch.last();
        batch =
            database.write(transaction ->
                column.reseal(transaction, after, Keyring.headOf(current), this::anew));
        sealed += batch.sealed();
        unopened += batch.unopened();
      } while (!batch.last().isEmpty());
    }
    database.write(transaction -> {
      KeyringCheck.reseal(transaction, keyring);
      return Boolean.TRUE;
    });
    if (sealed + unopened > 0) {
      LOG.log(
          unopened > 0 ? System.Logger.Level.ERROR : System.Logger.Level.INFO,
          sealed
              + " values were sealed anew by key "
              + current
              + "; "
              + unopened
              + " do not open and stay as they are");
    }
    doneFor = current;
  }

  private byte @Nullable [] anew(String purpose, byte[] old) {
    byte[] opened;
    try {
      opened = keyring.open(purpose, old);
    } catch (CryptoException damaged) {
      return null;
    }
    try {
      return keyring.seal(purpose, opened);
    } finally {
      Arrays.fill(opened, (byte) 0);
    }
  }
}
