package dev.sekisho.kms;

import dev.sekisho.core.Transaction;
import dev.sekisho.kms.ImportedMaterial.Entry;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Key material in every Region of its key.
 *
 * <p>INVARIANT: material has one id in all Regions, so that what is encrypted in one is decrypted
 * in all. Imported material is only remembered in the other Regions until it is imported there too.
 */
final class RegionalMaterial {

  private final KeyStore keys;
  private final MaterialStore materials;

  RegionalMaterial(KeyStore keys, MaterialStore materials) {
    this.keys = keys;
    this.materials = materials;
  }

  /** The key's names in its Regions, its own first. */
  private static List<KeyName> everywhere(Key primary) {
    return Stream.concat(Stream.of(primary.name()), elsewhere(primary)).toList();
  }

  private static Stream<KeyName> elsewhere(Key primary) {
    return primary.replicaRegions().stream().map(region -> primary.name().in(region));
  }

  /** Gives a new replica what its primary has. */
  void copy(Transaction transaction, Key primary, KeyName replica, Instant now) {
    Handle handle = StoreTransaction.handle(transaction);
    for (Entry each : materials.entries(handle, primary.name())) {
      if (primary.imported() != null) {
        materials.remember(transaction, replica, each, now);
      } else {
        materials
            .find(handle, primary.name().region(), each.id())
            .ifPresent(found -> materials.insert(transaction, found.in(replica), now));
        materials.setPart(transaction, replica, each);
      }
    }
  }

  /** Makes fresh material the current one in every Region. */
  void rotate(Transaction transaction, Key primary, Material fresh, Instant at, RotationType type) {
    for (KeyName name : everywhere(primary)) {
      materials.insert(transaction, fresh.in(name), at);
      makeCurrent(transaction, name, fresh.id(), at, type);
    }
  }

  /** Makes imported material that waited for it the current one in every Region. */
  void rotateTo(Transaction transaction, Key primary, String id, Instant at) {
    for (KeyName name : everywhere(primary)) {
      makeCurrent(transaction, name, id, at, RotationType.ON_DEMAND);
    }
  }

  private void makeCurrent(
      Transaction transaction, KeyName name, String id, Instant at, RotationType type) {
    materials.makeCurrent(transaction, name, id, at, type);
    keys.setMaterial(transaction, name, id);
  }

  /** Lets the replicas know of material that was imported into their primary. */
  void remember(Transaction transaction, Key primary, Entry entry, Instant now) {
    elsewhere(primary)
        .forEach(name -> {
          materials.remember(transaction, name, entry, now);
          if (entry.state() == MaterialState.CURRENT) {
            keys.setMaterial(transaction, name, entry.id());
          }
        });
  }

  /** Takes material that waited for its rotation away in every Region. */
  void forget(Transaction transaction, Key primary, String id) {
    everywhere(primary).forEach(name -> materials.delete(transaction, name, id));
  }

  /** Whether the material is there in every Region. */
  boolean isEverywhere(Handle handle, Key primary, String id) {
    return everywhere(primary).stream()
        .allMatch(name ->
            materials.entries(handle, name).stream()
                .anyMatch(each -> each.id().equals(id) && each.present()));
  }
}
