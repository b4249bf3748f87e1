package dev.sekisho.store;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What was read, for as long as its topic has not changed.
 *
 * <p>INVARIANT: an entry carries the stamp read before its value was loaded, so a change during the
 * load is never missed. Bounded; safe for many threads.
 *
 * @param <K> what values are looked up by
 * @param <V> what is kept; never null, use an Optional for what may be absent
 */
public final class StampedCache<K, V> {

  private record Entry<V>(long stamp, V value) {}

  private final ChangeStamps stamps;
  private final Function<? super K, String> topics;
  private final int capacity;
  private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();

  /**
   * @param capacity how many entries at most; at the bound all are let go
   */
  public StampedCache(ChangeStamps stamps, String topic, int capacity) {
    this(stamps, _ -> topic, capacity);
  }

  /**
   * @param topics what each entry is stamped by, so that a change lets few of them go
   * @param capacity how many entries at most; at the bound all are let go
   */
  public StampedCache(ChangeStamps stamps, Function<? super K, String> topics, int capacity) {
    this.stamps = stamps;
    this.topics = topics;
    this.capacity = capacity;
  }

  /** The value, loaded when it is not there or out of date. */
  public V get(K key, Function<K, V> load) {
    long stamp = stamps.current(topics.apply(key));
    Entry<V> known = entries.get(key);
    if (known != null && known.stamp() == stamp) {
      return known.value();
    }
    V value = load.apply(key);
    if (entries.size() >= capacity) {
      entries.clear();
    }
    entries.put(key, new Entry<>(stamp, value));
    return value;
  }

  /** Lets go of what is out of date, which would else stay in memory until it is asked for. */
  public void prune() {
    Map<String, Long> known = new HashMap<>();
    entries.forEach((key, entry) -> {
      if (known.computeIfAbsent(topics.apply(key), stamps::current) != entry.stamp()) {
        entries.remove(key, entry);
      }
    });
  }

  /** Lets go of every entry whose key is one of these. */
  public void forget(Predicate<? super K> which) {
    entries.keySet().removeIf(which);
  }
}
