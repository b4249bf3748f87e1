package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What a role has beyond what all entities have. */
final class RoleStore {

  /**
   * A role in full.
   *
   * @param trustPolicy as it decides: with unique ids in place of the ARNs of users and roles
   */
  record Role(
      Entity entity, @Nullable String description, String trustPolicy, int maxSessionSeconds) {}

  private RoleStore() {}

  static Optional<Role> find(Handle handle, AccountId account, String name) {
    return EntityStore.find(handle, EntityKind.ROLE, account, name)
        .map(entity -> of(handle, entity));
  }

  static Role of(Handle handle, Entity entity) {
    return handle
        .createQuery(
            "select description, trust_policy, max_session_seconds from iam_role where id = :id")
        .bind("id", entity.id())
        .map((row, _) ->
            new Role(
                entity,
                row.getString("description"),
                row.getString("trust_policy"),
                row.getInt("max_session_seconds")))
        .one();
  }

  static void insert(Transaction transaction, Role role) {
    Entity entity = role.entity();
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_role (id, account, folded_name, name, path, description, trust_policy,"
                + " max_session_seconds, created_at, boundary) values (:id, :account, :folded,"
                + " :name, :path, :description, :trust, :seconds, :created, :boundary)")
        .bind("id", entity.id())
        .bind("account", entity.account().value())
        .bind("folded", EntityStore.fold(entity.name()))
        .bind("name", entity.name())
        .bind("path", entity.path())
        .bind("description", role.description())
        .bind("trust", role.trustPolicy())
        .bind("seconds", role.maxSessionSeconds())
        .bind("created", entity.createdAt().getEpochSecond())
        .bind("boundary", entity.boundary())
        .execute();
  }

  static void update(Transaction transaction, Role role) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update iam_role set description = :description, trust_policy = :trust,"
                + " max_session_seconds = :seconds where id = :id")
        .bind("description", role.description())
        .bind("trust", role.trustPolicy())
        .bind("seconds", role.maxSessionSeconds())
        .bind("id", role.entity().id())
        .execute();
  }
}
