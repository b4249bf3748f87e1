package dev.sekisho.iam;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Arn;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of instance profiles. */
final class InstanceProfileStore {

  /**
   * A profile.
   *
   * @param id the unique id, {@code AIPA…}
   * @param roleId the one role it can hold
   */
  record Profile(
      String id,
      AccountId account,
      String name,
      String path,
      Instant createdAt,
      @Nullable String roleId) {
    Arn arn() {
      return InstanceProfileStore.arn(account, path, name);
    }
  }

  private static final String COLUMNS =
      "select id, account, name, path, created_at, role_id from iam_instance_profile";

  private InstanceProfileStore() {}

  static Arn arn(AccountId account, String path, String name) {
    return Arn.of("iam", "", account.value(), "instance-profile" + path + name);
  }

  static Optional<Profile> find(Handle handle, AccountId account, String name) {
    return handle
        .createQuery(COLUMNS + " where account = :account and folded_name = :name")
        .bind("account", account.value())
        .bind("name", EntityStore.fold(name))
        .map((row, _) -> profile(row))
        .findOne();
  }

  /**
   * The profile by its name.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static Profile require(Handle handle, AccountId account, String name) {
    return find(handle, account, name)
        .orElseThrow(
            () -> IamErrors.noSuchEntity("Instance Profile " + name + " cannot be found."));
  }

  static List<Profile> list(Handle handle, AccountId account, String pathPrefix, PageRequest page) {
    return handle
        .createQuery(
            COLUMNS
                + " where account = :account and folded_name > :after"
                + " and substr(path, 1, length(:prefix)) = :prefix order by folded_name limit :limit")
        .bind("account", account.value())
        .bind("after", page.after())
        .bind("prefix", pathPrefix)
        .bind("limit", page.limit() + 1)
        .map((row, _) -> profile(row))
        .list();
  }

  static List<Profile> ofRole(Handle handle, String roleId) {
    return handle
        .createQuery(COLUMNS + " where role_id = :role order by folded_name")
        .bind("role", roleId)
        .map((row, _) -> profile(row))
        .list();
  }

  static int count(Handle handle, AccountId account) {
    return handle
        .createQuery("select count(*) from iam_instance_profile where account = :account")
        .bind("account", account.value())
        .mapTo(Integer.class)
        .one();
  }

  static void insert(Transaction transaction, Profile profile) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_instance_profile (id, account, folded_name, name, path, created_at)"
                + " values (:id, :account, :folded, :name, :path, :created)")
        .bind("id", profile.id())
        .bind("account", profile.account().value())
        .bind("folded", EntityStore.fold(profile.name()))
        .bind("name", profile.name())
        .bind("path", profile.path())
        .bind("created", profile.createdAt().getEpochSecond())
        .execute();
  }

  static void setRole(Transaction transaction, String id, @Nullable String roleId) {
    StoreTransaction.handle(transaction)
        .createUpdate("update iam_instance_profile set role_id = :role where id = :id")
        .bind("role", roleId)
        .bind("id", id)
        .execute();
  }

  static void delete(Transaction transaction, String id) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from iam_tag where owner_id = ?", id);
    handle.execute("delete from iam_instance_profile where id = ?", id);
  }

  private static Profile profile(ResultSet row) throws SQLException {
    return new Profile(
        row.getString("id"),
        new AccountId(row.getString("account")),
        row.getString("name"),
        row.getString("path"),
        Instant.ofEpochSecond(row.getLong("created_at")),
        row.getString("role_id"));
  }
}
