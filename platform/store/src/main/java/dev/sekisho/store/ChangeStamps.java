package dev.sekisho.store;

import dev.sekisho.core.Transaction;

/**
 * Numbers that grow with each change of a topic, by which caches know that they are out of date.
 *
 * <p>INVARIANT: once the call that changed a topic is answered, whoever asks sees another stamp
 * than before, on whichever node. Safe for many threads.
 */
public interface ChangeStamps {

  /** Marks the topic as changed by the transaction, should it be committed. */
  void bump(Transaction transaction, String topic);

  /** Marks the topic and all whose names begin with its name and a slash. */
  void bumpAll(Transaction transaction, String topic);

  /**
   * The topic's stamp now.
   *
   * @throws StoreUnavailableException when it cannot be known
   */
  long current(String topic);
}
