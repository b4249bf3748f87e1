package dev.sekisho.kms;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Destroys imported material whose time is over.
 *
 * <p>INVARIANT: nothing hangs on how often this runs: material past its time is destroyed by
 * whoever touches its key, before the key is used.
 */
final class MaterialExpiry {

  private static final int BATCH = 100;

  private final Database database;
  private final KeyStamps stamps;
  private final KeyStore keys;
  private final MaterialStore materials;
  private final OpenedMaterial opened;
  private final KeyEvents events;
  // Whether material was destroyed since the last sweep.
  private final AtomicBoolean destroyed = new AtomicBoolean();

  MaterialExpiry(
      Database database,
      KeyStamps stamps,
      KeyStore keys,
      MaterialStore materials,
      OpenedMaterial opened,
      KeyEvents events) {
    this.database = database;
    this.stamps = stamps;
    this.keys = keys;
    this.materials = materials;
    this.opened = opened;
    this.events = events;
  }

  /**
   * Destroys whatever has expired by now, in every key.
   *
   * @return whether material was destroyed since the last time, for whatever reason
   */
  boolean sweep(Instant now) {
    List<KeyName> due = database.read(handle -> materials.expired(handle, now, BATCH));
    while (!due.isEmpty()) {
      due.forEach(name -> carryOut(name, now));
      due = database.read(handle -> materials.expired(handle, now, BATCH));
    }
    return destroyed.getAndSet(false);
  }

  /** Destroys what has expired in the key. */
  void carryOut(KeyName name, Instant now) {
    database.write(transaction -> {
      carryOut(transaction, name, now);
      return true;
    });
  }

  /** Destroys what has expired in the key, as part of a change of it. */
  void carryOut(Transaction transaction, KeyName name, Instant now) {
    if (materials.destroyExpired(transaction, name, now) > 0) {
      events.materialExpired(transaction, name, now);
    }
    settle(transaction, name);
  }

  /** Brings the key's state in line with the material that is there. */
  void settle(Transaction transaction, KeyName name) {
    keys.find(StoreTransaction.handle(transaction), name)
        .filter(key -> key.imported() != null)
        .ifPresent(key -> {
          KeyState state = key.stateByMaterial();
          if (state != key.state()) {
            keys.setState(transaction, name, state, null);
          }
        });
    stamps.changed(transaction, name);
    opened.forgetAfter(transaction, name);
    StoreTransaction.afterCommit(transaction, () -> destroyed.set(true));
  }
}
