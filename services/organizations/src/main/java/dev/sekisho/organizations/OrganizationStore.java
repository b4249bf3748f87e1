package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Organizations themselves. */
final class OrganizationStore {

  /** Every table with rows of one organization, those first that others are referred to by. */
  private static final List<String> TABLES =
      List.of(
          "organization_tag",
          "organization_resource_policy",
          "organization_delegation",
          "organization_service_access",
          "organization_attachment",
          "organization_policy_type",
          "organization_policy",
          "organization_handshake",
          "organization_account_request",
          "organization_unit");

  private static final String SELECT =
      "select o.id, o.management_account, o.root_id, o.feature_set from organization o";

  private OrganizationStore() {}

  /** The organization that the account is in. */
  static Optional<Organization> ofAccount(Handle handle, AccountId account) {
    return handle
        .createQuery(
            SELECT + " join organization_account a on a.organization = o.id where a.id = :account")
        .bind("account", account.value())
        .map((row, _) -> organization(row))
        .findOne();
  }

  static Optional<Organization> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where o.id = :id")
        .bind("id", id)
        .map((row, _) -> organization(row))
        .findOne();
  }

  static void insert(Transaction transaction, Organization organization) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization (id, management_account, root_id, feature_set)"
                + " values (:id, :management, :root, :features)")
        .bind("id", organization.id())
        .bind("management", organization.management().value())
        .bind("root", organization.rootId())
        .bind("features", organization.featureSet())
        .execute();
  }

  static void enableAllFeatures(Transaction transaction, Organization organization) {
    StoreTransaction.handle(transaction)
        .createUpdate("update organization set feature_set = 'ALL' where id = :id")
        .bind("id", organization.id())
        .execute();
  }

  /** Takes the organization away with all that is its own; its last account stands alone then. */
  static void delete(Transaction transaction, Organization organization) {
    Handle handle = StoreTransaction.handle(transaction);
    for (String table : TABLES) {
      handle
          .createUpdate("delete from " + table + " where organization = :id")
          .bind("id", organization.id())
          .execute();
    }
    handle
        .createUpdate("delete from organization where id = :id")
        .bind("id", organization.id())
        .execute();
  }

  private static Organization organization(ResultSet row) throws SQLException {
    return new Organization(
        row.getString("id"),
        new AccountId(row.getString("management_account")),
        row.getString("root_id"),
        row.getString("feature_set").equals("ALL"));
  }
}
