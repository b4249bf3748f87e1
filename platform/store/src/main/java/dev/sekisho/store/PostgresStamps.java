package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.HashMap;
import java.util.Map;

/**
 * The stamps of several nodes: rows that grow in the transaction of their change, read from the
 * database each time, once for all who ask at the same time.
 */
final class PostgresStamps implements ChangeStamps {

  private final Coalesced<Map<String, Long>> stamps;

  PostgresStamps(PostgresReaders readers) {
    this.stamps = new Coalesced<>(() -> load(readers));
  }

  private static Map<String, Long> load(PostgresReaders readers) {
    return readers.read(handle -> {
      Map<String, Long> loaded = new HashMap<>();
      handle
          .createQuery("select topic, stamp from change_stamp")
          .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
          .forEach(entry -> loaded.put(entry.getKey(), entry.getValue()));
      return loaded;
    });
  }

  @Override
  public void bump(Transaction transaction, String topic) {
    StoreTransaction.handle(transaction)
        .execute(
            "insert into change_stamp (topic, stamp) values (?, 1) on conflict (topic)"
                + " do update set stamp = change_stamp.stamp + 1",
            topic);
  }

  /** A topic without a row was never changed, so nothing that was cached of it can be wrong. */
  @Override
  public void bumpAll(Transaction transaction, String topic) {
    bump(transaction, topic);
    StoreTransaction.handle(transaction)
        .execute(
            "update change_stamp set stamp = stamp + 1 where starts_with(topic, ?)", topic + '/');
  }

  @Override
  public long current(String topic) {
    return stamps.ask().getOrDefault(topic, 0L);
  }
}
