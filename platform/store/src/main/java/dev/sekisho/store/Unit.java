package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work and the caller who waits until it is on disk.
 *
 * <p>INVARIANT: everything but {@link #await} is the writer's; the caller sees it once settled.
 */
final class Unit<T> {

  private static final System.Logger LOG = System.getLogger(Unit.class.getName());

  private final Function<Transaction, T> work;
  private final boolean appends;
  private final Thread caller = Thread.currentThread();
  private @Nullable T result;
  private @Nullable Throwable failure;
  private @Nullable StoreTransaction transaction;
  private volatile boolean settled;

  Unit(Function<Transaction, T> work, boolean appends) {
    this.work = work;
    this.appends = appends;
  }

  /** Whether it only adds rows that cannot clash. */
  boolean appends() {
    return appends;
  }

  void run(Handle handle, Node node) {
    failure = null;
    StoreTransaction running = new StoreTransaction(handle, node);
    transaction = running;
    result = work.apply(running);
    running.check();
  }

  void fail(Throwable cause) {
    failure = cause;
  }

  /** Lets the caller go, with the result when nothing failed. */
  void settle() {
    if (failure == null && transaction != null) {
      try {
        transaction.committed();
      } catch (RuntimeException failed) {
        // It is on disk already, and its neighbours wait behind it.
        LOG.log(System.Logger.Level.ERROR, "an action after a commit failed", failed);
      }
    }
    settled = true;
    LockSupport.unpark(caller);
  }

  /** The result; an interrupt waits too, since nothing can take the work back. */
  @SuppressWarnings("NullAway") // Work that returns null has null as its result.
  T await() {
    boolean interrupted = false;
    while (!settled) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return switch (failure) {
      case null -> result;
      case RuntimeException refused -> throw refused;
      case Error defect -> throw defect;
      default -> throw new IllegalStateException(failure);
    };
  }
}
