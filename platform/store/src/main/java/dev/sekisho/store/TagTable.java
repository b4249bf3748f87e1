package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A service's table of its resources' tags: who has them, {@code tag_key} and {@code tag_value}.
 *
 * @param table its name
 * @param owner the column of whose tags they are
 */
public record TagTable(String table, String owner) {

  /** The tags of a resource in the order of their keys. */
  public Map<String, String> of(Handle handle, String resource) {
    Map<String, String> tags = new LinkedHashMap<>();
    handle
        .createQuery(
            "select tag_key, tag_value from %s where %s = :resource order by tag_key"
                .formatted(table, owner))
        .bind("resource", resource)
        .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  /** Puts tags on a resource; a key that is there gets the new value. */
  public void put(Transaction transaction, String resource, Map<String, String> tags) {
    String sql =
        ("insert into %1$s (%2$s, tag_key, tag_value) values (?, ?, ?) on conflict (%2$s, tag_key)"
                + " do update set tag_value = excluded.tag_value")
            .formatted(table, owner);
    tags.forEach(
        (key, value) -> StoreTransaction.handle(transaction).execute(sql, resource, key, value));
  }

  /**
   * Takes a tag off.
   *
   * @param value only when it has this value; null for whatever it has
   */
  public void remove(Transaction transaction, String resource, String key, @Nullable String value) {
    Handle handle = StoreTransaction.handle(transaction);
    String sql = "delete from %s where %s = ? and tag_key = ?".formatted(table, owner);
    if (value == null) {
      handle.execute(sql, resource, key);
    } else {
      handle.execute(sql + " and tag_value = ?", resource, key, value);
    }
  }
}
