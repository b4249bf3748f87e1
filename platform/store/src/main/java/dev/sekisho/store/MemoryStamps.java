package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The stamps of a process that is the only one: a stamp grows after its change is on disk and
 * before the call that made it is answered.
 */
final class MemoryStamps implements ChangeStamps {

  private final ConcurrentHashMap<String, AtomicLong> stamps = new ConcurrentHashMap<>();

  @Override
  public void bump(Transaction transaction, String topic) {
    StoreTransaction.afterCommit(transaction, () -> stamp(topic).incrementAndGet());
  }

  @Override
  public void bumpAll(Transaction transaction, String topic) {
    StoreTransaction.afterCommit(
        transaction,
        () -> {
          stamp(topic).incrementAndGet();
          stamps.forEach((name, stamp) -> {
            if (name.startsWith(topic + '/')) {
              stamp.incrementAndGet();
            }
          });
        });
  }

  @Override
  public long current(String topic) {
    return stamp(topic).get();
  }

  private AtomicLong stamp(String topic) {
    AtomicLong known = stamps.get(topic);
    return known != null ? known : stamps.computeIfAbsent(topic, _ -> new AtomicLong());
  }
}
