package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that grow with each change of a topic, by which caches know that they are out of date.
 *
 * <p>A stamp grows after its change is on disk and before the call that made it is answered, so who
 * asks after an answer sees what it changed. Safe for many threads.
 */
public final class ChangeStamps {

  private final ConcurrentHashMap<String, AtomicLong> stamps = new ConcurrentHashMap<>();

  /** Marks the topic as changed once the transaction is committed. */
  public void bump(Transaction transaction, String topic) {
    StoreTransaction.afterCommit(transaction, () -> stamp(topic).incrementAndGet());
  }

  /** The topic's stamp now. */
  public long current(String topic) {
    return stamp(topic).get();
  }

  private AtomicLong stamp(String topic) {
    return stamps.computeIfAbsent(topic, _ -> new AtomicLong());
  }
}
