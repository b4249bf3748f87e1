package dev.sekisho.wire;

import java.io.IOException;
import java.io.InputStream;

/** A stream every byte of which passes by one method, the one that reads many. */
public abstract class BulkInputStream extends InputStream {

  @Override
  public abstract int read(byte[] target, int offset, int length) throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }
}
