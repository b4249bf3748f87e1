package dev.sekisho.store;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * The connections that read beside the writer. The one used last is used next, because it knows the
 * most pages.
 */
final class SqliteReaders implements Snapshots, AutoCloseable {

  private static final int COUNT = 8;

  private final Semaphore permits = new Semaphore(COUNT, true);
  private final ConcurrentLinkedDeque<Handle> free = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SqliteReaders(SqliteFile file) {
    IntStream.range(0, COUNT).forEach(_ -> free.add(file.forReading()));
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    permits.acquireUninterruptibly();
    Handle handle = free.pollFirst();
    try {
      if (handle == null || closed) {
        throw new IllegalStateException("the store is closed");
      }
      return handle.inTransaction(work::apply);
    } finally {
      if (handle != null) {
        free.addFirst(handle);
      }
      permits.release();
    }
  }

  /** Waits for the reads under way; later ones are refused. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(COUNT);
    for (Handle handle = free.pollFirst(); handle != null; handle = free.pollFirst()) {
      handle.close();
    }
    permits.release(COUNT);
  }
}
