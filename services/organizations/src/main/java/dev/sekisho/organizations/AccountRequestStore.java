package dev.sekisho.organizations;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Requests for accounts, and what became of them. */
final class AccountRequestStore {

  private AccountRequestStore() {}

  static List<AccountRequest> all(Handle handle, Organization organization) {
    return handle
        .createQuery(
            "select id, account_name, account, state, failure, requested_at, completed_at"
                + " from organization_account_request where organization = :organization"
                + " order by id")
        .bind("organization", organization.id())
        .map((row, _) -> request(row))
        .list();
  }

  /** Keeps a request that has come to its end. */
  static void insert(Transaction transaction, Organization organization, AccountRequest request) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_account_request (id, organization, account_name, account,"
                + " state, failure, requested_at, completed_at) values (:id, :organization, :name,"
                + " :account, :state, :failure, :requested, :completed)")
        .bind("id", request.id())
        .bind("organization", organization.id())
        .bind("name", request.accountName())
        .bind("account", request.account())
        .bind("state", request.state())
        .bind("failure", request.failure())
        .bind("requested", request.requestedAt().toEpochMilli())
        .bind("completed", Objects.requireNonNull(request.completedAt()).toEpochMilli())
        .execute();
  }

  private static AccountRequest request(ResultSet row) throws SQLException {
    return new AccountRequest(
        row.getString("id"),
        row.getString("account_name"),
        row.getString("account"),
        row.getString("state"),
        row.getString("failure"),
        Instant.ofEpochMilli(row.getLong("requested_at")),
        Instant.ofEpochMilli(row.getLong("completed_at")));
  }
}
