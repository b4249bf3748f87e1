package dev.sekisho.store;

/**
 * The number under which this process writes, and no other process at the same time.
 *
 * @param number from 0; on SQLite, which has one process, always 0
 * @param term which holding of the number this is: when it changes, another process may have
 *     written under the number in between
 */
public record Node(int number, long term) {

  /** The only process there is. */
  static final Node ONLY = new Node(0, 0);
}
