package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one place where everything is kept.
 *
 * <p>Writes of all callers go through one writer that commits them in groups: a write returns when
 * it is on disk. Reads run beside it and see what was committed before they began. Safe for many
 * threads.
 */
public interface Database extends Snapshots, AutoCloseable {

  /**
   * Writes, all of it or nothing. What the work reads is all that was committed, and nothing else
   * changes until it is done.
   *
   * <p>The work runs once, or again after an attempt that was undone. A statement that fails has
   * broken it: it may refuse the call in its own words, but not go on.
   *
   * @throws StoreFullException when the disk is full
   * @throws StoreUnavailableException when the database cannot be reached
   * @throws RuntimeException what the work threw; then nothing of it is kept
   */
  <T> T write(Function<Transaction, T> work);

  /**
   * Writes rows that cannot clash with anything, such as an event: cheaper than {@link #write}, and
   * beside the changes of other nodes. The work may run more than once.
   *
   * @throws StoreFullException when the disk is full
   * @throws StoreUnavailableException when the database cannot be reached
   */
  void append(Consumer<Transaction> work);

  /**
   * Lets what was deleted before be found in no file any more, as far as the database can do that.
   * Costs as much as bringing all recent changes to their place.
   */
  void scrub();

  /** The stamps by which caches over this database stay honest. */
  ChangeStamps stamps();

  @Override
  void close();
}
