package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.kms.MaterialStore.Material;
import dev.sekisho.store.Database;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * AWS managed keys: one for each service of an account and Region, made when it is first needed.
 *
 * <p>INVARIANT: a key has an alias below {@code alias/aws/} if and only if it is AWS managed, for
 * customers can neither make, move nor delete such an alias.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key">AWS
 *     managed keys</a>
 */
final class ManagedKeys {

  /** The services whose alias is there in every account before its key is. */
  private static final Set<String> PREDEFINED =
      Set.of(
          "dynamodb",
          "ebs",
          "elasticfilesystem",
          "es",
          "glue",
          "kinesisvideo",
          "rds",
          "redshift",
          "s3",
          "ssm",
          "xray");

  private static final int PERIOD = 365;

  private final Database database;
  private final KeyStamps stamps;
  private final KeyStore keys;
  private final AliasStore aliases;
  private final MaterialStore materials;
  private final NewMaterial newMaterial;

  ManagedKeys(
      Database database,
      KeyStamps stamps,
      KeyStore keys,
      AliasStore aliases,
      MaterialStore materials,
      NewMaterial newMaterial) {
    this.database = database;
    this.stamps = stamps;
    this.keys = keys;
    this.aliases = aliases;
    this.materials = materials;
    this.newMaterial = newMaterial;
  }

  /** The alias of the service's key. */
  static AliasName alias(AccountId account, String region, String service) {
    return new AliasName(account, region, AliasName.AWS_PREFIX + service);
  }

  /** Whether the alias is there although its key may not be yet. */
  static boolean isPredefined(AliasName alias) {
    return alias.name().startsWith(AliasName.AWS_PREFIX)
        && PREDEFINED.contains(alias.name().substring(AliasName.AWS_PREFIX.length()));
  }

  /** The names of such aliases after the one given, in order. */
  static List<String> predefinedAfter(String after) {
    Set<String> names = new TreeSet<>();
    PREDEFINED.forEach(service -> names.add(AliasName.AWS_PREFIX + service));
    return names.stream().filter(name -> name.compareTo(after) > 0).toList();
  }

  /** Makes the key that the alias stands for, unless it is there. */
  void provide(AliasName alias, Instant now) {
    boolean there = database.read(handle -> aliases.find(handle, alias)).isPresent();
    if (!there) {
      Key key = draft(alias, now);
      Material material = material(key);
      database.write(transaction -> keep(transaction, alias, key, material));
    }
  }

  /** The key that the alias will stand for, which is nowhere yet. */
  Key draft(AliasName alias, Instant now) {
    String service = alias.name().substring(AliasName.AWS_PREFIX.length());
    return Key.of(
        new KeyName(alias.account(), alias.region(), newMaterial.keyId()),
        "Default key that protects my " + service + " data when no other key is defined",
        KeySpec.SYMMETRIC_DEFAULT,
        KeyUsage.ENCRYPT_DECRYPT,
        Key.AWS_KMS,
        KeyState.ENABLED,
        now,
        null,
        null,
        newMaterial.id(),
        ManagedKeyPolicy.of(alias.account(), alias.region(), service),
        null,
        List.of(),
        Map.of(),
        List.of(alias.name()),
        null,
        RotationSchedule.from(now, PERIOD));
  }

  /** Material for the draft of a key. */
  Material material(Key key) {
    String id = key.materialId();
    if (id == null) {
      throw new IllegalStateException("an AWS managed key has material of KMS's own");
    }
    return newMaterial.of(key.name(), id, key.spec());
  }

  /**
   * Keeps the draft of a key.
   *
   * @return the key that the alias stands for, which somebody else may have made meanwhile
   */
  Key keep(Transaction transaction, AliasName alias, Key key, Material material) {
    Optional<Key> other =
        aliases
            .find(StoreTransaction.handle(transaction), alias)
            .flatMap(found ->
                keys.find(
                    StoreTransaction.handle(transaction),
                    new KeyName(alias.account(), alias.region(), found.keyId())));
    if (other.isPresent()) {
      return other.get();
    }
    keys.insert(transaction, key);
    materials.insert(transaction, material, key.createdAt());
    aliases.insert(transaction, alias, key.name().id(), key.createdAt());
    stamps.changed(transaction, key.name());
    stamps.changed(transaction, alias);
    return key;
  }
}
