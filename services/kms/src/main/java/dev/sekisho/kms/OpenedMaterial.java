package dev.sekisho.kms;

import dev.sekisho.core.Blob;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.crypto.KeyPairSpec;
import dev.sekisho.crypto.KeyPairs;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.Database;
import dev.sekisho.store.StampedCache;
import dev.sekisho.store.StoreTransaction;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Key material, unsealed when it is first needed and kept in memory from then on.
 *
 * <p>INVARIANT: material that was destroyed is let go of at once where it was destroyed, and at the
 * next sweep on every other node.
 */
final class OpenedMaterial {

  private static final int CACHED = 50_000;

  private record MaterialName(String region, String id) {}

  private record OfOneKey(KeyName key, String id) implements KeyStamps.OfKey {}

  private final Database database;
  private final MaterialStore store;
  // Material never changes hands, so who has it is known for ever.
  private final ConcurrentHashMap<MaterialName, KeyName> owners = new ConcurrentHashMap<>();
  private final StampedCache<OfOneKey, Optional<Material>> materials;
  private final StampedCache<KeyName, AsymmetricKey> pairs;

  OpenedMaterial(Database database, KeyStamps stamps, MaterialStore store) {
    this.database = database;
    this.store = store;
    this.materials = stamps.ofParts(CACHED);
    this.pairs = stamps.ofKeys(CACHED);
  }

  /** Whose the material of the id is, though it be destroyed. */
  Optional<KeyName> owner(String region, String id) {
    MaterialName name = new MaterialName(region, id);
    KeyName known = owners.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<KeyName> found = database.read(handle -> store.keyOf(handle, region, id));
    found.ifPresent(key -> {
      if (owners.size() >= CACHED) {
        owners.clear();
      }
      owners.put(name, key);
    });
    return found;
  }

  /** Whether there is or was material of the id, in whichever Region. */
  boolean isKnown(String id) {
    return database.read(handle -> store.isAnywhere(handle, id));
  }

  /** The material of the id, in whichever key of the Region it is. */
  Optional<Material> material(String region, String id) {
    return owner(region, id)
        .flatMap(key ->
            materials.get(
                new OfOneKey(key, id),
                name ->
                    database.read(handle -> store.find(handle, name.key().region(), name.id()))));
  }

  /** Both halves of an asymmetric key. */
  AsymmetricKey pair(Key key, Supplier<Material> opened) {
    return pairs.get(
        key.name(),
        _ -> {
          Material material = opened.get();
          KeyPairSpec spec = key.spec().keyPair();
          Blob publicKey = material.publicKey();
          if (spec == null || publicKey == null) {
            throw new IllegalStateException("the key is not asymmetric");
          }
          return KeyPairs.read(spec, material.bytes(), publicKey);
        });
  }

  /** Lets go of all of the key's material once the transaction is on disk. */
  void forgetAfter(Transaction transaction, KeyName key) {
    StoreTransaction.afterCommit(
        transaction,
        () -> {
          materials.forget(name -> name.key().equals(key));
          pairs.forget(key::equals);
        });
  }

  /** Lets go of what changed since it was read. */
  void prune() {
    materials.prune();
    pairs.prune();
  }
}
