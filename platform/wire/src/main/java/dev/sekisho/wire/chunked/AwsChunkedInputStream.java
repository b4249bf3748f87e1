package dev.sekisho.wire.chunked;

import dev.sekisho.wire.signature.ChunkSignatures;
import dev.sekisho.wire.signature.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of an {@code aws-chunked} body, read as it arrives.
 *
 * <p>INVARIANT: no byte of a signed chunk is handed out before the chunk's signature was found
 * good, and the end is reported only when every chunk, the trailer and the announced length were.
 *
 * <p>A signed chunk is held in memory while it is checked, so its size is bounded; chunks that are
 * not signed pass through. For one reader.
 */
public final class AwsChunkedInputStream extends InputStream {

  /** The largest signed chunk taken; clients send 64 KiB to 1 MiB. */
  public static final int LARGEST_SIGNED_CHUNK = 16 << 20;

  private static final byte[] NONE = new byte[0];

  private final Lines lines;
  private final String form;
  private final long announcedLength;
  private final Set<String> announcedTrailer;
  private final @Nullable ChunkSignatures signatures;

  private byte[] chunk = NONE;
  private int position;
  private long unsignedLeft;
  private long total;
  private boolean finished;
  private @Nullable ChunkedBodyException broken;
  private Map<String, String> trailer = Map.of();

  /**
   * @param form one of {@link Payload}'s streaming words
   * @param announcedLength what {@code x-amz-decoded-content-length} says
   * @param announcedTrailer the lower-case names in {@code x-amz-trailer}
   * @param signatures of the request, when the form is a signed one
   */
  public AwsChunkedInputStream(
      InputStream body,
      String form,
      long announcedLength,
      Set<String> announcedTrailer,
      @Nullable ChunkSignatures signatures) {
    if (!Payload.isStreaming(form) || Payload.isSigned(form) != (signatures != null)) {
      throw new IllegalArgumentException("not the way to read a body of the form " + form);
    }
    this.lines = new Lines(body);
    this.form = form;
    this.announcedLength = announcedLength;
    this.announcedTrailer = Set.copyOf(announcedTrailer);
    this.signatures = signatures;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (broken != null) {
      throw broken;
    }
    try {
      return advance() ? handOut(target, offset, length) : -1;
    } catch (ChunkedBodyException failure) {
      broken = failure;
      throw failure;
    }
  }

  private int handOut(byte[] target, int offset, int length) throws IOException {
    if (unsignedLeft > 0) {
      int count = lines.read(target, offset, (int) Math.min(length, unsignedLeft));
      unsignedLeft -= count;
      if (unsignedLeft == 0) {
        lines.end();
      }
      return count;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    return count;
  }

  /**
   * The fields after the content, by lower-case name.
   *
   * @throws IllegalStateException before the end was read
   */
  public Map<String, String> trailer() {
    if (!finished) {
      throw new IllegalStateException("the trailer comes after the content");
    }
    return trailer;
  }

  /** Whether the content was read to its end. */
  public boolean isFinished() {
    return finished;
  }

  /** Whether there is a byte to hand out, having read on where there was none. */
  private boolean advance() throws IOException {
    if (finished) {
      return false;
    }
    if (unsignedLeft == 0 && position == chunk.length) {
      chunk = NONE;
      position = 0;
      ChunkHead head = ChunkHead.parse(lines.line(ChunkHead.LONGEST), signatures != null);
      boolean last = head.size() == 0;
      if (head.size() > announcedLength - total || (last && total < announcedLength)) {
        throw new ChunkedBodyException(
            ChunkedBodyException.Kind.INCOMPLETE,
            "The body does not hold the number of bytes that x-amz-decoded-content-length says.");
      }
      total += head.size();
      if (signatures == null) {
        unsignedLeft = head.size();
      } else {
        chunk = signed(head, signatures);
      }
      if (last) {
        finish();
        return false;
      }
    }
    return true;
  }

  private byte[] signed(ChunkHead head, ChunkSignatures checks) throws IOException {
    if (head.size() > LARGEST_SIGNED_CHUNK) {
      throw new ChunkedBodyException(
          ChunkedBodyException.Kind.CHUNK_SIZE,
          "A signed chunk must not exceed " + LARGEST_SIGNED_CHUNK + " bytes.");
    }
    byte[] bytes = lines.exactly((int) head.size());
    if (!checks.isChunk(bytes, head.signature())) {
      throw notSigned();
    }
    if (head.size() > 0) {
      lines.end();
    }
    return bytes;
  }

  private void finish() throws IOException {
    if (Payload.hasTrailer(form)) {
      trailer = Trailer.read(lines, announcedTrailer, signatures);
    } else {
      lines.end();
    }
    lines.finish();
    finished = true;
  }

  static ChunkedBodyException notSigned() {
    return new ChunkedBodyException(
        ChunkedBodyException.Kind.SIGNATURE,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " key and signing method.");
  }
}
