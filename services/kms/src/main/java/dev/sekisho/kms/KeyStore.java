package dev.sekisho.kms;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table of keys. */
final class KeyStore {

  private static final String WHERE =
      " where account = :account and region = :region and id = :key";

  /** Keys that an account may have in a Region. */
  static final int MOST_KEYS = 100_000;

  private final int mostKeys;
  private final AliasStore aliases;
  private final TagStore tags;
  private final GrantStore grants;
  private final MaterialStore materials;

  KeyStore(
      AliasStore aliases, TagStore tags, GrantStore grants, MaterialStore materials, int mostKeys) {
    this.mostKeys = mostKeys;
    this.grants = grants;
    this.materials = materials;
    this.aliases = aliases;
    this.tags = tags;
  }

  /**
   * Returns when the account may have one more key in the Region. AWS managed keys do not count.
   *
   * @throws ServiceException LimitExceededException otherwise
   */
  void requireRoom(Transaction transaction, KeyName name) {
    int there =
        StoreTransaction.handle(transaction)
            .createQuery(
                "select count(*) - (select count(*) from kms_alias where account = :account"
                    + " and region = :region and name like 'alias/aws/%') from kms_key"
                    + " where account = :account and region = :region")
            .bind("account", name.account().value())
            .bind("region", name.region())
            .mapTo(Integer.class)
            .one();
    if (there >= mostKeys) {
      throw KmsErrors.limitExceeded(
          "Key quota for this account in this region is "
              + mostKeys
              + " but the current number of keys is "
              + there
              + ".");
    }
  }

