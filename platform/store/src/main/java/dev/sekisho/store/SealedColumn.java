package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A column whose values are sealed by the keyring, so that they can be counted by their key and
 * sealed anew. A value begins with a format byte and the number of its key in four bytes.
 *
 * @param keys the columns of the table's primary key, all of them texts
 * @param purpose what a value's purpose begins with; the id's text ends it
 * @param id the column of the id
 */
public record SealedColumn(
    String table, String column, List<String> keys, String purpose, String id) {

  private static final int BATCH = 200;

  public SealedColumn {
    keys = List.copyOf(keys);
  }

  /** How many values each key has sealed, by its number. */
  public Map<Integer, Long> count(Handle handle) {
    Map<Integer, Long> counts = new HashMap<>();
    handle
        .createQuery(
            "select substr(%1$s, 2, 4) as number, count(*) as amount from %2$s where %1$s is not null group by 1"
                .formatted(column, table))
        .map((row, _) -> Map.entry(number(row.getBytes("number")), row.getLong("amount")))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  private static int number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt();
  }

  /**
   * What a batch came to.
   *
   * @param last the primary key of its last row; empty when there was no row
   */
  public record Batch(List<String> last, int sealed, int unopened) {}

  private record Row(List<String> key, String id, byte[] sealed) {}

  /**
   * Seals the next rows anew that an older key than the current has sealed.
   *
   * @param after the primary key of the row after which to begin; empty for the first
   * @param head what begins the values that the current key has sealed
   * @param anew makes a new sealed value of the purpose and the old one; null when that does not
   *     open, and then the row stays as it is
   */
  public Batch reseal(
      Transaction transaction,
      List<String> after,
      byte[] head,
      BiFunction<String, byte[], byte @Nullable []> anew) {
    Handle handle = StoreTransaction.handle(transaction);
    List<Row> rows = older(handle, after, head);
    int sealed = 0;
    for (Row row : rows) {
      byte[] value = anew.apply(purpose + row.id(), row.sealed());
      if (value != null) {
        var update =
            handle
                .createUpdate(
                    "update %s set %s = :anew where %s"
                        .formatted(
                            table,
                            column,
                            keys.stream()
                                .map(key -> key + " = :" + key)
                                .collect(Collectors.joining(" and "))))
                .bind("anew", value);
        bind(update, row.key());
        sealed += update.execute();
      }
    }
    return new Batch(
        rows.isEmpty() ? List.of() : rows.getLast().key(), sealed, rows.size() - sealed);
  }

  private List<Row> older(Handle handle, List<String> after, byte[] head) {
    String names = String.join(", ", keys);
    String beyond =
        after.isEmpty()
            ? ""
            : " and (%s) > (%s)"
                .formatted(
                    names, keys.stream().map(key -> ":" + key).collect(Collectors.joining(", ")));
    var query =
        handle
            .createQuery(
                "select %1$s, %2$s as sealed_id, %3$s as sealed_value from %4$s where %3$s is not null and substr(%3$s, 1, 5) < :head%5$s order by %1$s limit :batch"
                    .formatted(names, id, column, table, beyond))
            .bind("head", head)
            .bind("batch", BATCH);
    if (!after.isEmpty()) {
      bind(query, after);
    }
    return query
        .map((row, _) -> {
          List<String> key = new ArrayList<>();
          for (String name : keys) {
            key.add(row.getString(name));
          }
          return new Row(key, row.getString("sealed_id"), row.getBytes("sealed_value"));
        })
        .list();
  }

  private <S extends SqlStatement<S>> void bind(S statement, List<String> key) {
    for (int i = 0; i < keys.size(); i++) {
      statement.bind(keys.get(i), key.get(i));
    }
  }
}
