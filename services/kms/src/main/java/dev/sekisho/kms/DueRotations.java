package dev.sekisho.kms;

import dev.sekisho.core.Transaction;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;

/**
 * Gives keys the new material that their schedule has come due for.
 *
 * <p>A key whose time has come is rotated when it is next used, so nothing hangs on how often the
 * sweep runs. A key that cannot be used waits until it can.
 */
public final class DueRotations {

  private static final int BATCH = 100;

  /** More than these at once can only come from a clock that was moved by ages. */
  private static final int MOST_AT_ONCE = 100;

  private final Database database;
  private final KeyStamps stamps;
  private final KeyStore keys;
  private final RegionalMaterial materials;
  private final NewMaterial newMaterial;
  private final KeyEvents events;

  DueRotations(
      Database database,
      KeyStamps stamps,
      KeyStore keys,
      RegionalMaterial materials,
      NewMaterial newMaterial,
      KeyEvents events) {
    this.database = database;
    this.stamps = stamps;
    this.keys = keys;
    this.materials = materials;
    this.newMaterial = newMaterial;
    this.events = events;
  }

  /**
   * Rotates every key whose time has come.
   *
   * @return how many
   */
  public int sweep(Instant now) {
    int rotated = 0;
    List<KeyName> due = database.read(handle -> keys.dueForRotation(handle, now, BATCH));
    while (!due.isEmpty()) {
      for (KeyName name : due) {
        carryOut(name, now);
        rotated++;
      }
      due = database.read(handle -> keys.dueForRotation(handle, now, BATCH));
    }
    return rotated;
  }

  /** Rotates the key as often as its schedule has come due, if it still has. */
  void carryOut(KeyName name, Instant now) {
    database.write(transaction ->
        keys.find(StoreTransaction.handle(transaction), name)
            .filter(key -> key.isDueForRotation(now))
            .map(key -> {
              catchUp(transaction, key, now);
              stamps.changed(transaction, name);
              return name;
            })
            .isPresent());
  }

  private void catchUp(Transaction transaction, Key key, Instant now) {
    RotationSchedule schedule = key.rotation();
    Key current = key;
    for (int i = 0; i < MOST_AT_ONCE && schedule != null && schedule.isDue(now); i++) {
      current = rotate(transaction, current, schedule.nextAt(), RotationType.AUTOMATIC);
      schedule = schedule.following();
    }
    if (schedule != null && schedule.isDue(now)) {
      schedule = RotationSchedule.from(now, schedule.periodInDays());
    }
    keys.setRotation(transaction, key.name(), schedule);
  }

  /**
   * Gives the key fresh material; what it had goes on to decrypt.
   *
   * @return the key as it is then
   */
  Key rotate(Transaction transaction, Key key, Instant at, RotationType type) {
    Material fresh = newMaterial.of(key.name(), newMaterial.id(), key.spec());
    materials.rotate(transaction, key, fresh, at, type);
    events.rotated(transaction, key, fresh.id(), type, at);
    return keys.find(StoreTransaction.handle(transaction), key.name()).orElse(key);
  }
}
