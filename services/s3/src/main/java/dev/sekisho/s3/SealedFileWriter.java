package dev.sekisho.s3;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.SegmentedEncryption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes one object file, sealed in segments; nothing is to be seen of it before it is whole. */
final class SealedFileWriter implements AutoCloseable {

  private final ObjectFiles files;
  private final String name;
  private final FileChannel channel;
  private final SegmentedEncryption encryption;
  private final byte[] plain = new byte[SegmentedEncryption.SEGMENT];
  private final byte[] sealed =
      new byte[SegmentedEncryption.SEGMENT + SegmentedEncryption.OVERHEAD];
  private int filled;
  private long segment;
  private long length;
  private boolean finished;

  SealedFileWriter(ObjectFiles files, String name, FileChannel channel, Secret key) {
    this.files = files;
    this.name = name;
    this.channel = channel;
    this.encryption = new SegmentedEncryption(key, name);
  }

  /** The file's name. */
  String name() {
    return name;
  }

  /** Bytes written so far. */
  long length() {
    return length;
  }

  void write(byte[] bytes, int offset, int count) {
    int at = offset;
    int end = offset + count;
    length += count;
    while (at < end) {
      // A full segment waits for what follows: only then it is known not to be the last.
      if (filled == plain.length) {
        flush(false);
      }
      int taken = Math.min(plain.length - filled, end - at);
      System.arraycopy(bytes, at, plain, filled, taken);
      filled += taken;
      at += taken;
    }
  }

  private void flush(boolean last) {
    int written = encryption.seal(segment++, last, plain, filled, sealed);
    filled = 0;
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, written);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException failed) {
      throw StorageTrouble.of(failed);
    }
  }

  /** Brings everything to disk. */
  void finish() {
    flush(true);
    try {
      channel.force(false);
      channel.close();
      files.place(name);
      finished = true;
    } catch (IOException failed) {
      throw StorageTrouble.of(failed);
    }
  }

  /** Removes the file when it was not finished. */
  @Override
  public void close() {
    if (finished) {
      return;
    }
    try {
      channel.close();
    } catch (IOException failed) {
      throw StorageTrouble.of(failed);
    } finally {
      files.abandon(name);
    }
  }
}
