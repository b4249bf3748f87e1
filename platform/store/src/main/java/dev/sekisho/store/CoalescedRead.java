package dev.sekisho.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A query that callers share: one runs at a time, and those who ask meanwhile get the next.
 *
 * <p>INVARIANT: the query whose result a caller gets began after the caller had asked.
 */
final class CoalescedRead<T> {

  private final Supplier<T> query;
  private final ReentrantLock running = new ReentrantLock();
  private final ReentrantLock joining = new ReentrantLock();
  // The next query, for as long as it has not begun.
  private @Nullable CompletableFuture<T> next;

  CoalescedRead(Supplier<T> query) {
    this.query = query;
  }

  /**
   * The result of a query that begins from now on.
   *
   * @throws RuntimeException what the query threw
   */
  T get() {
    CompletableFuture<T> result;
    boolean first;
    joining.lock();
    try {
      first = next == null;
      result = first ? new CompletableFuture<>() : next;
      next = result;
    } finally {
      joining.unlock();
    }
    return first ? lead(result) : follow(result);
  }

  private T lead(CompletableFuture<T> result) {
    running.lock();
    try {
      begin();
      T value = query.get();
      result.complete(value);
      return value;
    } catch (Throwable failed) {
      result.completeExceptionally(failed);
      throw failed;
    } finally {
      running.unlock();
    }
  }

  /** From here on, who asks gets another query. */
  private void begin() {
    joining.lock();
    try {
      next = null;
    } finally {
      joining.unlock();
    }
  }

  private static <T> T follow(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
