package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The single writer: takes what waits, runs it in one transaction, and lets everyone go once that
 * is on disk.
 *
 * <p>INVARIANT: a future completes normally only after its commit. One unit's failure undoes that
 * unit alone.
 */
final class GroupCommit implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final int LARGEST_GROUP = 512;
  private static final int LONGEST_QUEUE = 65_536;

  /** A unit of work and those who wait for it. */
  private static final class Unit<T> {
    private final Function<Transaction, T> work;
    private final boolean appends;
    private final CompletableFuture<T> done = new CompletableFuture<>();
    private @Nullable T result;
    private @Nullable RuntimeException failure;
    private @Nullable StoreTransaction transaction;

    Unit(Function<Transaction, T> work, boolean appends) {
      this.work = work;
      this.appends = appends;
    }

    void run(Handle handle) {
      transaction = new StoreTransaction(handle);
      result = work.apply(transaction);
    }

    @SuppressWarnings("NullAway") // A unit whose work returns null completes with null.
    void settle() {
      if (failure != null) {
        done.completeExceptionally(failure);
      } else {
        if (transaction != null) {
          transaction.committed();
        }
        done.complete(result);
      }
    }
  }

  private static final Unit<Object> STOP = new Unit<>(_ -> new Object(), true);

  private final Handle handle;
  private final LinkedBlockingQueue<Unit<?>> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final Thread thread;
  private volatile boolean closed;

  GroupCommit(Handle handle) {
    this.handle = handle;
    this.thread = Thread.ofPlatform().name("store-writer").start(this::loop);
  }

  <T> T submit(Function<Transaction, T> work, boolean appends) {
    Unit<T> unit = new Unit<>(work, appends);
    try {
      queue.put(unit);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to write", interrupted);
    }
    if (closed && queue.remove(unit)) {
      throw new IllegalStateException("the store is closed");
    }
    try {
      return unit.done.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private void loop() {
    List<Unit<?>> group = new ArrayList<>(LARGEST_GROUP);
    boolean open = true;
    while (open || !queue.isEmpty()) {
      group.clear();
      try {
        group.add(queue.take());
      } catch (InterruptedException interrupted) {
        // Only close() ends the writer, by its own word in the queue.
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP - 1);
      if (group.remove(STOP)) {
        open = false;
      }
      if (!group.isEmpty()) {
        commit(group);
      }
    }
  }

  private void commit(List<Unit<?>> group) {
    try {
      together(group);
    } catch (RuntimeException failed) {
      rollback();
      if (group.size() == 1) {
        group.getFirst().failure = translated(failed);
      } else {
        // Something that cannot be undone alone broke the group; each gets its own transaction.
        group.forEach(this::alone);
        return;
      }
    }
    group.forEach(Unit::settle);
  }

  private void alone(Unit<?> unit) {
    commit(List.of(unit));
  }

  private void together(List<Unit<?>> group) {
    handle.begin();
    for (Unit<?> unit : group) {
      unit.failure = null;
      if (unit.appends) {
        unit.run(handle);
      } else {
        guarded(unit);
      }
    }
    handle.commit();
  }

  /** In a savepoint, so that the unit can be undone without its neighbours. */
  private void guarded(Unit<?> unit) {
    handle.savepoint("unit");
    try {
      unit.run(handle);
      handle.releaseSavepoint("unit");
    } catch (RuntimeException failed) {
      if (isFull(failed)) {
        throw failed;
      }
      // JDBI forgets the savepoint with this; there is none to release.
      handle.rollbackToSavepoint("unit");
      unit.failure = failed;
    }
  }

  private void rollback() {
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException failed) {
      LOG.log(System.Logger.Level.ERROR, "the writer could not roll back", failed);
    }
  }

  private static RuntimeException translated(RuntimeException failed) {
    return isFull(failed) ? new StoreFullException(failed) : failed;
  }

  private static boolean isFull(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && DiskFull.is(sql)) {
        return true;
      }
    }
    return false;
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() {
    closed = true;
    queue.add(STOP);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
