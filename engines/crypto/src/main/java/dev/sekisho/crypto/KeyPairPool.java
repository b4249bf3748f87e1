package dev.sekisho.crypto;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Key pairs that take long to make, made ahead once their kind was asked for.
 *
 * <p>They are made on one thread of low priority, never on a caller's: virtual threads share few
 * carriers, and a call that computes for a second would hold up everyone else's. Safe for many
 * threads.
 */
public final class KeyPairPool {

  private static final int AHEAD = 2;

  private final Map<KeyPairSpec, ConcurrentLinkedQueue<AsymmetricKey>> ready =
      new EnumMap<>(KeyPairSpec.class);
  private final Map<KeyPairSpec, AtomicInteger> underWay = new EnumMap<>(KeyPairSpec.class);

  // A hint only: nothing hangs on it.
  @SuppressWarnings("ThreadPriorityCheck")
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("key-pairs").factory());

  public KeyPairPool() {
    for (KeyPairSpec spec : KeyPairSpec.values()) {
      ready.put(spec, new ConcurrentLinkedQueue<>());
      underWay.put(spec, new AtomicInteger());
    }
  }

  /** A key pair that nobody else was given. */
  public AsymmetricKey take(KeyPairSpec spec) {
    if (!spec.isSlowToMake()) {
      return KeyPairs.generate(spec);
    }
    AsymmetricKey made = queue(spec).poll();
    CompletableFuture<AsymmetricKey> making =
        made != null
            ? CompletableFuture.completedFuture(made)
            : CompletableFuture.supplyAsync(() -> KeyPairs.generate(spec), maker);
    makeAhead(spec);
    return making.join();
  }

  private void makeAhead(KeyPairSpec spec) {
    AtomicInteger making = underWay.get(spec);
    while (making != null && queue(spec).size() + making.get() < AHEAD) {
      making.incrementAndGet();
      maker.execute(() -> {
        try {
          queue(spec).add(KeyPairs.generate(spec));
        } finally {
          making.decrementAndGet();
        }
      });
    }
  }

  private ConcurrentLinkedQueue<AsymmetricKey> queue(KeyPairSpec spec) {
    return java.util.Objects.requireNonNull(ready.get(spec));
  }
}
