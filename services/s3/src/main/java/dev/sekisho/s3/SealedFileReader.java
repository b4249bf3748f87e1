package dev.sekisho.s3;

import dev.sekisho.core.Secret;
import dev.sekisho.crypto.SegmentedEncryption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a range of an object out of its files, opening no more segments than it needs.
 *
 * <p>The files are held until it is closed, whatever becomes of the object meanwhile.
 */
final class SealedFileReader extends InputStream implements ReadableByteChannel {

  private final ObjectFiles files;
  private final Secret key;
  private final List<Piece> pieces;
  private final List<String> held;
  private final byte[] plain = new byte[SegmentedEncryption.SEGMENT + SegmentedEncryption.OVERHEAD];
  private final byte[] sealed =
      new byte[SegmentedEncryption.SEGMENT + SegmentedEncryption.OVERHEAD];

  private int piece = -1;
  private @Nullable FileChannel channel;
  private @Nullable SegmentedEncryption encryption;
  private long segment;
  private int at;
  private int filled;
  private long skip;
  private long left;
  private boolean closed;

  /**
   * @param pieces must be {@link ObjectFiles#hold held} already; closing this releases them
   */
  SealedFileReader(ObjectFiles files, Secret key, List<Piece> pieces, long from, long length) {
    this.files = files;
    this.key = key;
    this.pieces = pieces;
    this.held = pieces.stream().map(Piece::file).toList();
    this.left = length;
    this.skip = from;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    return read(ByteBuffer.wrap(into, offset, count));
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (closed) {
      throw new IOException("the object is closed");
    }
    if (left == 0) {
      return -1;
    }
    if (!into.hasRemaining()) {
      return 0;
    }
    while (at == filled) {
      next();
    }
    int taken = (int) Math.min(Math.min(into.remaining(), filled - at), left);
    into.put(plain, at, taken);
    at += taken;
    left -= taken;
    return taken;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  /** Brings the next segment that has anything of the range. */
  private void next() throws IOException {
    FileChannel open = channel;
    if (open == null || segment == SegmentedEncryption.segments(pieces.get(piece).length())) {
      open = nextFile();
    }
    long length = pieces.get(piece).length();
    long begin = segment * SegmentedEncryption.SEGMENT;
    int size = (int) Math.min(SegmentedEncryption.SEGMENT, length - begin);
    boolean last = segment == SegmentedEncryption.segments(length) - 1;
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, size + SegmentedEncryption.OVERHEAD);
    long position = segment * (SegmentedEncryption.SEGMENT + SegmentedEncryption.OVERHEAD);
    while (buffer.hasRemaining()) {
      int read = open.read(buffer, position + buffer.position());
      if (read < 0) {
        throw new IOException("an object's file is cut short");
      }
    }
    SegmentedEncryption opener = encryption;
    if (opener == null) {
      throw new IOException("no file is open");
    }
    filled = opener.open(segment, last, sealed, size + SegmentedEncryption.OVERHEAD, plain);
    segment++;
    at = (int) skip;
    skip = 0;
  }

  private FileChannel nextFile() throws IOException {
    closeFile();
    piece++;
    while (skip >= pieces.get(piece).length()) {
      skip -= pieces.get(piece).length();
      piece++;
    }
    Piece now = pieces.get(piece);
    FileChannel open = files.open(now.file());
    channel = open;
    encryption = new SegmentedEncryption(key, now.file());
    segment = skip / SegmentedEncryption.SEGMENT;
    skip %= SegmentedEncryption.SEGMENT;
    return open;
  }

  private void closeFile() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        closeFile();
      } finally {
        files.release(held);
      }
    }
  }
}
