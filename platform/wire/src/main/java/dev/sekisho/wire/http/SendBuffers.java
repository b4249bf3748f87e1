package dev.sekisho.wire.http;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap from which long answers are written, kept for the next one.
 *
 * <p>What is written from the heap is copied once more on its way to the socket.
 */
final class SendBuffers {

  /** Bytes of one buffer. */
  static final int SIZE = 256 << 10;

  /** How many are kept when nothing is sent: 8 MiB. */
  private static final int KEPT = 32;

  private final BlockingQueue<ByteBuffer> kept = new ArrayBlockingQueue<>(KEPT);

  /** A buffer of {@link #SIZE} bytes, whose content is nobody's business. */
  ByteBuffer take() {
    @Nullable ByteBuffer free = kept.poll();
    return free == null ? ByteBuffer.allocateDirect(SIZE) : free;
  }

  /** Takes a buffer back that nobody looks at any more. */
  void give(ByteBuffer buffer) {
    kept.offer(buffer);
  }
}
