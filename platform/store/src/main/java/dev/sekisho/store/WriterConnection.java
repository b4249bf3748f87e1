package dev.sekisho.store;

import org.jdbi.v3.core.Handle;

/**
 * The writer's one connection, made when it is first needed and again after it was lost. Only the
 * writer's thread uses it.
 */
interface WriterConnection extends AutoCloseable {

  /**
   * Begins a transaction and takes whatever locks its work needs.
   *
   * @param changes whether it will do more than append
   * @throws StoreUnavailableException when there is no connection to be had
   */
  Handle begin(boolean changes);

  /** Under which number the transaction writes. */
  Node node();

  /** Gives up the connection; the next {@link #begin} makes another. */
  void discard();

  @Override
  void close();
}
