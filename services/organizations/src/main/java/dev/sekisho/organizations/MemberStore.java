package dev.sekisho.organizations;

import dev.sekisho.core.AccountId;
import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Accounts, in an organization or alone. */
final class MemberStore {

  private static final String SELECT =
      "select id, name, email, organization, parent, joined_method, joined_at, state, closed_at"
          + " from organization_account";

  private MemberStore() {}

  static Optional<Member> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " where id = :id")
        .bind("id", id)
        .map((row, _) -> member(row))
        .findOne();
  }

  /** An account of this organization. */
  static Optional<Member> find(Handle handle, Organization organization, String id) {
    return find(handle, id).filter(member -> member.isIn(organization));
  }

  static Optional<Member> byEmail(Handle handle, String email) {
    return handle
        .createQuery(SELECT + " where folded_email = :email")
        .bind("email", fold(email))
        .map((row, _) -> member(row))
        .findOne();
  }

  static List<Member> all(Handle handle, Organization organization, String after, int limit) {
    return handle
        .createQuery(
            SELECT + " where organization = :organization and id > :after order by id limit :limit")
        .bind("organization", organization.id())
        .bind("after", after)
        .bind("limit", limit)
        .map((row, _) -> member(row))
        .list();
  }

  static List<Member> children(Handle handle, String parent) {
    return handle
        .createQuery(SELECT + " where parent = :parent order by id")
        .bind("parent", parent)
        .map((row, _) -> member(row))
        .list();
  }

  static int count(Handle handle, Organization organization) {
    return handle
        .createQuery("select count(*) from organization_account where organization = :organization")
        .bind("organization", organization.id())
        .mapTo(Integer.class)
        .one();
  }

  static int closedSince(Handle handle, Organization organization, Instant since) {
    return handle
        .createQuery(
            "select count(*) from organization_account where organization = :organization"
                + " and closed_at >= :since")
        .bind("organization", organization.id())
        .bind("since", since.toEpochMilli())
        .mapTo(Integer.class)
        .one();
  }

  /** The accounts closed before then that are still to be seen. */
  static List<Member> suspendedBefore(Handle handle, Instant then) {
    return handle
        .createQuery(SELECT + " where state = 'SUSPENDED' and closed_at < :then")
        .bind("then", then.toEpochMilli())
        .map((row, _) -> member(row))
        .list();
  }

  /** Keeps the account, in the place of what was known of it. */
  static void put(Transaction transaction, Member member) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_account (id, name, email, folded_email, organization, parent,"
                + " joined_method, joined_at, state, closed_at) values (:id, :name, :email,"
                + " :folded, :organization, :parent, :method, :joined, :state, :closed)"
                + " on conflict (id) do update set organization = excluded.organization,"
                + " parent = excluded.parent, joined_method = excluded.joined_method,"
                + " joined_at = excluded.joined_at, state = excluded.state,"
                + " closed_at = excluded.closed_at")
        .bind("id", member.id().value())
        .bind("name", member.name())
        .bind("email", member.email())
        .bind("folded", fold(member.email()))
        .bind("organization", member.organization())
        .bind("parent", member.parent())
        .bind("method", member.joinedMethod())
        .bind("joined", millis(member.joinedAt()))
        .bind("state", member.state().name())
        .bind("closed", millis(member.closedAt()))
        .execute();
  }

  private static String fold(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  private static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        new AccountId(row.getString("id")),
        row.getString("name"),
        row.getString("email"),
        row.getString("organization"),
        row.getString("parent"),
        row.getString("joined_method"),
        instant(row, "joined_at"),
        Member.State.valueOf(row.getString("state")),
        instant(row, "closed_at"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
