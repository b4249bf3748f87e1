package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.crypto.AsymmetricKey;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.Database;
import dev.sekisho.store.StampedCache;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that a call is about, and its material, without SQL when they are warm.
 *
 * <p>INVARIANT: a key past its deletion date is never found.
 */
final class Keys {

  private static final int CACHED = 50_000;

  private final Database database;
  private final KeyStamps stamps;
  private final KeyStore store;
  private final AliasStore aliases;
  private final OpenedMaterial materials;
  private final KeyDeletion deletion;
  private final MaterialExpiry expiry;
  private final DueRotations rotations;
  private final StampedCache<KeyName, Optional<Key>> keyCache;
  private final StampedCache<AliasName, Optional<String>> aliasCache;

  Keys(
      Database database,
      KeyStamps stamps,
      KeyStore store,
      AliasStore aliases,
      OpenedMaterial materials,
      KeyDeletion deletion,
      MaterialExpiry expiry,
      DueRotations rotations) {
    this.database = database;
    this.stamps = stamps;
    this.store = store;
    this.aliases = aliases;
    this.materials = materials;
    this.deletion = deletion;
    this.expiry = expiry;
    this.rotations = rotations;
    this.keyCache = stamps.ofKeys(CACHED);
    this.aliasCache = stamps.ofAliases(CACHED);
  }

  /**
   * The key for a use that may cross accounts, by id, ARN or alias.
   *
   * @throws ServiceException NotFoundException, or AccessDeniedException for another account's
   */
  KeyUse use(Call<?> call, String keyId, String action) {
    return switch (KeyReference.parse(keyId, call)) {
      case KeyReference.ByName(KeyName name) -> new KeyUse(require(call, name, action), null);
      case KeyReference.ByAlias(AliasName alias) -> {
        String id = aliasCache.get(alias, this::load).orElse(null);
        if (id == null) {
          throw isOwn(call, alias.account())
              ? KmsErrors.aliasNotFound(alias)
              : KmsErrors.accessDenied(call, action, alias.arn());
        }
        KeyName name = new KeyName(alias.account(), alias.region(), id);
        yield new KeyUse(require(call, name, action), alias.name());
      }
    };
  }

  /** What kind of key the call names; null when it names none that is there. */
  @Nullable KeySpec specOf(Call<?> call, String keyId) {
    try {
      return use(call, keyId, "").key().spec();
    } catch (ServiceException none) {
      return null;
    }
  }

  /** The caller's own predefined alias, if the call names one whose key is still to be made. */
  @Nullable AliasName vacantAlias(Call<?> call, String keyId) {
    return KeyReference.parse(keyId, call) instanceof KeyReference.ByAlias(AliasName alias)
            && isOwn(call, alias.account())
            && ManagedKeys.isPredefined(alias)
            && aliasCache.get(alias, this::load).isEmpty()
        ? alias
        : null;
  }

  private static boolean isOwn(Call<?> call, AccountId account) {
    return account.equals(call.context().caller().principal().account());
  }

  /**
   * The caller's own key for its administration, by id or key ARN.
   *
   * @throws ServiceException NotFoundException, or AccessDeniedException for another account's
   */
  Key manage(Call<?> call, String keyId, String action) {
    return switch (KeyReference.parse(keyId, call)) {
      case KeyReference.ByName(KeyName name) -> {
        if (!isOwn(call, name.account())) {
          throw KmsErrors.accessDenied(call, action, name.arn());
        }
        yield require(call, name, action);
      }
      case KeyReference.ByAlias _ -> throw KmsErrors.invalidKeyId(keyId);
    };
  }

  /**
   * The key for an administration that may cross accounts, by id or key ARN.
   *
   * @throws ServiceException NotFoundException, or AccessDeniedException for another account's
   */
  Key share(Call<?> call, String keyId, String action) {
    return switch (KeyReference.parse(keyId, call)) {
      case KeyReference.ByName(KeyName name) -> require(call, name, action);
      case KeyReference.ByAlias _ -> throw KmsErrors.invalidKeyId(keyId);
    };
  }

  private Key require(Call<?> call, KeyName name, String action) {
    return find(name, call.context().time())
        .orElseThrow(() ->
            isOwn(call, name.account())
                ? KmsErrors.keyNotFound(name)
                : KmsErrors.accessDenied(call, action, name.arn()));
  }

  Optional<Key> find(KeyName name, Instant now) {
    Optional<Key> key = keyCache.get(name, this::load);
    if (key.isPresent() && !key.get().isLeading()) {
      // What is due for the primary key changes its replicas too.
      String primary = key.get().primaryRegion();
      if (primary != null && find(name.in(primary), now).isPresent()) {
        key = keyCache.get(name, this::load);
      }
    }
    if (key.isPresent() && key.get().isGone(now)) {
      deletion.carryOut(name, now);
      return Optional.empty();
    }
    if (key.isPresent() && key.get().hasExpiredMaterial(now)) {
      expiry.carryOut(name, now);
      return keyCache.get(name, this::load);
    }
    if (key.isPresent() && key.get().isDueForRotation(now)) {
      rotations.carryOut(name, now);
      return keyCache.get(name, this::load);
    }
    return key;
  }

  /** The material of the id, in whichever key of the Region it is. */
  Optional<Material> material(String region, String id) {
    return materials.material(region, id);
  }

  /** Whose the material of the id is, though it be destroyed. */
  Optional<KeyName> keyOfMaterial(String region, String id) {
    return materials.owner(region, id);
  }

  /** Whether there is or was material of the id, in whichever Region. */
  boolean isMaterial(String id) {
    return materials.isKnown(id);
  }

  /** The material that encrypts now. */
  Material current(Key key) {
    String id = key.materialId();
    Optional<Material> material = id == null ? Optional.empty() : material(key.name().region(), id);
    return material.orElseThrow(() -> new IllegalStateException("a usable key has no material"));
  }

  /** Both halves of an asymmetric key. */
  AsymmetricKey pair(Key key) {
    return materials.pair(key, () -> current(key));
  }

  /**
   * A change of one key, as the transaction finds it, by which caches learn of it.
   *
   * <p>What was known of the key before the transaction may be out of date, so the work checks the
   * state it needs once more.
   */
  <O> Outcome<O> change(Call<?> call, KeyName name, BiFunction<Transaction, Key, O> work) {
    Instant now = call.context().time();
    return Outcome.change(transaction -> {
      O output = work.apply(transaction, require(transaction, name, now));
      stamps.changed(transaction, name);
      return output;
    });
  }

  /** The key as the transaction finds it. */
  Key require(Transaction transaction, KeyName name, Instant now) {
    Key key =
        store
            .find(StoreTransaction.handle(transaction), name)
            .filter(found -> !found.isGone(now))
            .orElseThrow(() -> KmsErrors.keyNotFound(name));
    if (!key.hasExpiredMaterial(now)) {
      return key;
    }
    expiry.carryOut(transaction, name, now);
    return store.find(StoreTransaction.handle(transaction), name).orElse(key);
  }

  /** From now on this material encrypts. */
  void setMaterial(Transaction transaction, KeyName name, String materialId) {
    store.setMaterial(transaction, name, materialId);
  }

  private Optional<Key> load(KeyName name) {
    return database.read(handle -> store.find(handle, name));
  }

  private Optional<String> load(AliasName alias) {
    return database.read(handle -> aliases.find(handle, alias)).map(AliasStore.Alias::keyId);
  }

  /**
   * A key and how the call named it.
   *
   * @param alias the name of the alias in the call, if it was one
   */
  record KeyUse(Key key, @Nullable String alias) {}
}
