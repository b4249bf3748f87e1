package dev.sekisho.kms;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Carries out the deletion of keys whose waiting period is over.
 *
 * <p>INVARIANT: a key and all of its material go in one transaction. A key past its time is treated
 * as gone even before its rows are, so nothing hangs on how often this runs.
 */
public final class KeyDeletion {

  private static final int BATCH = 100;

  private final Database database;
  private final KeyStamps stamps;
  private final KeyStore keys;
  private final MaterialStore materials;
  private final MaterialExpiry expiry;
  private final OpenedMaterial opened;
  private final LastUseStore lastUses;
  private final KeyEvents events;
  // Whether something was destroyed since the files were last rid of what was deleted, or may have
  // been in an earlier life of the process.
  private final AtomicBoolean leftovers = new AtomicBoolean(true);

  KeyDeletion(
      Database database,
      KeyStamps stamps,
      KeyStore keys,
      MaterialStore materials,
      MaterialExpiry expiry,
      OpenedMaterial opened,
      LastUseStore lastUses,
      KeyEvents events) {
    this.database = database;
    this.stamps = stamps;
    this.keys = keys;
    this.materials = materials;
    this.expiry = expiry;
    this.opened = opened;
    this.lastUses = lastUses;
    this.events = events;
  }

  /**
   * Takes away every key whose time has come, and imported material whose time is over.
   *
   * @return how many keys
   */
  public int sweep(Instant now) {
    boolean materialsWent = expiry.sweep(now);
    int gone = 0;
    List<KeyName> due = database.read(handle -> keys.due(handle, now, BATCH));
    while (!due.isEmpty()) {
      for (KeyName name : due) {
        carryOut(name, now);
        gone++;
      }
      due = database.read(handle -> keys.due(handle, now, BATCH));
    }
    if (leftovers.getAndSet(false) || materialsWent) {
      database.scrub();
    }
    return gone;
  }

  /** Takes the key away if it is still there and its time has come. */
  void carryOut(KeyName name, Instant now) {
    database.write(transaction -> {
      Optional<Key> gone =
          keys.find(StoreTransaction.handle(transaction), name).filter(key -> key.isGone(now));
      gone.ifPresent(key -> {
        delete(transaction, key);
        events.deleted(transaction, name, now);
      });
      return gone.isPresent();
    });
  }

  private void delete(Transaction transaction, Key key) {
    materials.deleteAll(transaction, key.name());
    keys.delete(transaction, key.name());
    lastUses.delete(transaction, key.name());
    StoreTransaction.afterCommit(transaction, () -> leftovers.set(true));
    opened.forgetAfter(transaction, key.name());
    releasePrimary(transaction, key);
    stamps.changed(transaction, key.name());
    for (String alias : key.aliases()) {
      stamps.changed(transaction, new AliasName(key.name().account(), key.name().region(), alias));
    }
  }

  /** A primary key that waited for its last replica to go begins its own waiting period. */
  private void releasePrimary(Transaction transaction, Key gone) {
    String region = gone.primaryRegion();
    Instant since = gone.deletionAt();
    if (region == null || since == null || gone.isPrimary()) {
      return;
    }
    keys.find(StoreTransaction.handle(transaction), gone.name().in(region))
        .filter(primary -> primary.replicaRegions().isEmpty())
        .ifPresent(primary -> {
          Integer window = primary.pendingWindow();
          if (window != null) {
            keys.setState(
                transaction,
                primary.name(),
                KeyState.PENDING_DELETION,
                since.plus(Duration.ofDays(window)));
          }
        });
  }
}