  /** Puts the key there with its tags; aliases are given to it later. */
  void insert(Transaction transaction, Key key) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "insert into kms_key (account, region, id, description, spec, key_usage,"
                        + " origin, state, created_at, deletion_at, pending_window, material_id,"
                        + " rotation_period, next_rotation_at, policy, multi_region,"
                        + " primary_region) values (:account, :region, :key, :description,"
                        + " :spec, :usage, :origin, :state, :created, :deletion, :window,"
                        + " :material,"
                        + " :period, :next, :policy, :multi, :primary)"),
            key.name())
        .bind("description", key.description())
        .bind("spec", key.spec().name())
        .bind("usage", key.usage().name())
        .bind("origin", key.origin())
        .bind("state", key.state().awsName())
        .bind("created", key.createdAt().toEpochMilli())
        .bind("deletion", millis(key.deletionAt()))
        .bind("window", key.pendingWindow())
        .bind("material", key.materialId())
        .bind("period", key.rotation() == null ? null : key.rotation().periodInDays())
        .bind("next", key.rotation() == null ? null : millis(key.rotation().nextAt()))
        .bind("policy", key.policy())
        .bind("multi", key.isMultiRegion() ? 1 : 0)
        .bind("primary", key.primaryRegion())
        .execute();
    tags.put(transaction, key.name(), key.tags());
  }

  Optional<Key> find(Handle handle, KeyName name) {
    return named(
            handle.createQuery(
                "select description, spec, key_usage, origin, state, created_at, deletion_at,"
                    + " pending_window,"
                    + " material_id, rotation_period, next_rotation_at, policy, primary_region"
                    + " from kms_key"
                    + WHERE),
            name)
        .map((row, _) -> key(handle, name, row))
        .findOne();
  }

  private Key key(Handle handle, KeyName name, ResultSet row) throws SQLException {
    String primary = row.getString("primary_region");
    long deletion = row.getLong("deletion_at");
    Instant deletionAt = row.wasNull() ? null : Instant.ofEpochMilli(deletion);
    int window = row.getInt("pending_window");
    Integer pendingWindow = row.wasNull() ? null : window;
    return Key.of(
        name,
        row.getString("description"),
        KeySpec.valueOf(row.getString("spec")),
        KeyUsage.valueOf(row.getString("key_usage")),
        row.getString("origin"),
        KeyState.of(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        deletionAt,
        pendingWindow,
        row.getString("material_id"),
        row.getString("policy"),
        primary,
        primary == null ? List.of() : replicas(handle, name, primary),
        tags.of(handle, name),
        aliases.of(handle, name),
        row.getString("origin").equals(Key.EXTERNAL)
            ? ImportedMaterial.of(materials.entries(handle, name))
            : null,
        rotation(row));
  }

  private static @Nullable RotationSchedule rotation(ResultSet row) throws SQLException {
    int period = row.getInt("rotation_period");
    return row.wasNull()
        ? null
        : new RotationSchedule(period, Instant.ofEpochMilli(row.getLong("next_rotation_at")));
  }

  private static List<String> replicas(Handle handle, KeyName name, String primary) {
    return handle
        .createQuery(
            "select region from kms_key where account = :account and id = :key"
                + " and region <> :primary order by region")
        .bind("account", name.account().value())
        .bind("key", name.id())
        .bind("primary", primary)
        .mapTo(String.class)
        .list();
  }

  /** Ids of the keys that are there at the time, in order, beginning after the one given. */
  List<String> ids(
      Handle handle, AccountId account, String region, String after, Instant now, int limit) {
    return handle
        .createQuery(
            "select id from kms_key where account = :account and region = :region and id > :after"
                + " and (deletion_at is null or deletion_at > :now) order by id limit :limit")
        .bind("account", account.value())
        .bind("region", region)
        .bind("after", after)
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  /** Keys whose waiting period is over. */
  List<KeyName> due(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "select account, region, id from kms_key where deletion_at <= :now"
                + " order by deletion_at limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((row, _) -> name(row))
        .list();
  }

  /** Keys in use whose schedule has come due. */
  List<KeyName> dueForRotation(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "select account, region, id from kms_key where next_rotation_at <= :now"
                + " and state = :state and (primary_region is null or primary_region = region)"
                + " order by next_rotation_at limit :limit")
        .bind("now", now.toEpochMilli())
        .bind("state", KeyState.ENABLED.awsName())
        .bind("limit", limit)
        .map((row, _) -> name(row))
        .list();
  }

  private static KeyName name(ResultSet row) throws SQLException {
    return new KeyName(
        new AccountId(row.getString("account")), row.getString("region"), row.getString("id"));
  }

  /** Sets the schedule in every Region of the key. */
  void setRotation(Transaction transaction, KeyName name, @Nullable RotationSchedule schedule) {
    inAllRegions(
            transaction,
            name,
            "update kms_key set rotation_period = :period, next_rotation_at = :next")
        .bind("period", schedule == null ? null : schedule.periodInDays())
        .bind("next", schedule == null ? null : millis(schedule.nextAt()))
        .execute();
  }

  void setState(
      Transaction transaction, KeyName name, KeyState state, @Nullable Instant deletionAt) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate(
                    "update kms_key set state = :state, deletion_at = :deletion,"
                        + " pending_window = null"
                        + WHERE),
            name)
        .bind("state", state.awsName())
        .bind("deletion", millis(deletionAt))
        .execute();
  }

  /** Makes the key of another Region the primary. */
  void setPrimaryRegion(Transaction transaction, KeyName name, String region) {
    inAllRegions(transaction, name, "update kms_key set primary_region = :primary")
        .bind("primary", region)
        .execute();
  }

  private static Update inAllRegions(Transaction transaction, KeyName name, String statement) {
    return StoreTransaction.handle(transaction)
        .createUpdate(statement + " where account = :account and id = :key")
        .bind("account", name.account().value())
        .bind("key", name.id());
  }

  void setMaterial(Transaction transaction, KeyName name, String materialId) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate("update kms_key set material_id = :material" + WHERE),
            name)
        .bind("material", materialId)
        .execute();
  }

  /** Lets a primary key wait for its replicas to go, and then for so many days. */
  void setPendingReplicaDeletion(Transaction transaction, KeyName name, int window) {
    setState(transaction, name, KeyState.PENDING_REPLICA_DELETION, null);
    named(
            StoreTransaction.handle(transaction)
                .createUpdate("update kms_key set pending_window = :window" + WHERE),
            name)
        .bind("window", window)
        .execute();
  }

  void setDescription(Transaction transaction, KeyName name, String description) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate("update kms_key set description = :description" + WHERE),
            name)
        .bind("description", description)
        .execute();
  }

  void setPolicy(Transaction transaction, KeyName name, String policy) {
    named(
            StoreTransaction.handle(transaction)
                .createUpdate("update kms_key set policy = :policy" + WHERE),
            name)
        .bind("policy", policy)
        .execute();
  }

  /**
   * Takes the key away with its tags, aliases and grants; its material is taken away by its own
   * store.
   */
  void delete(Transaction transaction, KeyName name) {
    tags.removeAll(transaction, name);
    grants.deleteAll(transaction, name);
    aliases.deleteAll(transaction, name);
    named(StoreTransaction.handle(transaction).createUpdate("delete from kms_key" + WHERE), name)
        .execute();
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  /** Binds the three parts of a key's name. */
  static <S extends SqlStatement<S>> S named(S statement, KeyName name) {
    return statement
        .bind("account", name.account().value())
        .bind("region", name.region())
        .bind("key", name.id());
  }
}
