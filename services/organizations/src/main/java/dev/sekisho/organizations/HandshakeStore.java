package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Handshakes of organizations with accounts. */
final class HandshakeStore {

  private static final String SELECT =
      "select id, organization, action, parent_handshake, account, target_type, target, notes,"
          + " state, requested_at, expires_at from organization_handshake";

  private HandshakeStore() {}

  static Optional<Handshake> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map((row, _) -> handshake(row))
        .findOne();
  }

  static List<Handshake> ofOrganization(Handle handle, Organization organization) {
    return handle
        .createQuery(SELECT + " where organization = :organization order by id")
        .bind("organization", organization.id())
        .map((row, _) -> handshake(row))
        .list();
  }

  static List<Handshake> ofAccount(Handle handle, AccountId account) {
    return handle
        .createQuery(SELECT + " where account = :account order by id")
        .bind("account", account.value())
        .map((row, _) -> handshake(row))
        .list();
  }

  static void insert(Transaction transaction, Handshake handshake) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_handshake (id, organization, action, parent_handshake,"
                + " account, target_type, target, notes, state, requested_at, expires_at) values"
                + " (:id, :organization, :action, :parent, :account, :type, :target, :notes,"
                + " :state, :requested, :expires)")
        .bind("id", handshake.id())
        .bind("organization", handshake.organization())
        .bind("action", handshake.action().name())
        .bind("parent", handshake.parent())
        .bind("account", handshake.account())
        .bind("type", handshake.targetType())
        .bind("target", handshake.target())
        .bind("notes", handshake.notes())
        .bind("state", handshake.state().name())
        .bind("requested", handshake.requestedAt().toEpochMilli())
        .bind("expires", handshake.expiresAt().toEpochMilli())
        .execute();
  }

  static void update(Transaction transaction, Handshake handshake) {
    StoreTransaction.handle(transaction)
        .createUpdate("update organization_handshake set state = :state where id = :id")
        .bind("id", handshake.id())
        .bind("state", handshake.state().name())
        .execute();
  }

  private static Handshake handshake(ResultSet row) throws SQLException {
    return new Handshake(
        row.getString("id"),
        row.getString("organization"),
        Handshake.Action.valueOf(row.getString("action")),
        row.getString("parent_handshake"),
        row.getString("account"),
        row.getString("target_type"),
        row.getString("target"),
        row.getString("notes"),
        Handshake.State.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("requested_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }
}
