package dev.sekisho.core;

import java.io.InputStream;
import java.util.Map;

/**
 * Bytes of a known number that are read as they come and never held as a whole.
 *
 * <p>INVARIANT: what a caller sent is what it signed only once it was read to its end: the end is
 * reported when the hash, the last chunk's signature and the trailer were found good. Whoever keeps
 * such bytes makes them visible after that.
 */
public interface Content {

  /** How many bytes there are. */
  long size();

  /**
   * The bytes. What comes from the wire can be opened once. Close the stream.
   *
   * <p>A stream from the wire throws a {@link ServiceException} with the service's own error when
   * the bytes are not what was signed or announced, and when the peer is gone or too slow.
   */
  InputStream open();

  /** The fields that followed the bytes, by lower-case name; empty until the end was read. */
  default Map<String, String> trailer() {
    return Map.of();
  }
}
