package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Call;
import dev.sekisho.core.ServiceException;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the tables of users, groups and roles have in common. */
final class EntityStore {

  private EntityStore() {}

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String columns(EntityKind kind) {
    String boundary = kind == EntityKind.GROUP ? "null as boundary" : "boundary";
    return "select id, account, name, path, created_at, " + boundary + " from " + kind.table();
  }

  static Optional<Entity> find(Handle handle, EntityKind kind, AccountId account, String name) {
    return handle
        .createQuery(columns(kind) + " where account = :account and folded_name = :name")
        .bind("account", account.value())
        .bind("name", fold(name))
        .map((row, _) -> entity(kind, row))
        .findOne();
  }

  static Optional<Entity> byId(Handle handle, EntityKind kind, String id) {
    return handle
        .createQuery(columns(kind) + " where id = :id")
        .bind("id", id)
        .map((row, _) -> entity(kind, row))
        .findOne();
  }

  /**
   * The entity by its name.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static Entity require(Transaction transaction, EntityKind kind, AccountId account, String name) {
    return find(StoreTransaction.handle(transaction), kind, account, name)
        .orElseThrow(() -> kind.noSuch(name));
  }

  /**
   * The entity by its name, to change what it may do.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity, or UnmodifiableEntity for a service's
   *     own role
   */
  static Entity requireModifiable(
      Transaction transaction, EntityKind kind, AccountId account, String name) {
    Entity entity = require(transaction, kind, account, name);
    refuseReserved(entity);
    return entity;
  }

  /**
   * Refuses a service's own role.
   *
   * @throws dev.sekisho.core.ServiceException UnmodifiableEntity
   */
  static void refuseReserved(Entity entity) {
    if (ServiceLinkedRoleTemplate.isReserved(entity.path())) {
      throw new ServiceException(
          "UnmodifiableEntity",
          400,
          "Cannot perform the operation on the protected role '"
              + entity.name()
              + "' - this role is only modifiable by AWS");
    }
  }

  /**
   * The user of the caller's account by its name.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static Entity requireUser(Handle handle, Call<?> call, String name) {
    return find(handle, EntityKind.USER, call.account(), name)
        .orElseThrow(() -> IamErrors.noSuchUser(name));
  }

  /** All of the account, by folded name. */
  static List<Entity> all(Handle handle, EntityKind kind, AccountId account) {
    return handle
        .createQuery(columns(kind) + " where account = :account order by folded_name")
        .bind("account", account.value())
        .map((row, _) -> entity(kind, row))
        .list();
  }

  /** A page of the entities below the path, by folded name. */
  static List<Entity> list(
      Handle handle, EntityKind kind, AccountId account, String pathPrefix, PageRequest page) {
    return handle
        .createQuery(
            columns(kind)
                + " where account = :account and folded_name > :after"
                + " and substr(path, 1, length(:prefix)) = :prefix order by folded_name limit :limit")
        .bind("account", account.value())
        .bind("after", page.after())
        .bind("prefix", pathPrefix)
        .bind("limit", page.limit() + 1)
        .map((row, _) -> entity(kind, row))
        .list();
  }

  static int count(Transaction transaction, EntityKind kind, AccountId account) {
    return StoreTransaction.handle(transaction)
        .createQuery("select count(*) from " + kind.table() + " where account = :account")
        .bind("account", account.value())
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Gives the entity another name, another path or both; null leaves the one it has.
   *
   * @throws dev.sekisho.core.ServiceException EntityAlreadyExists when another has the name
   */
  static void rename(
      Transaction transaction, Entity entity, @Nullable String newName, @Nullable String newPath) {
    Handle handle = StoreTransaction.handle(transaction);
    String name = Objects.requireNonNullElse(newName, entity.name());
    if (find(handle, entity.kind(), entity.account(), name)
        .filter(other -> !other.id().equals(entity.id()))
        .isPresent()) {
      throw IamErrors.alreadyExists(entity.kind().displayName(), name);
    }
    handle
        .createUpdate(
            "update "
                + entity.kind().table()
                + " set name = :name, folded_name = :folded, path = :path where id = :id")
        .bind("name", name)
        .bind("folded", fold(name))
        .bind("path", Objects.requireNonNullElse(newPath, entity.path()))
        .bind("id", entity.id())
        .execute();
  }

  static void setBoundary(Transaction transaction, Entity entity, @Nullable String arn) {
    StoreTransaction.handle(transaction)
        .createUpdate("update " + entity.kind().table() + " set boundary = :arn where id = :id")
        .bind("arn", arn)
        .bind("id", entity.id())
        .execute();
  }

  static void delete(Transaction transaction, Entity entity) {
    Handle handle = StoreTransaction.handle(transaction);
    handle
        .createUpdate("delete from iam_tag where owner_id = :id")
        .bind("id", entity.id())
        .execute();
    handle
        .createUpdate("delete from " + entity.kind().table() + " where id = :id")
        .bind("id", entity.id())
        .execute();
  }

  private static Entity entity(EntityKind kind, ResultSet row) throws SQLException {
    return new Entity(
        kind,
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("name"),
        row.getString("path"),
        Instant.ofEpochSecond(row.getLong("created_at")),
        row.getString("boundary"));
  }
}
