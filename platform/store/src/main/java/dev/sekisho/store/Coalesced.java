package dev.sekisho.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that many ask at once and one at a time answers for all.
 *
 * <p>INVARIANT: an answer is given only to those who asked before it was begun to be found.
 *
 * @param <T> the answer; never null
 */
final class Coalesced<T> {

  private final Supplier<T> question;
  private @Nullable CompletableFuture<T> waiting;
  private boolean running;

  Coalesced(Supplier<T> question) {
    this.question = question;
  }

  /** The answer as of now or later. */
  T ask() {
    CompletableFuture<T> round;
    boolean first;
    synchronized (this) {
      first = !running;
      if (first) {
        running = true;
        round = new CompletableFuture<>();
      } else {
        round = waiting == null ? new CompletableFuture<>() : waiting;
        waiting = round;
      }
    }
    if (first) {
      answer(round);
    }
    try {
      return round.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private void answer(CompletableFuture<T> round) {
    try {
      round.complete(question.get());
    } catch (Throwable failed) {
      round.completeExceptionally(failed);
    }
    CompletableFuture<T> next;
    synchronized (this) {
      next = waiting;
      waiting = null;
      running = next != null;
    }
    if (next != null) {
      // On a thread of its own, for whoever asked first has its answer and goes.
      Thread.ofVirtual().name("store-stamps").start(() -> answer(next));
    }
  }
}
