package dev.sekisho.s3;

import dev.sekisho.core.Content;
import java.io.InputStream;

/** Bytes that were opened already, to be read once. */
record OpenedContent(long size, InputStream stream) implements Content {

  @Override
  public InputStream open() {
    return stream;
  }
}
