package dev.sekisho.organizations;

import dev.sekisho.core.Transaction;
import dev.sekisho.store.StoreTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The root and the units: the tree that accounts hang in. */
final class UnitStore {

  private static final String SELECT =
      "select id, organization, parent, name from organization_unit";

  private UnitStore() {}

  static Optional<Unit> find(Handle handle, Organization organization, String id) {
    return handle
        .createQuery(SELECT + " where id = :id and organization = :organization")
        .bind("id", id)
        .bind("organization", organization.id())
        .map((row, _) -> unit(row))
        .findOne();
  }

  static Optional<Unit> named(Handle handle, String parent, String name) {
    return handle
        .createQuery(SELECT + " where parent = :parent and name = :name")
        .bind("parent", parent)
        .bind("name", name)
        .map((row, _) -> unit(row))
        .findOne();
  }

  static List<Unit> children(Handle handle, String parent) {
    return handle
        .createQuery(SELECT + " where parent = :parent order by id")
        .bind("parent", parent)
        .map((row, _) -> unit(row))
        .list();
  }

  /** The root and every unit. */
  static List<Unit> all(Handle handle, Organization organization) {
    return handle
        .createQuery(SELECT + " where organization = :organization order by id")
        .bind("organization", organization.id())
        .map((row, _) -> unit(row))
        .list();
  }

  /** From the root down to the unit; empty when there is no such unit. */
  static List<Unit> way(Handle handle, Organization organization, @Nullable String id) {
    List<Unit> way = new ArrayList<>();
    String next = id;
    while (next != null) {
      Unit unit = find(handle, organization, next).orElse(null);
      if (unit == null) {
        return List.of();
      }
      way.addFirst(unit);
      next = unit.parent();
    }
    return way;
  }

  /** The path of a unit as condition keys and answers have it: ends with a slash. */
  static String path(Handle handle, Organization organization, @Nullable String id) {
    StringBuilder path = new StringBuilder(organization.id()).append('/');
    way(handle, organization, id).forEach(unit -> path.append(unit.id()).append('/'));
    return path.toString();
  }

  static void insert(Transaction transaction, Unit unit) {
    StoreTransaction.handle(transaction)
        .createUpdate(
            "insert into organization_unit (id, organization, parent, name)"
                + " values (:id, :organization, :parent, :name)")
        .bind("id", unit.id())
        .bind("organization", unit.organization())
        .bind("parent", unit.parent())
        .bind("name", unit.name())
        .execute();
  }

  static void rename(Transaction transaction, Unit unit, String name) {
    StoreTransaction.handle(transaction)
        .createUpdate("update organization_unit set name = :name where id = :id")
        .bind("id", unit.id())
        .bind("name", name)
        .execute();
  }

  static void delete(Transaction transaction, Unit unit) {
    StoreTransaction.handle(transaction)
        .createUpdate("delete from organization_unit where id = :id")
        .bind("id", unit.id())
        .execute();
  }

  private static Unit unit(ResultSet row) throws SQLException {
    return new Unit(
        row.getString("id"),
        row.getString("organization"),
        row.getString("parent"),
        row.getString("name"));
  }
}
