package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The one place where everything is kept.
 *
 * <p>Writes of all callers go through one writer that commits them in groups: a write returns when
 * it is on disk. Reads run beside it and see what was committed before they began. Safe for many
 * threads.
 */
public interface Database extends AutoCloseable {

  /** Reads in one snapshot. */
  <T> T read(Function<Handle, T> work);

  /**
   * Writes, all of it or nothing.
   *
   * @throws StoreFullException when the disk is full
   * @throws RuntimeException what the work threw; then nothing of it is kept
   */
  <T> T write(Function<Transaction, T> work);

  /**
   * Writes a row that cannot clash with anything, such as an event: cheaper than {@link #write}.
   * The work may run more than once.
   *
   * @throws StoreFullException when the disk is full
   */
  void append(java.util.function.Consumer<Transaction> work);

  @Override
  void close();
}
