package dev.sekisho.organizations;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Policies and the types that are enabled; the policies AWS made are found here as well. */
final class PolicyStore {

  private static final String SELECT =
      "select id, type, name, description, content from organization_policy";

  private PolicyStore() {}

  static Optional<Policy> find(Handle handle, Organization organization, String id) {
    return AwsManagedPolicies.find(id)
        .or(() ->
            handle
                .createQuery(SELECT + " where id = :id and organization = :organization")
                .bind("id", id)
                .bind("organization", organization.id())
                .map((row, _) -> policy(row))
                .findOne());
  }

  /** The organization's own policies of the type, by id. */
  static List<Policy> own(Handle handle, Organization organization, PolicyType type) {
    return handle
        .createQuery(SELECT + " where organization = :organization and type = :type order by id")
        .bind("organization", organization.id())
        .bind("type", type.name())
        .map((row, _) -> policy(row))
        .list();
  }

  static int count(Handle handle, Organization organization) {
    return handle
        .createQuery("select count(*) from organization_policy where organization = :organization")
        .bind("organization", organization.id())
        .mapTo(Integer.class)
        .one();
  }

  static void insert(
      Transaction transaction, Organization organization, Policy policy, Instant when) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_policy (id, organization, type, name, description, content,"
                + " updated_at) values (:id, :organization, :type, :name, :description, :content,"
                + " :at)")
        .bind("id", policy.id())
        .bind("organization", organization.id())
        .bind("type", policy.type().name())
        .bind("name", policy.name())
        .bind("description", policy.description())
        .bind("content", policy.content())
        .bind("at", when.toEpochMilli())
        .execute();
  }

  static void update(Transaction transaction, Policy policy, Instant when) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "update organization_policy set name = :name, description = :description,"
                + " content = :content, updated_at = :at where id = :id")
        .bind("id", policy.id())
        .bind("name", policy.name())
        .bind("description", policy.description())
        .bind("content", policy.content())
        .bind("at", when.toEpochMilli())
        .execute();
  }

  static void delete(Transaction transaction, Policy policy) {
    StoreTransaction.handle(transaction)
        .createUpdate("delete from organization_policy where id = :id")
        .bind("id", policy.id())
        .execute();
  }

  static Set<PolicyType> enabled(Handle handle, Organization organization) {
    Set<PolicyType> types = EnumSet.noneOf(PolicyType.class);
    handle
        .createQuery("select type from organization_policy_type where organization = :organization")
        .bind("organization", organization.id())
        .map((row, _) -> PolicyType.valueOf(row.getString("type")))
        .forEach(types::add);
    return types;
  }

  static void enable(Transaction transaction, Organization organization, PolicyType type) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_policy_type (organization, type)"
                + " values (:organization, :type)")
        .bind("organization", organization.id())
        .bind("type", type.name())
        .execute();
  }

  static void disable(Transaction transaction, Organization organization, PolicyType type) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "delete from organization_policy_type where organization = :organization"
                + " and type = :type")
        .bind("organization", organization.id())
        .bind("type", type.name())
        .execute();
  }

  private static Policy policy(ResultSet row) throws SQLException {
    return new Policy(
        row.getString("id"),
        PolicyType.valueOf(row.getString("type")),
        row.getString("name"),
        row.getString("description"),
        row.getString("content"));
  }
}
