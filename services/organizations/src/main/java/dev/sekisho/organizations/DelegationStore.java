package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which account administers which service for its organization. */
final class DelegationStore {

  /** One service that one account administers. */
  record Delegation(String account, String service, Instant enabledAt) {}

  private DelegationStore() {}

  static boolean isDelegated(Handle handle, Organization organization, AccountId account) {
    return !ofAccount(handle, organization, account.value()).isEmpty();
  }

  static List<Delegation> ofAccount(Handle handle, Organization organization, String account) {
    return all(handle, organization).stream()
        .filter(each -> each.account().equals(account))
        .toList();
  }

  /** By account, then by service. */
  static List<Delegation> all(Handle handle, Organization organization) {
    return handle
        .createQuery(
            "select account, service, enabled_at from organization_delegation"
                + " where organization = :organization order by account, service")
        .bind("organization", organization.id())
        .map((row, _) ->
            new Delegation(
                row.getString("account"),
                row.getString("service"),
                Instant.ofEpochMilli(row.getLong("enabled_at"))))
        .list();
  }

  static void insert(Transaction transaction, Organization organization, Delegation delegation) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_delegation (organization, account, service, enabled_at)"
                + " values (:organization, :account, :service, :at)")
        .bind("organization", organization.id())
        .bind("account", delegation.account())
        .bind("service", delegation.service())
        .bind("at", delegation.enabledAt().toEpochMilli())
        .execute();
  }

  /** How many there were: none or one. */
  static int delete(
      Transaction transaction, Organization organization, String account, String service) {
    return StoreTransaction.handle(transaction)
        .createUpdate(
            "delete from organization_delegation where organization = :organization"
                + " and account = :account and service = :service")
        .bind("organization", organization.id())
        .bind("account", account)
        .bind("service", service)
        .execute();
  }
}
