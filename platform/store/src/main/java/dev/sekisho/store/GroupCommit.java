package dev.sekisho.store;

import dev.sekisho.core.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The single writer: takes what waits, runs it in one transaction, and lets everyone go once that
 * is on disk.
 *
 * <p>INVARIANT: a unit is settled without a failure only after its commit. One unit's failure
 * undoes that unit alone.
 */
final class GroupCommit implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(GroupCommit.class.getName());
  private static final int LARGEST_GROUP = 512;
  private static final int ATTEMPTS = 5;
  private static final String SAVEPOINT = "unit";

  /**
   * Why a transaction was not committed.
   *
   * @param committing whether the engine had been told to commit
   */
  private record Failure(Throwable cause, Trouble trouble, boolean committing) {

    boolean isWorthAnotherAttempt() {
      return trouble == Trouble.CONFLICT || (trouble == Trouble.LOST && !committing);
    }

    RuntimeException translated() {
      return switch (trouble) {
        case FULL -> new StoreFullException(cause);
        case CONFLICT ->
            new StoreUnavailableException(
                "other transactions got in the way again and again; nothing was changed", cause);
        case LOST ->
            new StoreUnavailableException(
                committing
                    ? "the database was lost while it committed; whether the change was kept is"
                        + " not known"
                    : "the database was lost; nothing was changed",
                cause);
        case WORK, UNAVAILABLE ->
            new StoreUnavailableException(
                "the database is not available; nothing was changed", cause);
      };
    }
  }

  private final WriterConnection connection;
  // Each caller waits for its unit, so there are never more units than callers.
  private final Queue<Unit<?>> queue = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean asleep;

  GroupCommit(WriterConnection connection) {
    this.connection = connection;
    this.thread = Thread.ofPlatform().name("store-writer").start(this::loop);
  }

  <T> T submit(Function<Transaction, T> work, boolean appends) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a write inside a write: hand the transaction on instead");
    }
    Unit<T> unit = new Unit<>(work, appends);
    queue.add(unit);
    // Either the writer sees the unit before it ends, or this sees that it is closed.
    if (closed && queue.remove(unit)) {
      throw new IllegalStateException("the store is closed");
    }
    if (asleep) {
      LockSupport.unpark(thread);
    }
    return unit.await();
  }

  private void loop() {
    List<Unit<?>> group = new ArrayList<>(LARGEST_GROUP);
    while (true) {
      boolean last = closed;
      gather();
      take(group);
      if (!group.isEmpty()) {
        write(group);
        group.clear();
      } else if (last) {
        return;
      } else {
        sleep();
      }
    }
  }

  /** On a busy machine those who can run bring more meanwhile, and one commit serves them all. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but speed depends on what the yield does.
  private void gather() {
    if (!queue.isEmpty()) {
      Thread.yield();
    }
  }

  private void take(List<Unit<?>> group) {
    Unit<?> unit = queue.poll();
    while (unit != null) {
      group.add(unit);
      unit = group.size() < LARGEST_GROUP ? queue.poll() : null;
    }
  }

  private void sleep() {
    asleep = true;
    if (queue.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  private void write(List<Unit<?>> group) {
    Failure failure = attempt(group);
    for (int attempts = 1;
        attempts < ATTEMPTS && failure != null && failure.isWorthAnotherAttempt();
        attempts++) {
      failure = attempt(group);
    }
    if (failure != null && failure.trouble() == Trouble.WORK && group.size() > 1) {
      // What cannot be undone alone broke the group; each gets its own transaction.
      group.forEach(unit -> write(List.of(unit)));
      return;
    }
    for (Unit<?> unit : group) {
      if (failure != null) {
        unit.fail(failure.trouble() == Trouble.WORK ? failure.cause() : failure.translated());
      }
      unit.settle();
    }
  }

  private @Nullable Failure attempt(List<Unit<?>> group) {
    Handle handle = null;
    boolean committing = false;
    try {
      handle = connection.begin(!group.stream().allMatch(Unit::appends));
      run(handle, group);
      committing = true;
      handle.commit();
      return null;
    } catch (Throwable failed) {
      Trouble trouble = Trouble.of(failed);
      rollback(handle, trouble);
      return new Failure(failed, trouble, committing);
    }
  }

  private void run(Handle handle, List<Unit<?>> group) {
    Node node = connection.node();
    for (Unit<?> unit : group) {
      // A unit that is alone is undone with its transaction.
      if (unit.appends() || group.size() == 1) {
        unit.run(handle, node);
      } else {
        guarded(unit, handle, node);
      }
    }
  }

  /** In a savepoint, so that the unit can be undone without its neighbours. */
  private static void guarded(Unit<?> unit, Handle handle, Node node) {
    handle.savepoint(SAVEPOINT);
    try {
      unit.run(handle, node);
    } catch (Throwable failed) {
      if (Trouble.of(failed) != Trouble.WORK) {
        throw failed;
      }
      // JDBI forgets the savepoint with this; there is none to release.
      handle.rollbackToSavepoint(SAVEPOINT);
      unit.fail(failed);
      return;
    }
    handle.releaseSavepoint(SAVEPOINT);
  }

  private void rollback(@Nullable Handle handle, Trouble trouble) {
    if (handle == null || trouble == Trouble.LOST) {
      connection.discard();
      return;
    }
    try {
      if (handle.isInTransaction()) {
        handle.rollback();
      }
    } catch (RuntimeException failed) {
      // A full disk makes SQLite roll back by itself. Whatever it was: a new connection is clean.
      LOG.log(System.Logger.Level.DEBUG, "the writer takes a new connection", failed);
      connection.discard();
    }
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
