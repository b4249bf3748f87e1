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

/** The tables of managed policies and their versions; AWS's own are found beside them. */
final class ManagedPolicyStore {

  private static final String COLUMNS =
      "select id, arn, account, name, path, description, default_version, latest_version,"
          + " created_at, updated_at from iam_policy";

  private ManagedPolicyStore() {}

  static String arn(AccountId account, String path, String name) {
    return Arn.of("iam", "", account.value(), "policy" + path + name).toString();
  }

  static Optional<ManagedPolicy> find(Handle handle, String arn) {
    if (arn.startsWith(AwsManagedPolicies.ARN_PREFIX)) {
      return AwsManagedPolicies.find(arn);
    }
    return handle
        .createQuery(COLUMNS + " where arn = :arn")
        .bind("arn", arn)
        .map((row, _) -> policy(row))
        .findOne();
  }

  static Optional<ManagedPolicy> byName(Handle handle, AccountId account, String name) {
    return handle
        .createQuery(COLUMNS + " where account = :account and folded_name = :name")
        .bind("account", account.value())
        .bind("name", EntityStore.fold(name))
        .map((row, _) -> policy(row))
        .findOne();
  }

  static List<ManagedPolicy> ofAccount(Handle handle, AccountId account) {
    return handle
        .createQuery(COLUMNS + " where account = :account order by folded_name")
        .bind("account", account.value())
        .map((row, _) -> policy(row))
        .list();
  }

  static void insert(Transaction transaction, ManagedPolicy policy, String document) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_policy (id, arn, account, folded_name, name, path, description,"
                + " default_version, latest_version, created_at, updated_at)"
                + " values (:id, :arn, :account, :folded, :name, :path, :description, 1, 1,"
                + " :created, :created)")
        .bind("id", policy.id())
        .bind("arn", policy.arn())
        .bind("account", policy.account())
        .bind("folded", EntityStore.fold(policy.name()))
        .bind("name", policy.name())
        .bind("path", policy.path())
        .bind("description", policy.description())
        .bind("created", policy.createdAt().getEpochSecond())
        .execute();
    insertVersion(transaction, policy.id(), 1, document, policy.createdAt());
  }

  static void insertVersion(
      Transaction transaction, String policyId, int number, String document, Instant createdAt) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into iam_policy_version (policy_id, version, document, created_at)"
                + " values (:policy, :version, :document, :created)")
        .bind("policy", policyId)
        .bind("version", number)
        .bind("document", document)
        .bind("created", createdAt.getEpochSecond())
        .execute();
  }

  static void setVersions(
      Transaction transaction, ManagedPolicy policy, int inForce, int latest, Instant now) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update iam_policy set default_version = :inForce, latest_version = :latest,"
                + " updated_at = :now where id = :id")
        .bind("inForce", inForce)
        .bind("latest", latest)
        .bind("now", now.getEpochSecond())
        .bind("id", policy.id())
        .execute();
  }

  static void deleteVersion(Transaction transaction, ManagedPolicy policy, int number) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "delete from iam_policy_version where policy_id = :policy and version = :version")
        .bind("policy", policy.id())
        .bind("version", number)
        .execute();
  }

  static void delete(Transaction transaction, ManagedPolicy policy) {
    Handle handle = StoreTransaction.handle(transaction);
    handle.execute("delete from iam_policy_version where policy_id = ?", policy.id());
    handle.execute("delete from iam_tag where owner_id = ?", policy.id());
    handle.execute("delete from iam_policy where id = ?", policy.id());
  }

  /** Newest first. */
  static List<ManagedPolicy.Version> versions(Handle handle, ManagedPolicy policy) {
    if (policy.isAwsManaged()) {
      return AwsManagedPolicies.versions(policy);
    }
    return handle
        .createQuery(
            "select version, document, created_at from iam_policy_version"
                + " where policy_id = :policy order by version desc")
        .bind("policy", policy.id())
        .map((row, _) ->
            new ManagedPolicy.Version(
                row.getInt("version"),
                row.getString("document"),
                Instant.ofEpochSecond(row.getLong("created_at"))))
        .list();
  }

  static Optional<ManagedPolicy.Version> version(Handle handle, ManagedPolicy policy, String id) {
    return versions(handle, policy).stream().filter(each -> each.id().equals(id)).findFirst();
  }

  /** The document in force. */
  static String document(Handle handle, ManagedPolicy policy) {
    return version(handle, policy, policy.defaultVersionId()).orElseThrow().document();
  }

  static int attachments(Handle handle, String arn, AccountId account) {
    return attachedOwners(handle, EntityKind.USER, arn, account).size()
        + attachedOwners(handle, EntityKind.GROUP, arn, account).size()
        + attachedOwners(handle, EntityKind.ROLE, arn, account).size();
  }

  /** The users, groups or roles of the account that the policy is attached to. */
  static List<Entity> attachedOwners(
      Handle handle, EntityKind kind, String arn, AccountId account) {
    return handle
        .createQuery(
            "select a.owner_id from iam_attached_policy a join "
                + kind.table()
                + " e on e.id = a.owner_id"
                + " where a.policy_arn = :arn and e.account = :account order by e.folded_name")
        .bind("arn", arn)
        .bind("account", account.value())
        .mapTo(String.class)
        .list()
        .stream()
        .map(id -> EntityStore.byId(handle, kind, id).orElseThrow())
        .toList();
  }

  /** How many users and roles of the account have the policy as their boundary. */
  static int boundaryUses(Handle handle, String arn, AccountId account) {
    return boundaryUses(handle, EntityKind.USER, arn, account)
        + boundaryUses(handle, EntityKind.ROLE, arn, account);
  }

  private static int boundaryUses(Handle handle, EntityKind kind, String arn, AccountId account) {
    return handle
        .createQuery(
            "select count(*) from "
                + kind.table()
                + " where boundary = :arn and account = :account")
        .bind("arn", arn)
        .bind("account", account.value())
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Refuses a boundary that is not a managed policy.
   *
   * @throws dev.sekisho.core.ServiceException NoSuchEntity
   */
  static void requireBoundary(Handle handle, @Nullable String arn) {
    if (arn != null && find(handle, arn).isEmpty()) {
      throw IamErrors.noSuchEntity("Scope ARN: " + arn + " does not exist or is not attachable.");
    }
  }

  private static ManagedPolicy policy(ResultSet row) throws SQLException {
    return new ManagedPolicy(
        row.getString("id"),
        row.getString("arn"),
        row.getString("account"),
        row.getString("name"),
        row.getString("path"),
        row.getString("description"),
        row.getInt("default_version"),
        row.getInt("latest_version"),
        Instant.ofEpochSecond(row.getLong("created_at")),
        Instant.ofEpochSecond(row.getLong("updated_at")));
  }
}
